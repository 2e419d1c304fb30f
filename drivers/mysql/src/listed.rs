//! The sessions that the server lists.
//!
//! SHOW PROCESSLIST is asked, and not the table of the same content: MySQL's fails as a whole while any statement runs that
//! has bytes in it which are no text.

use limbeck_core::driver::DriverError;
use limbeck_core::driver::Holder;
use limbeck_core::driver::Row;

use crate::connection::MySqlConnection;

/// A session, as far as this one's user may see it.
pub(crate) struct Listed {
    pub(crate) user: Option<String>,
    pub(crate) host: Option<String>,
    pub(crate) command: String,
    /// For how many seconds it has been at what it does.
    pub(crate) seconds: i64,
    pub(crate) sql: Option<String>,
}

/// The session of this number; none when there is none, or when the user may not see it.
pub(crate) async fn find(connection: &mut MySqlConnection, id: u64) -> Result<Option<Listed>, DriverError> {
    let rows = connection.ask("SHOW FULL PROCESSLIST").await?;
    let is_it = |row: &&Row| row.integer(0).and_then(|id| u64::try_from(id).ok()) == Some(id);
    let text = |row: &Row, column| row.text(column).map(str::to_owned);
    Ok(rows.rows.iter().find(is_it).map(|row| Listed {
        user: text(row, 1),
        host: row.text(2).map(without_port),
        command: text(row, 4).unwrap_or_default(),
        seconds: row.integer(5).unwrap_or(0),
        sql: text(row, 7),
    }))
}

/// Who has this number.
pub(crate) fn holder(id: u64, listed: Option<&Listed>) -> Holder {
    let mut holder = Holder::default();
    holder.pid = Some(id);
    holder.user = listed.and_then(|listed| listed.user.clone());
    holder.host = listed.and_then(|listed| listed.host.clone());
    holder
}

/// The host of `host:port`.
fn without_port(place: &str) -> String {
    match place.rsplit_once(':') {
        Some((host, port)) if port.parse::<u16>().is_ok() => host.to_owned(),
        _ => place.to_owned(),
    }
}
