//! The settings of a session, the same for every one.

use std::sync::Arc;
use std::time::Duration;

use limbeck_core::driver::Access;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use rusqlite::Connection;
use rusqlite::config::DbConfig;

use crate::error::from_sqlite;
use crate::signal::Signal;

/// What a session is set to at its start, and again after a script that may have changed it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setup {
    pub(crate) access: Access,
    pub(crate) busy_timeout: Duration,
    pub(crate) double_quoted_strings: bool,
}

impl Setup {
    pub(crate) fn apply(&self, connection: &mut Connection, signal: &Arc<Signal>) -> Result<(), DriverError> {
        self.wait_when_busy(connection, signal)?;
        // Limbeck quotes every name that it writes: with SQLite's old habit a misspelt one would be a string.
        for config in [
            DbConfig::SQLITE_DBCONFIG_DQS_DDL,
            DbConfig::SQLITE_DBCONFIG_DQS_DML,
        ] {
            connection
                .set_db_config(config, self.double_quoted_strings)
                .map_err(from_sqlite)?;
        }
        // Alterations edit the schema, which a connection of somebody else may be kept from.
        connection
            .set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, false)
            .map_err(from_sqlite)?;
        connection
            .pragma_update(None, "writable_schema", false)
            .map_err(from_sqlite)?;
        let only = self.access == Access::ReadOnly;
        connection
            .pragma_update(None, "query_only", only)
            .map_err(from_sqlite)?;
        connection
            .pragma_update(None, "legacy_alter_table", false)
            .map_err(from_sqlite)?;
        enforce_foreign_keys(connection)
    }

    pub(crate) fn wait_when_busy(
        &self,
        connection: &mut Connection,
        signal: &Arc<Signal>,
    ) -> Result<(), DriverError> {
        signal
            .wait_when_busy(connection, self.busy_timeout)
            .map_err(from_sqlite)
    }
}

/// The pragma does nothing, silently, inside a transaction and in a library without foreign keys: so it is read back.
fn enforce_foreign_keys(connection: &Connection) -> Result<(), DriverError> {
    connection
        .pragma_update(None, "foreign_keys", true)
        .map_err(from_sqlite)?;
    let enforced: bool = connection
        .query_row("PRAGMA foreign_keys", [], |row| row.get(0))
        .map_err(from_sqlite)?;
    if enforced {
        return Ok(());
    }
    Err(
        DriverError::new(DriverErrorKind::Connect, "foreign keys cannot be switched on")
            .with_hint("end the open transaction first, or use an SQLite that enforces foreign keys"),
    )
}
