//! What the foreign keys of a row can refer to.

use super::super::contents::select;
use crate::dialect::Value;
use crate::driver::DriverError;
use crate::driver::Session;
use crate::schema::ForeignKey;
use crate::schema::Name;
use crate::schema::Schema;

/// A foreign key, and the keys that are there.
#[derive(Debug)]
pub(super) struct Referenced<'a> {
    pub(super) key: &'a ForeignKey,
    /// The referenced columns.
    pub(super) columns: Vec<Name>,
    /// Their values, a row each, none of them NULL.
    pub(super) rows: Vec<Vec<Value>>,
}

/// Reads what a foreign key can refer to.
pub(super) async fn referenced<'a>(
    session: &mut Session,
    schema: &Schema,
    key: &'a ForeignKey,
) -> Result<Referenced<'a>, DriverError> {
    let columns = match key.referenced_columns.is_empty() {
        false => key.referenced_columns.clone(),
        true => {
            let table = schema.table(&key.referenced_table);
            let primary = table.and_then(|table| table.primary_key.as_ref());
            primary.map(|key| key.columns.clone()).unwrap_or_default()
        }
    };
    let sql = select(session.server().dialect, &key.referenced_table, &columns);
    let rows = session.query(&sql, &[]).await?.rows.into_iter();
    let rows = rows
        .map(|row| row.0)
        .filter(|row| !row.iter().any(Value::is_null));
    Ok(Referenced {
        key,
        columns,
        rows: rows.collect(),
    })
}
