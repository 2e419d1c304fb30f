//! Rows by one statement that is prepared once.

use limbeck_core::dialect::Dialect;
use limbeck_core::operation::RowBatch;
use limbeck_core::operation::RowValue;
use rusqlite::types::ToSqlOutput;
use rusqlite::types::ValueRef;

use crate::dialect::SQLITE;

/// The INSERT of a row.
pub(crate) fn statement(rows: &RowBatch) -> String {
    let quoted = |name: &str| SQLITE.quote_identifier(name);
    let columns: Vec<String> = rows.columns().iter().map(|name| quoted(name.as_str())).collect();
    let values = vec!["?"; columns.len()].join(", ");
    let table = quoted(rows.table().name.as_str());
    format!("INSERT INTO {table} ({}) VALUES ({values})", columns.join(", "))
}

/// A value as SQLite stores it. A number with a point is bound as text: the column's affinity reads it as the same number
/// that SQLite reads in a statement.
pub(crate) fn bound(value: RowValue<'_>) -> ToSqlOutput<'_> {
    ToSqlOutput::Borrowed(match value {
        RowValue::Null => ValueRef::Null,
        RowValue::Boolean(truth) => ValueRef::Integer(i64::from(truth)),
        RowValue::Number(number) => match number.parse() {
            Ok(whole) => ValueRef::Integer(whole),
            Err(_) => ValueRef::Text(number.as_bytes()),
        },
        RowValue::Text(text) => ValueRef::Text(text.as_bytes()),
        RowValue::Bytes(bytes) => ValueRef::Blob(bytes),
    })
}
