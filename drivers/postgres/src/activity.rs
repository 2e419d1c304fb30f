//! What other sessions do.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::Value;
use limbeck_core::driver::Activity;
use limbeck_core::driver::Blocker;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::Row;
use limbeck_core::driver::Rows;
use limbeck_core::driver::SessionId;

use crate::dialect::POSTGRES;
use crate::lock::HOLDER;
use crate::lock::read_holder;

/// Letters of a statement that people are shown.
const LONGEST: usize = 200;

/// The condition that a row of `pg_stat_activity` is this session. Of sessions of other roles their start is hidden.
fn is(session: &SessionId) -> String {
    let numbers = session.as_str().split_once('@').and_then(|(pid, start)| {
        let (pid, start): (i32, i64) = (pid.parse().ok()?, start.parse().ok()?);
        Some((pid, start))
    });
    match numbers {
        // Process numbers come again, and so the start belongs to it.
        Some((pid, start)) => format!(
            "session.pid = {pid} AND coalesce((extract(epoch FROM session.backend_start) * 1000000)::bigint = {start}, \
             session.datname = pg_catalog.current_database())"
        ),
        None => format!(
            "session.application_name = {}",
            POSTGRES.literal(&Value::from(session.as_str()))
        ),
    }
}

/// What a session is doing.
pub(crate) fn question(session: &SessionId) -> String {
    format!(
        "SELECT session.state, to_char(session.query_start AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'), \
         session.query, session.usename, current_user FROM pg_catalog.pg_stat_activity AS session WHERE {} \
         ORDER BY session.state = 'active' DESC",
        is(session)
    )
}

pub(crate) fn read(rows: &Rows) -> Result<Activity, DriverError> {
    let Some(row) = rows.rows.first() else {
        return Ok(Activity::Gone);
    };
    match row.text(0) {
        Some("active" | "fastpath function call") => Ok(Activity::Running {
            since: row.text(1).map(str::to_owned),
            sql: row.text(2).map(str::to_owned),
        }),
        Some(_) => Ok(Activity::Idle),
        None => Err(hidden(
            row.text(3).unwrap_or_default(),
            row.text(4).unwrap_or_default(),
        )),
    }
}

/// Nobody must take a session for idle of which only the number is shown.
fn hidden(other: &str, own: &str) -> DriverError {
    let message = format!("the role {own} may not see whether a session of the role {other} still runs");
    DriverError::new(DriverErrorKind::Permission, message).with_hint(format!(
        "run this as {other}, or let an administrator GRANT pg_read_all_stats TO {own}"
    ))
}

/// For whom a session waits.
pub(crate) fn blockers(session: &SessionId) -> String {
    format!(
        "SELECT {HOLDER}, left(blocker.query, {LONGEST}), \
         extract(epoch FROM clock_timestamp() - blocker.xact_start)::bigint \
         FROM pg_catalog.pg_stat_activity AS waiting \
         CROSS JOIN LATERAL unnest(pg_catalog.pg_blocking_pids(waiting.pid)) AS by (pid) \
         JOIN pg_catalog.pg_stat_activity AS blocker ON blocker.pid = by.pid WHERE {} ORDER BY blocker.xact_start, by.pid",
        is(session).replace("session.", "waiting.")
    )
    .replace("session.", "blocker.")
}

pub(crate) fn read_blocker(row: &Row) -> Blocker {
    let mut blocker = Blocker::default();
    blocker.holder = read_holder(row);
    blocker.sql = row.text(4).map(str::to_owned);
    blocker.seconds = row.integer(5).and_then(|seconds| u64::try_from(seconds).ok());
    blocker
}
