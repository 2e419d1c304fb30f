//! Checks of tables.

use limbeck_core::catalogue::Kind;
use limbeck_core::catalogue::Need;
use limbeck_core::catalogue::Object;
use limbeck_core::catalogue::ObjectId;
use limbeck_core::driver::Row;

use super::Server;
use super::default::expression;
use super::restored::line;
use super::restored::restored;
use super::text::of;
use super::text::parenthesised;
use super::text::quoted;

/// What stands behind a check that is not enforced.
pub(super) const NOT_ENFORCED: &str = " NOT ENFORCED";

/// Those of a table that belong to no column and to no period, which has one of its own.
pub(super) fn read_all(server: Server, table: &ObjectId, rows: &[Row], shown: Option<&str>) -> Vec<Object> {
    let line =
        |word: &str, name: &str| shown.and_then(|shown| line(shown, &format!("{word} {}", quoted(name))));
    let rows = rows
        .iter()
        .filter(|row| of(row, 4) != "Column" && line("PERIOD FOR", of(row, 1)).is_none());
    rows.map(|row| {
        let alter = format!("ALTER TABLE {}", quoted(&table.name));
        let name = quoted(of(row, 1));
        let condition = parenthesised(&expression(server, of(row, 3)));
        let enforced = if of(row, 2) == "NO" { NOT_ENFORCED } else { "" };
        let mut object = Object::new(
            ObjectId::part(Kind::Constraint, table.name.clone(), of(row, 1)),
            restored(
                &format!("{alter} ADD CONSTRAINT {name} CHECK {condition}{enforced}"),
                line("CONSTRAINT", of(row, 1)),
            ),
            format!(
                "{alter} DROP {} {name}",
                if server.is_mariadb() {
                    "CONSTRAINT"
                } else {
                    "CHECK"
                }
            ),
        );
        object.part_of = Some(table.clone());
        object.needs.insert(Need::whole(table.clone()));
        object
    })
    .collect()
}
