//! The rows that have a fault.

use limbeck_core::driver::DataFault;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::Row;

use super::catalogue::Table;
use super::catalogue::quoted;
use super::catalogue::quoted_list;
use super::is_excusable;
use crate::client::Client;

/// How many rows are shown.
pub(super) const SHOWN: usize = 3;

/// Rows of a table: what stands behind FROM.
pub(super) fn rows_where(table: &Table, condition: &str) -> String {
    format!("{} WHERE {condition}", quoted(&table.name))
}

/// Tells how to see the rows, and the keys of the first of them. They are left out where they cannot be asked for.
pub(super) fn show(
    client: &mut Client,
    fault: &mut DataFault,
    table: &Table,
    rows: &str,
) -> Result<(), DriverError> {
    let key = table.key();
    let query = format!("SELECT * FROM {rows}");
    if key.is_empty() {
        fault.query = Some(query);
        return Ok(());
    }
    let columns = quoted_list(&key);
    let sql = format!("SELECT {columns} FROM {rows} ORDER BY {columns} LIMIT {SHOWN}");
    if let Some(found) = ask(client, &sql)? {
        fault.query = Some(query);
        for row in found {
            fault.show(row.in_words(&key));
        }
    }
    Ok(())
}

/// Shows the key of the row that comes at this place, from 1, when the whole table is read.
pub(super) fn show_nth(
    client: &mut Client,
    fault: &mut DataFault,
    table: &Table,
    place: u64,
) -> Result<(), DriverError> {
    let key = table.key();
    if key.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "SELECT {} FROM {} NOT INDEXED LIMIT 1 OFFSET {}",
        quoted_list(&key),
        quoted(&table.name),
        place.saturating_sub(1)
    );
    for row in ask(client, &sql)?.into_iter().flatten() {
        fault.show(row.in_words(&key));
    }
    Ok(())
}

/// How many rows there are; none where they cannot be counted.
pub(super) fn count(client: &mut Client, rows: &str) -> Result<Option<u64>, DriverError> {
    let found = ask(client, &format!("SELECT count(*) FROM {rows}"))?;
    let first = found.iter().flatten().next();
    let number = first.and_then(|row| row.integer(0));
    Ok(number.and_then(|number| u64::try_from(number).ok()))
}

/// The answer to a question that may be none: what it asks for may be broken, or not known to this program.
pub(super) fn ask(client: &mut Client, sql: &str) -> Result<Option<Vec<Row>>, DriverError> {
    match client.query(sql, &[]) {
        Ok(found) => Ok(Some(found.rows)),
        Err(error) if is_excusable(&error) => Ok(None),
        Err(error) => Err(error),
    }
}
