//! The rows of some tables at one moment.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::dialect::Dialect;
use crate::dialect::Value;
use crate::driver::Row;
use crate::driver::Session;
use crate::engine::EngineError;
use crate::schema::Name;
use crate::schema::Schema;
use crate::schema::Table;

/// Rows that a finding shows of one table.
const SHOWN: usize = 3;

/// The rows of some tables, without what the engine numbers or computes: that may be given anew.
#[derive(Clone, Debug, Default)]
pub(super) struct Contents {
    tables: BTreeMap<Name, TableContents>,
}

#[derive(Clone, Debug)]
struct TableContents {
    columns: Vec<Name>,
    rows: Vec<Row>,
}

/// A row by the columns that both sides have, as one text for each.
type Cells = Vec<(Name, String)>;

impl Contents {
    pub(super) async fn read(
        session: &mut Session,
        schema: &Schema,
        tables: &BTreeSet<Name>,
    ) -> Result<Self, EngineError> {
        let mut contents = Self::default();
        for table in tables.iter().filter_map(|name| schema.table(name)) {
            let columns = written_columns(table);
            if columns.is_empty() {
                continue;
            }
            let sql = select(session.server().dialect, &table.name, &columns);
            let read = session.query(&sql, &[]).await;
            let rows = read.map_err(|error| EngineError::Database {
                doing: "reading the rows of a table in a scratch database",
                error,
            })?;
            contents.tables.insert(
                table.name.clone(),
                TableContents {
                    columns,
                    rows: rows.rows,
                },
            );
        }
        Ok(contents)
    }

    /// The rows that are not in `later`, for each table in words: by the columns that `kept` has too. A row that stands in
    /// another table now is not lost.
    pub(super) fn lost(&self, later: &Self, kept: &Schema) -> Vec<String> {
        let mut lost: BTreeMap<&Name, Vec<(Cells, String)>> = BTreeMap::new();
        let mut more: BTreeMap<&Name, Vec<Cells>> = BTreeMap::new();
        for (name, now) in &later.tables {
            let before = self.tables.get(name);
            let stays = kept.table(name);
            let columns = match (before, stays) {
                (Some(before), Some(stays)) => before.shared(now, stays),
                // A table that the step makes or drops: it may hold what another one has lost.
                _ => now.columns.clone(),
            };
            let mut rest = now.cells(&columns);
            let mut gone: Vec<_> = before.iter().flat_map(|before| before.shown(&columns)).collect();
            gone.retain(|(cells, _)| !take(&mut rest, |row| row == cells));
            gone.retain(|(cells, _)| !take(&mut rest, |row| is_filled(cells, row)));
            if stays.is_some() && !gone.is_empty() {
                lost.insert(name, gone);
            }
            more.insert(name, rest);
        }
        for (name, rows) in &mut lost {
            rows.retain(|(cells, _)| !take_moved(cells, name, &mut more));
        }
        lost.into_iter()
            .filter(|(_, rows)| !rows.is_empty())
            .map(|(name, rows)| in_words(name, &rows))
            .collect()
    }
}

impl TableContents {
    /// The columns of both that stay.
    fn shared(&self, later: &Self, kept: &Table) -> Vec<Name> {
        let columns = self.columns.iter().filter(|name| later.columns.contains(name));
        columns
            .filter(|name| kept.column(name).is_some_and(|column| column.generated.is_none()))
            .cloned()
            .collect()
    }

    fn cells(&self, columns: &[Name]) -> Vec<Cells> {
        self.rows.iter().map(|row| self.row(row, columns)).collect()
    }

    fn shown(&self, columns: &[Name]) -> Vec<(Cells, String)> {
        let names: Vec<String> = self.columns.iter().map(ToString::to_string).collect();
        let rows = self.rows.iter();
        rows.map(|row| (self.row(row, columns), row.in_words(&names)))
            .collect()
    }

    fn row(&self, row: &Row, columns: &[Name]) -> Cells {
        let cells = self.columns.iter().zip(&row.0);
        cells
            .filter(|(name, _)| columns.contains(name))
            .map(|(name, value)| (name.clone(), format!("{value:?}")))
            .collect()
    }
}

/// Takes out the first row of this kind; whether there is one.
fn take(rows: &mut Vec<Cells>, is_it: impl Fn(&Cells) -> bool) -> bool {
    let found = rows.iter().position(is_it);
    found.map(|index| rows.swap_remove(index)).is_some()
}

/// Whether a row is another one in which values stand that were missing: what is NULL cannot be lost.
fn is_filled(before: &Cells, now: &Cells) -> bool {
    let null = format!("{:?}", Value::Null);
    let mut both = before.iter().zip(now);
    before.len() == now.len() && both.all(|(one, other)| one == other || (one.0 == other.0 && one.1 == null))
}

