//! The migration lock: an advisory lock of the session, by its number.
//!
//! It is asked for again and again and never waited for: a statement that waits holds a snapshot, and a CREATE INDEX
//! CONCURRENTLY of the holder waits for all older snapshots. Between two questions a session listens, idle, for the NOTIFY
//! of whoever gives the lock back.

use limbeck_core::dialect::Dialect;
use limbeck_core::driver::Holder;
use limbeck_core::driver::LockName;
use limbeck_core::driver::Row;

use crate::dialect::POSTGRES;

/// The row of `pg_locks` that stands for the lock, in whichever database. A number of 64 bits is shown as two of 32.
fn row(name: &LockName) -> String {
    let [high, low] = halves(name.number());
    format!(
        "lock.locktype = 'advisory' AND lock.classid = {high}::oid AND lock.objid = {low}::oid AND lock.objsubid = 1 \
         AND lock.granted"
    )
}

/// The same of this session, whose locks are all in its database.
fn own_row(name: &LockName) -> String {
    format!("{} AND lock.pid = pg_catalog.pg_backend_pid()", row(name))
}

fn halves(number: i64) -> [u32; 2] {
    let [a, b, c, d, e, f, g, h] = number.to_be_bytes();
    [u32::from_be_bytes([a, b, c, d]), u32::from_be_bytes([e, f, g, h])]
}

/// Takes the lock if nobody else has it. A session that has it already would have it twice.
pub(crate) fn take(name: &LockName) -> String {
    format!(
        "SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_locks AS lock WHERE {}) OR pg_catalog.pg_try_advisory_lock({})",
        own_row(name),
        name.number()
    )
}

/// A row where any session of the server has it, in whichever database.
pub(crate) fn anywhere(name: &LockName) -> String {
    format!("SELECT 1 FROM pg_catalog.pg_locks AS lock WHERE {}", row(name))
}

/// Gives it back and tells those who wait for it.
pub(crate) fn give_back(name: &LockName) -> String {
    format!(
        "SELECT pg_catalog.pg_advisory_unlock({}); NOTIFY {}",
        name.number(),
        channel(name)
    )
}

/// Lets the session be told when the lock is given back.
pub(crate) fn listen(name: &LockName) -> String {
    format!("LISTEN {}", channel(name))
}

/// Ends what [`listen`] has begun.
pub(crate) const LISTEN_NO_MORE: &str = "UNLISTEN *";

/// The channel of a database that belongs to the lock.
fn channel(name: &LockName) -> String {
    POSTGRES.quote_identifier(&name.text())
}

/// Who has it.
pub(crate) fn holder(name: &LockName) -> String {
    format!(
        "SELECT {HOLDER} FROM pg_catalog.pg_locks AS lock \
         LEFT JOIN pg_catalog.pg_stat_activity AS session ON session.pid = lock.pid WHERE {} \
         AND lock.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())",
        row(name)
    )
}

/// What is told of a session, in the order of [`read_holder`].
pub(crate) const HOLDER: &str = "session.usename, coalesce(session.client_hostname, host(session.client_addr), \
     CASE WHEN session.pid IS NOT NULL THEN 'this machine' END), session.pid, \
     to_char(session.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')";

pub(crate) fn read_holder(row: &Row) -> Holder {
    let mut holder = Holder::default();
    holder.user = row.text(0).map(str::to_owned);
    holder.host = row.text(1).map(str::to_owned);
    holder.pid = row.integer(2).and_then(|pid| u64::try_from(pid).ok());
    holder.since = row.text(3).map(str::to_owned);
    holder
}

/// Text while this session, which has `token` as its mark, has the lock. A backend may serve others too.
pub(crate) fn proof(name: &LockName, token: &str) -> String {
    format!(
        "(SELECT '{token}' FROM pg_catalog.pg_locks AS lock WHERE {} \
         AND pg_catalog.current_setting('limbeck.session', true) = '{token}')",
        own_row(name)
    )
}
