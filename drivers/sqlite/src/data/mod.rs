//! What is wrong with the rows of a database.
//!
//! SQLite enforces foreign keys only where a session has asked for it, other constraints not always, and nothing for the
//! rows that were there before a schema was edited by hand. It can look itself: `foreign_key_check` and
//! `integrity_check` find everything, but say little of it. So what they find is counted by table and constraint, and
//! the rows are asked for again with what the catalogue tells of the constraint.

mod catalogue;
mod explain;
mod foreign_keys;
mod integrity;
mod message;
mod rows;

use limbeck_core::driver::DataFault;
use limbeck_core::driver::DriverError;

use self::catalogue::Catalogue;
use crate::client::Client;

/// A fault, and the position of its table in the catalogue; none for one of the whole file.
type Placed = (Option<usize>, DataFault);

/// Looks at all rows, with all questions answered from one state of the database.
pub(crate) fn check(client: &mut Client) -> Result<Vec<DataFault>, DriverError> {
    client.reading(look)
}

fn look(client: &mut Client) -> Result<Vec<DataFault>, DriverError> {
    let catalogue = Catalogue::read(client)?;
    let mut faults = integrity::check(client, &catalogue)?;
    faults.extend(foreign_keys::check(client, &catalogue)?);
    faults.sort_by_key(|(table, _)| *table);
    Ok(faults.into_iter().map(|(_, fault)| fault).collect())
}

/// Whether an error is about one question, and not about the session or the whole file: a function that this program
/// does not have, or a page that cannot be read.
fn is_excusable(error: &DriverError) -> bool {
    is_damage(error) || error.code.as_deref() == Some("SQLITE_ERROR")
}

fn is_damage(error: &DriverError) -> bool {
    error.code.as_deref() == Some("SQLITE_CORRUPT")
}
