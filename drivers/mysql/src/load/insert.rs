//! Rows by INSERT.

use std::ops::Range;

use limbeck_core::dialect::Dialect;
use limbeck_core::driver::Connection;
use limbeck_core::driver::LoadError;
use limbeck_core::operation::RowBatch;
use limbeck_core::operation::RowValue;

use crate::connection::MySqlConnection;
use crate::dialect::MySqlDialect;

/// Rows of one statement at most: an error is told of all of them.
const ROWS: usize = 500;

/// Bytes of a statement, about, which is far below what servers take; one row is sent however long it is.
const BYTES: usize = 256 * 1024;

/// Writes rows by statements of some hundred each.
pub(super) async fn rows(connection: &mut MySqlConnection, rows: &RowBatch) -> Result<(), LoadError> {
    let dialect = connection.dialect();
    let head = head(dialect, rows);
    let mut sql = head.clone();
    let mut start = 0;
    for (at, row) in rows.rows().enumerate() {
        if at - start == ROWS || sql.len() > BYTES {
            send(connection, &sql, start..at).await?;
            sql.clone_from(&head);
            start = at;
        }
        sql.push_str(if at == start { "(" } else { ", (" });
        for (position, value) in row.enumerate() {
            if position > 0 {
                sql.push_str(", ");
            }
            write(dialect, value, &mut sql);
        }
        sql.push(')');
    }
    send(connection, &sql, start..rows.len()).await
}

fn head(dialect: &MySqlDialect, rows: &RowBatch) -> String {
    let quoted = |name: &str| dialect.quote_identifier(name);
    let columns: Vec<String> = rows.columns().iter().map(|name| quoted(name.as_str())).collect();
    let table = quoted(rows.table().name.as_str());
    format!("INSERT INTO {table} ({}) VALUES ", columns.join(", "))
}

async fn send(connection: &mut MySqlConnection, sql: &str, rows: Range<usize>) -> Result<(), LoadError> {
    if rows.is_empty() {
        return Ok(());
    }
    let sent = connection.query(sql, &[]).await;
    sent.map(drop).map_err(|error| LoadError { rows, error })
}

fn write(dialect: &MySqlDialect, value: RowValue<'_>, sql: &mut String) {
    match value {
        RowValue::Null => sql.push_str("NULL"),
        RowValue::Boolean(truth) => sql.push_str(if truth { "TRUE" } else { "FALSE" }),
        RowValue::Number(number) => sql.push_str(number),
        RowValue::Text(text) => sql.push_str(&dialect.string_literal(text)),
        RowValue::Bytes(bytes) => sql.push_str(&dialect.bytes_literal(bytes)),
    }
}
