//! Tags: names that move. What a tag was before stays, with the moment of its end.

use limbeck_core::driver::DriverError;
use limbeck_core::driver::Transaction;
use limbeck_core::row::FromRow;
use limbeck_core::row::NewRow;
use limbeck_core::values;

use crate::models::tag::Tag;

#[derive(NewRow)]
#[new_row(table = Tag)]
struct NewTag<'a> {
    repository_id: i64,
    manifest_id: Option<i64>,
    name: &'a str,
    lifetime_start_ms: i64,
    reversion: bool,
}

/// A tag that stands now, with the digest of its manifest.
#[derive(Debug, PartialEq, Eq, FromRow)]
pub struct LiveTag {
    pub name: String,
    pub digest: String,
    pub lifetime_start_ms: i64,
}

/// Points a tag to a manifest, now, which is in milliseconds since 1970. Gives the id.
pub async fn point(
    tx: &mut Transaction<'_>,
    repository: i64,
    name: &str,
    manifest: i64,
    now: i64,
) -> Result<i64, DriverError> {
    end(tx, repository, name, now).await?;
    let had = "SELECT count(*) FROM tag WHERE repository_id = ? AND name = ? AND manifest_id = ?";
    let (had,): (i64,) = tx.query_one(had, &values![repository, name, manifest]).await?;
    let tag = NewTag {
        repository_id: repository,
        manifest_id: Some(manifest),
        name,
        lifetime_start_ms: now,
        reversion: had > 0,
    };
    tx.insert_id(&tag).await
}

/// Ends a tag; whether there was one.
pub async fn end(
    tx: &mut Transaction<'_>,
    repository: i64,
    name: &str,
    now: i64,
) -> Result<bool, DriverError> {
    let sql = "UPDATE tag SET lifetime_end_ms = ? \
               WHERE repository_id = ? AND name = ? AND lifetime_end_ms IS NULL";
    Ok(tx.execute(sql, &values![now, repository, name]).await? > 0)
}

/// The tag of this name that stands now.
pub async fn find(tx: &mut Transaction<'_>, repository: i64, name: &str) -> Result<Option<Tag>, DriverError> {
    let rest = "WHERE repository_id = ? AND name = ? AND lifetime_end_ms IS NULL";
    tx.select_optional(rest, &values![repository, name]).await
}

/// What stands now, by name.
pub async fn list(tx: &mut Transaction<'_>, repository: i64) -> Result<Vec<LiveTag>, DriverError> {
    let sql = "SELECT t.name, m.digest, t.lifetime_start_ms FROM tag t JOIN manifest m ON m.id = t.manifest_id \
               WHERE t.repository_id = ? AND t.lifetime_end_ms IS NULL AND t.hidden = ? ORDER BY t.name";
    tx.query_as(sql, &values![repository, false]).await
}

/// All that a tag was, the newest first.
pub async fn history(tx: &mut Transaction<'_>, repository: i64, name: &str) -> Result<Vec<Tag>, DriverError> {
    let rest = "WHERE repository_id = ? AND name = ? ORDER BY lifetime_start_ms DESC, id DESC";
    tx.select(rest, &values![repository, name]).await
}

/// Deletes what has ended before a moment. Gives how many.
pub async fn forget(tx: &mut Transaction<'_>, repository: i64, before: i64) -> Result<u64, DriverError> {
    let sql = "DELETE FROM tag WHERE repository_id = ? AND lifetime_end_ms < ?";
    tx.execute(sql, &values![repository, before]).await
}
