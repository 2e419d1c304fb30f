//! What users did: the log of today, which is read from its newest entry.

use limbeck_core::driver::DriverError;
use limbeck_core::driver::Transaction;
use limbeck_core::row::NewRow;
use limbeck_core::values;

use crate::models::Json;
use crate::models::Moment;
use crate::models::log::LogEntry3;

#[derive(NewRow)]
#[new_row(table = LogEntry3)]
pub struct NewEntry<'a> {
    pub kind: &'a str,
    pub account_id: Option<i64>,
    pub performer_id: Option<i64>,
    pub repository_id: Option<i64>,
    pub occurred_at: Moment,
    pub ip: Option<&'a str>,
    pub metadata: Json,
}

pub async fn record(tx: &mut Transaction<'_>, entry: &NewEntry<'_>) -> Result<i64, DriverError> {
    tx.insert_id(entry).await
}

/// The entries of a repository before a moment, the newest first.
pub async fn list(
    tx: &mut Transaction<'_>,
    repository: i64,
    before: Moment,
    most: u32,
) -> Result<Vec<LogEntry3>, DriverError> {
    let rest = "WHERE repository_id = ? AND occurred_at < ? ORDER BY occurred_at DESC, id DESC LIMIT ?";
    tx.select(rest, &values![repository, before, most]).await
}

/// How often each kind of thing was done since a moment, the most frequent first.
pub async fn counts(tx: &mut Transaction<'_>, since: Moment) -> Result<Vec<(String, i64)>, DriverError> {
    let sql = "SELECT kind, count(*) AS times FROM log_entry_3 WHERE occurred_at >= ? \
               GROUP BY kind ORDER BY times DESC, kind";
    tx.query_as(sql, &values![since]).await
}

/// Deletes what is older than it must be kept. Gives how many.
pub async fn delete_before(tx: &mut Transaction<'_>, moment: Moment) -> Result<u64, DriverError> {
    tx.execute("DELETE FROM log_entry_3 WHERE occurred_at < ?", &values![moment])
        .await
}
