//! The migration lock: a lock by name, which the server keeps for a session.
//!
//! The name stands for a database and its version table, since names belong to the whole server.

use std::time::Duration;

use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::Holder;
use limbeck_core::driver::LockName;
use limbeck_core::driver::TryLock;

use crate::connection::MySqlConnection;
use crate::listed;

/// Takes the lock, once: the server counts how often a session has taken a lock, and would keep it until it is given
/// back as often.
pub(crate) async fn acquire(
    connection: &mut MySqlConnection,
    name: &LockName,
) -> Result<TryLock, DriverError> {
    let name_text = name.text();
    let sql = format!(
        "SELECT CASE WHEN is_used_lock('{name_text}') = connection_id() THEN 1 ELSE get_lock('{name_text}', 0) END, \
         is_used_lock('{name_text}')"
    );
    let rows = connection.ask(&sql).await?;
    let answer = |column| rows.rows.first().and_then(|row| row.integer(column));
    match answer(0) {
        Some(1) => Ok(TryLock::Acquired),
        Some(_) => Ok(TryLock::Held(told(connection, answer(1)).await?)),
        None => Err(DriverError::new(
            DriverErrorKind::Other,
            format!("the server does not say whether the lock {name_text} is free"),
        )
        .with_hint("its log may say why; it may have no memory left for locks")),
    }
}

/// Waits for the lock and passes it on at once; whether it was free. The server queues those who wait and wakes one after
/// the other. Such a wait has no snapshot, and it ends with the session's limit for statements.
pub(crate) async fn wait(
    connection: &mut MySqlConnection,
    name: &LockName,
    at_most: Duration,
) -> Result<bool, DriverError> {
    // MySQL counts in whole seconds.
    let seconds = at_most.as_secs();
    if seconds == 0 {
        tokio::time::sleep(at_most).await;
        return Ok(false);
    }
    let name = name.text();
    let sql = format!("SELECT CASE WHEN get_lock('{name}', {seconds}) = 1 THEN release_lock('{name}') END");
    match connection.ask(&sql).await {
        Ok(rows) => Ok(rows.rows.first().and_then(|row| row.integer(0)) == Some(1)),
        Err(error) if error.kind == DriverErrorKind::Cancelled => Ok(false),
        Err(error) => Err(error),
    }
}

/// Gives the lock back; whether this session had it.
pub(crate) async fn release(connection: &mut MySqlConnection, name: &LockName) -> Result<bool, DriverError> {
    let rows = connection
        .ask(&format!("SELECT release_lock('{}')", name.text()))
        .await?;
    Ok(rows.rows.first().and_then(|row| row.integer(0)) == Some(1))
}

/// Who has the lock, as far as this session's user may see: others' sessions need the privilege PROCESS. The server does
/// not say since when.
pub(crate) async fn holder(
    connection: &mut MySqlConnection,
    name: &LockName,
) -> Result<Option<Holder>, DriverError> {
    let rows = connection
        .ask(&format!("SELECT is_used_lock('{}')", name.text()))
        .await?;
    let id = rows.rows.first().and_then(|row| row.integer(0));
    told(connection, id).await
}

/// What is told of the session of this number.
async fn told(connection: &mut MySqlConnection, id: Option<i64>) -> Result<Option<Holder>, DriverError> {
    let Some(id) = id.and_then(|id| u64::try_from(id).ok()) else {
        return Ok(None);
    };
    let listed = listed::find(connection, id).await?;
    Ok(Some(listed::holder(id, listed.as_ref())))
}

/// An SQL scalar that is text while this session has the lock.
pub(crate) fn proof(name: &LockName) -> String {
    let name = name.text();
    format!("CASE WHEN is_used_lock('{name}') = connection_id() THEN '{name}' END")
}
