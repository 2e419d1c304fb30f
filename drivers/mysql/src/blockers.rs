//! For whom a session waits.

use std::collections::BTreeSet;

use limbeck_core::driver::Blocker;
use limbeck_core::driver::Connection;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::SessionId;

use crate::activity::SessionPlace;
use crate::connection::MySqlConnection;
use crate::dialect::MARIADB;
use crate::listed;

/// Locks of definitions, where the performance schema watches them: always on MySQL unless it was switched off, only
/// where it was switched on on MariaDB.
const METADATA: &str = "SELECT DISTINCT granter.processlist_id \
    FROM performance_schema.threads AS waiter \
    JOIN performance_schema.metadata_locks AS wanted \
      ON wanted.owner_thread_id = waiter.thread_id AND wanted.lock_status = 'PENDING' \
    JOIN performance_schema.metadata_locks AS granted \
      ON granted.object_type = wanted.object_type AND granted.object_schema <=> wanted.object_schema \
      AND granted.object_name <=> wanted.object_name AND granted.lock_status = 'GRANTED' \
      AND granted.owner_thread_id <> wanted.owner_thread_id \
    JOIN performance_schema.threads AS granter ON granter.thread_id = granted.owner_thread_id \
    WHERE waiter.processlist_id = ";

/// The same of MariaDB, where its plugin is installed. It does not say who waits for which table, so it is asked only
/// for a session that waits for one, and answers with those that hold one of the same database.
const METADATA_PLUGIN: &str = "SELECT DISTINCT locks.thread_id \
    FROM information_schema.metadata_lock_info AS locks \
    JOIN information_schema.processlist AS waiter ON waiter.state LIKE 'Waiting for table metadata lock%' \
      AND locks.table_schema = waiter.db AND locks.thread_id <> waiter.id \
      AND locate(locks.table_name, waiter.info) > 0 \
    WHERE waiter.id = ";

/// Locks of rows.
const ROWS_MYSQL: &str = "SELECT DISTINCT blocker.processlist_id \
    FROM performance_schema.data_lock_waits AS waits \
    JOIN performance_schema.threads AS waiter ON waiter.thread_id = waits.requesting_thread_id \
    JOIN performance_schema.threads AS blocker ON blocker.thread_id = waits.blocking_thread_id \
    WHERE waiter.processlist_id = ";

const ROWS_MARIADB: &str = "SELECT DISTINCT blocker.trx_mysql_thread_id \
    FROM information_schema.innodb_lock_waits AS waits \
    JOIN information_schema.innodb_trx AS waiter ON waiter.trx_id = waits.requesting_trx_id \
    JOIN information_schema.innodb_trx AS blocker ON blocker.trx_id = waits.blocking_trx_id \
    WHERE waiter.trx_mysql_thread_id = ";

/// For whom a session waits, as far as the server keeps books and this session's user may read them.
pub(crate) async fn of(
    connection: &mut MySqlConnection,
    session: &SessionId,
) -> Result<Vec<Blocker>, DriverError> {
    let own = SessionPlace::read(&connection.server().session);
    let (Some(place), Some(own)) = (SessionPlace::read(session), own) else {
        return Ok(Vec::new());
    };
    if !place.is_beside(&own) {
        return Ok(Vec::new());
    }
    let questions: &[&str] = match connection.dialect() == &MARIADB {
        true => &[METADATA, METADATA_PLUGIN, ROWS_MARIADB],
        false => &[METADATA, ROWS_MYSQL],
    };
    let mut blockers = BTreeSet::new();
    for question in questions {
        let numbers = ids(connection, &format!("{question}{}", place.id)).await?;
        blockers.extend(numbers.into_iter().filter_map(|id| u64::try_from(id).ok()));
    }
    let mut found = Vec::new();
    for id in blockers {
        found.push(describe(connection, id).await?);
    }
    Ok(found)
}

/// The numbers in the first column. What may not be read, or does not exist here, gives none.
async fn ids(connection: &mut MySqlConnection, sql: &str) -> Result<Vec<i64>, DriverError> {
    match connection.ask(sql).await {
        Ok(rows) => Ok(rows.rows.iter().filter_map(|row| row.integer(0)).collect()),
        Err(error) if error.kind == DriverErrorKind::ConnectionLost => Err(error),
        Err(_) => Ok(Vec::new()),
    }
}

async fn describe(connection: &mut MySqlConnection, id: u64) -> Result<Blocker, DriverError> {
    let mut blocker = Blocker::default();
    let listed = listed::find(connection, id).await?;
    blocker.holder = listed::holder(id, listed.as_ref());
    blocker.sql = listed.and_then(|listed| listed.sql);
    let age = format!(
        "SELECT timestampdiff(SECOND, trx_started, now()) FROM information_schema.innodb_trx \
         WHERE trx_mysql_thread_id = {id}"
    );
    let seconds = ids(connection, &age).await?;
    blocker.seconds = seconds.first().and_then(|seconds| u64::try_from(*seconds).ok());
    Ok(blocker)
}
