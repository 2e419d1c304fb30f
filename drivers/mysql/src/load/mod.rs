//! Rows by LOAD DATA LOCAL, or by INSERT.

mod eligible;
mod insert;

use limbeck_core::dialect::Dialect;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::LoadError;
use limbeck_core::operation::RowBatch;
use limbeck_core::operation::RowValue;

use crate::connection::MySqlConnection;
use crate::dialect::MYSQL;

/// What is taken back when rows were not read in as they are.
const SAVEPOINT: &str = "SAVEPOINT limbeck_load";

/// Writes rows in the quickest way that is safe.
///
/// LOAD DATA LOCAL takes what INSERT refuses: it passes over a row that breaks a constraint and bends a value that does not
/// fit, and warns. So what was not written whole is taken back and sent again by INSERT, which refuses it in its own
/// words, or takes it where the warning was a note.
pub(crate) async fn load(connection: &mut MySqlConnection, rows: &RowBatch) -> Result<(), LoadError> {
    let of_all = |error| LoadError::of_all(rows, error);
    if eligible::is(connection, rows, SAVEPOINT).await.map_err(of_all)?
        && read_in(connection, rows).await.map_err(of_all)?
    {
        return Ok(());
    }
    insert::rows(connection, rows).await
}

/// Has the server read the rows; whether they are written. If not, nothing is.
async fn read_in(connection: &mut MySqlConnection, rows: &RowBatch) -> Result<bool, DriverError> {
    let lines = rows.tab_separated("");
    let read = connection.read_in(&statement(rows), lines, rows.len()).await;
    match &read {
        Ok(true) => return read,
        // Nothing that another statement would do better.
        Err(error)
            if matches!(
                error.kind,
                DriverErrorKind::Cancelled
                    | DriverErrorKind::ConnectionLost
                    | DriverErrorKind::LockTimeout
                    | DriverErrorKind::DiskFull
            ) =>
        {
            return read;
        }
        _ => {}
    }
    // Where the server has ended the transaction there is no savepoint, and nothing may be written outside of it.
    let back = connection.ask(&format!("ROLLBACK TO {SAVEPOINT}")).await;
    match (back, read) {
        (Ok(_), _) => Ok(false),
        (Err(_), Err(error)) | (Err(error), Ok(_)) => Err(error),
    }
}

/// The statement that reads tab-separated rows, by value: what a backslash means in it depends on the session.
fn statement(rows: &RowBatch) -> String {
    let quoted = |name: &str| MYSQL.quote_identifier(name);
    let mut are_bytes = vec![false; rows.columns().len()];
    for row in rows.rows() {
        for (column, value) in are_bytes.iter_mut().zip(row) {
            *column |= matches!(value, RowValue::Bytes(_));
        }
    }
    let mut targets = Vec::with_capacity(are_bytes.len());
    let mut set = Vec::new();
    for (position, (column, is_bytes)) in rows.columns().iter().zip(are_bytes).enumerate() {
        let column = quoted(column.as_str());
        if is_bytes {
            let variable = format!("@limbeck_{position}");
            set.push(format!("{column} = UNHEX({variable})"));
            targets.push(variable);
        } else {
            targets.push(column);
        }
    }
    let mut sql = format!(
        "LOAD DATA LOCAL INFILE 'limbeck' INTO TABLE {} CHARACTER SET utf8mb4 \
         FIELDS TERMINATED BY X'09' ESCAPED BY X'5C' LINES TERMINATED BY X'0A' ({})",
        quoted(rows.table().name.as_str()),
        targets.join(", ")
    );
    if !set.is_empty() {
        sql.push_str(" SET ");
        sql.push_str(&set.join(", "));
    }
    sql
}
