//! Rows by COPY.

use std::io::Cursor;
use std::pin::pin;

use futures_util::SinkExt;
use limbeck_core::dialect::Dialect;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::LoadError;
use limbeck_core::operation::RowBatch;
use limbeck_core::schema::Name;
use tokio_postgres::Client;
use tokio_postgres::CopyInSink;
use tokio_postgres::Error;

use crate::connection::query;
use crate::dialect::POSTGRES;
use crate::error;

/// What is taken back when COPY does not tell which row is at fault.
const SAVEPOINT: &str = "SAVEPOINT limbeck_load";

/// Writes rows by COPY; whether they are written. If not, nothing is, and INSERT has the word: where COPY would mean
/// something else, or has failed without telling the row, as it does of a foreign key.
pub(crate) async fn load(client: &Client, rows: &RowBatch) -> Result<bool, LoadError> {
    let of_all = |error| LoadError::of_all(rows, error);
    match copy(client, rows).await {
        Ok(is_written) => {
            let released = query(client, &format!("RELEASE {SAVEPOINT}")).await;
            released.map(|_| is_written).map_err(of_all)
        }
        Err(failed) if rows.len() > 1 && failed.rows.len() == rows.len() && is_of_a_row(&failed.error) => {
            let back = query(client, &format!("ROLLBACK TO {SAVEPOINT}")).await;
            back.map(|_| false).map_err(of_all)
        }
        other => other,
    }
}

/// Whether another row may have no such error.
const fn is_of_a_row(error: &DriverError) -> bool {
    matches!(error.kind, DriverErrorKind::Constraint | DriverErrorKind::Other)
}

/// Writes rows by COPY, after a savepoint; whether that means the same as INSERT here. If not, nothing is written.
async fn copy(client: &Client, rows: &RowBatch) -> Result<bool, LoadError> {
    let (question, copy) = (format!("{}; {SAVEPOINT}", question(rows)), statement(rows));
    let (may, statement) = tokio::join!(query(client, &question), client.prepare(&copy));
    let may = may.map_err(|error| LoadError::of_all(rows, error))?;
    if may.rows.is_empty() {
        return Ok(false);
    }
    let sent = async {
        let sink: CopyInSink<Cursor<Vec<u8>>> = client.copy_in(&statement?).await?;
        let mut sink = pin!(sink);
        // A row that is refused is told of at the end.
        sink.send(Cursor::new(rows.tab_separated(r"\\x"))).await?;
        sink.finish().await
    };
    sent.await.map_err(|error| refused(error, rows, &copy))?;
    Ok(true)
}

fn statement(rows: &RowBatch) -> String {
    let table = quoted(&rows.table().name);
    let columns: Vec<String> = rows.columns().iter().map(quoted).collect();
    format!("COPY {table} ({}) FROM STDIN", columns.join(", "))
}

/// Has a row where COPY means the same as INSERT. It passes rules over, it overwrites numbers that the server alone may
/// give, and it cannot obey policies of rows.
fn question(rows: &RowBatch) -> String {
    let table = POSTGRES.string_literal(&quoted(&rows.table().name));
    let columns: Vec<String> = rows
        .columns()
        .iter()
        .map(|column| POSTGRES.string_literal(column.as_str()))
        .collect();
    format!(
        "SELECT 1 FROM pg_catalog.pg_class c WHERE c.oid = {table}::pg_catalog.regclass AND c.relkind IN ('r', 'p') \
         AND NOT c.relhasrules AND NOT c.relrowsecurity AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_attribute a \
         WHERE a.attrelid = c.oid AND a.attidentity = 'a' AND a.attname IN ({}))",
        columns.join(", ")
    )
}

fn quoted(name: &Name) -> String {
    POSTGRES.quote_identifier(name.as_str())
}

fn refused(error: Error, rows: &RowBatch, copy: &str) -> LoadError {
    let context = error.as_db_error().and_then(|error| error.where_());
    let row = context.and_then(|context| row(context, rows));
    let error: DriverError = error::of_statement(error, copy);
    match row {
        Some(row) => LoadError {
            rows: row..row + 1,
            error,
        },
        None => LoadError::of_all(rows, error),
    }
}

/// The row, from 0, that is told in the context of an error: `COPY account, line 3, column id: "x"`. The words are in the
/// language of the server.
fn row(context: &str, rows: &RowBatch) -> Option<usize> {
    let table = rows.table().name.as_str();
    let mut lines = context.lines();
    let told = lines.find_map(|line| line.strip_prefix("COPY ")?.strip_prefix(table))?;
    let digits = told.trim_start_matches(|c: char| !c.is_ascii_digit() && c != ':');
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    let line: usize = digits.get(..end)?.parse().ok()?;
    line.checked_sub(1).filter(|row| *row < rows.len())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use limbeck_core::operation::RowValue;
    use limbeck_core::schema::Column;
    use limbeck_core::schema::DataType;
    use limbeck_core::schema::Table;

    use super::*;

    #[test]
    fn the_row_is_told_in_any_language() {
        let name = |text: &str| Name::exact(text).unwrap();
        let table = Table::new(name("t, line 1"), vec![Column::new(name("a"), DataType::BigInt)]);
        let mut rows = RowBatch::new(Arc::new(table), Arc::from([name("a")]));
        for _ in 0..9 {
            rows.push(RowValue::Null);
        }
        for (context, expected) in [
            ("COPY t, line 1, line 3, column a: \"9\"", Some(2)),
            ("COPY t, line 1, Zeile 9", Some(8)),
            (
                "PL/pgSQL function f() line 7 at RAISE\nCOPY t, line 1, line 2: \"x\"",
                Some(1),
            ),
            ("COPY t, line 1, line 10", None),
            ("COPY t, line 1: line 2", None),
            ("COPY u, line 3", None),
            ("SQL statement", None),
        ] {
            assert_eq!(row(context, &rows), expected, "{context}");
        }
    }
}
