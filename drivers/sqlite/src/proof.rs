//! The SQL function that proves the migration lock inside a statement.

use limbeck_core::driver::LockName;
use limbeck_core::driver::SessionId;
use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;

use crate::lock::SharedLocks;

const FUNCTION: &str = "limbeck_lock_proof";

/// The scalar that is this session's id while it holds the lock, and NULL when it does not.
pub(crate) fn scalar(name: &LockName) -> String {
    format!("{FUNCTION}('{}')", name.text())
}

/// Gives the connection the function. It is not deterministic: SQLite asks it anew in every statement.
pub(crate) fn install(connection: &Connection, locks: &SharedLocks, id: &SessionId) -> rusqlite::Result<()> {
    let locks = locks.clone();
    let id = id.as_str().to_owned();
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DIRECTONLY;
    connection.create_scalar_function(FUNCTION, 1, flags, move |context| {
        let name: String = context.get(0)?;
        Ok(locks.get().proof(&name).then(|| id.clone()))
    })
}