/// Takes a row out of another table's new ones that says the same in the columns which both have.
fn take_moved(cells: &Cells, from: &Name, more: &mut BTreeMap<&Name, Vec<Cells>>) -> bool {
    for (_, rows) in more.iter_mut().filter(|(name, _)| **name != from) {
        let same = rows.iter().position(|row| {
            let mut shared = row
                .iter()
                .filter_map(|(name, value)| Some((value, value_of(cells, name)?)))
                .peekable();
            shared.peek().is_some() && shared.all(|(one, other)| one == other)
        });
        if let Some(index) = same {
            rows.swap_remove(index);
            return true;
        }
    }
    false
}

fn value_of<'a>(cells: &'a Cells, name: &Name) -> Option<&'a String> {
    cells
        .iter()
        .find(|(column, _)| column == name)
        .map(|(_, value)| value)
}

fn in_words(table: &Name, rows: &[(Cells, String)]) -> String {
    let shown: Vec<&str> = rows.iter().take(SHOWN).map(|(_, words)| words.as_str()).collect();
    let count = match rows.len() {
        1 => "1 row".to_owned(),
        several => format!("{several} rows"),
    };
    let more = if rows.len() > SHOWN { "; …" } else { "" };
    format!("{table}: {count}: {}{more}", shown.join("; "))
}

/// The columns that a row is written with.
fn written_columns(table: &Table) -> Vec<Name> {
    let columns = table.columns.iter();
    columns
        .filter(|column| !column.identity && column.generated.is_none())
        .map(|column| column.name.clone())
        .collect()
}

/// All rows of a table, by these columns.
pub(super) fn select(dialect: &dyn Dialect, table: &Name, columns: &[Name]) -> String {
    let columns: Vec<String> = columns
        .iter()
        .map(|column| dialect.quote_identifier(column.as_str()))
        .collect();
    format!(
        "SELECT {} FROM {}",
        columns.join(", "),
        dialect.quote_identifier(table.as_str())
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Column;
    use crate::schema::DataType;

    fn name(text: &str) -> Name {
        Name::exact(text).unwrap()
    }

    /// Name, columns, rows.
    type Given<'a> = (&'a str, &'a [&'a str], &'a [&'a [i64]]);

    fn contents(tables: &[Given<'_>]) -> Contents {
        let tables = tables.iter().map(|(table, columns, rows)| {
            let contents = TableContents {
                columns: columns.iter().map(|column| name(column)).collect(),
                rows: rows
                    .iter()
                    .map(|row| Row(row.iter().map(|number| Value::Integer(*number)).collect()))
                    .collect(),
            };
            (name(table), contents)
        });
        Contents {
            tables: tables.collect(),
        }
    }

    fn kept(tables: &[(&str, &[&str])]) -> Schema {
        let mut schema = Schema::new();
        for (table, columns) in tables {
            let columns = columns
                .iter()
                .map(|column| Column::new(name(column), DataType::Integer));
            let table = Table::new(name(table), columns.collect());
            schema.tables.insert(table.name.clone(), table);
        }
        schema
    }

    #[test]
    fn a_row_that_is_gone_or_changed_is_lost() {
        let before = contents(&[("a", &["x", "y"], &[&[1, 2], &[1, 2], &[3, 4]])]);
        let after = contents(&[("a", &["x", "y"], &[&[1, 2], &[3, 5]])]);
        let lost = before.lost(&after, &kept(&[("a", &["x", "y"])]));
        assert_eq!(lost, ["a: 2 rows: x = 1, y = 2; x = 3, y = 4"]);
        assert_eq!(before.lost(&before, &kept(&[("a", &["x", "y"])])), [""; 0]);
    }

    #[test]
    fn what_the_step_drops_does_not_count() {
        let before = contents(&[("a", &["x", "y"], &[&[1, 2]]), ("b", &["x"], &[&[1]])]);
        let after = contents(&[("a", &["x", "y"], &[&[1, 9]]), ("b", &["x"], &[])]);
        assert_eq!(before.lost(&after, &kept(&[("a", &["x"])])), [""; 0]);
    }

    #[test]
    fn a_row_that_was_moved_is_not_lost() {
        let before = contents(&[("a", &["x", "y"], &[&[1, 2], &[3, 4]]), ("b", &["x"], &[])]);
        let after = contents(&[("a", &["x", "y"], &[]), ("b", &["x"], &[&[1]])]);
        let kept = kept(&[("a", &["x", "y"]), ("b", &["x"])]);
        assert_eq!(before.lost(&after, &kept), ["a: 1 row: x = 3, y = 4"]);
    }
}
