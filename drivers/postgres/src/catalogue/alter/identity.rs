//! Identity columns.

use limbeck_core::catalogue::ColumnText;

use super::column::Columns;
use super::column::Place;
use super::column::of;
use crate::catalogue::attribute::column as attribute;
use crate::catalogue::entry::literal;
use crate::catalogue::entry::quoted;

impl Columns {
    /// A column stops counting before anything else happens to it.
    pub(super) fn leave_identity(&mut self, place: Place<'_>, from: &ColumnText, to: &ColumnText) {
        if of(from, attribute::IDENTITY).is_some() && of(to, attribute::IDENTITY).is_none() {
            let column = quoted(&to.name);
            self.first.push(format!(
                "ALTER TABLE {} ALTER COLUMN {column} DROP IDENTITY",
                place.table
            ));
        }
    }

    /// A column begins to count, or counts otherwise.
    pub(super) fn identity(&mut self, place: Place<'_>, from: &ColumnText, to: &ColumnText) {
        let Some(new) = of(to, attribute::IDENTITY) else {
            return;
        };
        let table = place.table;
        let column = quoted(&to.name);
        let alter = format!("ALTER TABLE {table} ALTER COLUMN {column}");
        let counting = of(to, attribute::SEQUENCE).unwrap_or_default();
        let Some(old) = of(from, attribute::IDENTITY) else {
            let options = counting.replace("SET ", "");
            self.last
                .push(format!("{alter} ADD GENERATED {new} AS IDENTITY ({options})"));
            // One that counts down begins below all numbers that can be there.
            if !counting.contains("INCREMENT BY -") {
                self.last.push(counted(table, &to.name));
            }
            return;
        };
        let mut actions = Vec::new();
        if old != new {
            actions.push(format!("SET GENERATED {new}"));
        }
        if of(from, attribute::SEQUENCE) != Some(counting) {
            actions.push(counting.to_owned());
        }
        if !actions.is_empty() {
            self.last.push(format!("{alter} {}", actions.join(" ")));
        }
    }
}

/// Moves a new sequence behind the numbers that are there.
fn counted(table: &str, column: &str) -> String {
    let sequence = format!("pg_get_serial_sequence({}, {})", literal(table), literal(column));
    let column = quoted(column);
    format!("SELECT setval({sequence}, max({column})) FROM {table} HAVING max({column}) > 0")
}
