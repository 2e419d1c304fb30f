//! Rows of several answers, brought together.

use std::collections::BTreeMap;
use std::collections::HashMap;

use limbeck_core::dialect::Value;
use limbeck_core::driver::Row;
use limbeck_core::driver::Rows;

/// The rows about each table, which their first column names.
pub(crate) type ByName = BTreeMap<String, Vec<Row>>;

pub(crate) fn by_name(rows: Rows) -> ByName {
    let mut named = ByName::new();
    for row in rows.rows {
        let name = row.text(0).unwrap_or_default();
        match named.get_mut(name) {
            Some(rows) => rows.push(row),
            None => {
                named.insert(name.to_owned(), vec![row]);
            }
        }
    }
    named
}

/// Those about one of them.
pub(crate) fn rows_of<'a>(rows: &'a ByName, name: &str) -> &'a [Row] {
    rows.get(name).map_or(&[], Vec::as_slice)
}

/// The rows of one answer, each with what a row of the other one says that begins with the same columns. What has no such
/// row is left out.
pub(crate) fn joined(left: Rows, right: &Rows, keys: usize) -> Rows {
    let key = |row: &Row| -> Vec<String> {
        let values = row.0.iter().take(keys).filter_map(Value::as_text);
        values.map(str::to_owned).collect()
    };
    let found: HashMap<Vec<String>, &Row> = right.rows.iter().map(|row| (key(row), row)).collect();
    let rows = left.rows.into_iter().filter_map(|mut row| {
        let other = found.get(&key(&row))?;
        row.0.extend(other.0.iter().skip(keys).cloned());
        Some(row)
    });
    let names = left.columns.iter().chain(right.columns.iter().skip(keys));
    Rows::new(names.cloned().collect(), rows.collect())
}
