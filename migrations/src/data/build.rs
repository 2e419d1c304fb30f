//! Builds, and what starts them.

use limbeck_core::driver::DriverError;
use limbeck_core::driver::Transaction;
use limbeck_core::row::NewRow;
use limbeck_core::values;

use crate::models::Json;
use crate::models::Moment;
use crate::models::Uuid;
use crate::models::build::Phase;
use crate::models::build::RepositoryBuild;
use crate::models::build::RepositoryBuildTrigger;
use crate::models::build::SourceService;

/// A push that starts builds.
#[derive(NewRow)]
#[new_row(table = RepositoryBuildTrigger)]
pub struct NewTrigger {
    pub uuid: Uuid,
    pub repository_id: i64,
    pub connected_user_id: i64,
    pub service: SourceService,
    pub config: Json,
}

/// A build that is to begin.
#[derive(NewRow)]
#[new_row(table = RepositoryBuild)]
pub struct NewBuild<'a> {
    pub uuid: Uuid,
    pub repository_id: i64,
    pub trigger_id: Option<i64>,
    pub display_name: &'a str,
    pub job_config: Json,
    pub started_at: Moment,
}

pub async fn create_trigger(tx: &mut Transaction<'_>, trigger: &NewTrigger) -> Result<i64, DriverError> {
    tx.insert_id(trigger).await
}

pub async fn triggers(
    tx: &mut Transaction<'_>,
    repository: i64,
) -> Result<Vec<RepositoryBuildTrigger>, DriverError> {
    let rest = "WHERE repository_id = ? AND enabled = ? ORDER BY id";
    tx.select(rest, &values![repository, true]).await
}

pub async fn disable_trigger(tx: &mut Transaction<'_>, trigger: i64) -> Result<(), DriverError> {
    let sql = "UPDATE repository_build_trigger SET enabled = ? WHERE id = ?";
    tx.execute(sql, &values![false, trigger]).await.map(drop)
}

/// Queues a build, which waits until somebody [moves it on](set_phase).
pub async fn create(tx: &mut Transaction<'_>, build: &NewBuild<'_>) -> Result<i64, DriverError> {
    tx.insert_id(build).await
}

pub async fn find(tx: &mut Transaction<'_>, uuid: Uuid) -> Result<Option<RepositoryBuild>, DriverError> {
    tx.select_optional("WHERE uuid = ?", &values![uuid]).await
}

/// Moves a build on, and ends it where `finished_at` is given.
pub async fn set_phase(
    tx: &mut Transaction<'_>,
    build: i64,
    phase: Phase,
    finished_at: Option<Moment>,
) -> Result<(), DriverError> {
    let sql = "UPDATE repository_build SET phase = ?, finished_at = ? WHERE id = ?";
    tx.execute(sql, &values![phase, finished_at, build])
        .await
        .map(drop)
}

/// The builds of a repository, the newest first.
pub async fn list(
    tx: &mut Transaction<'_>,
    repository: i64,
    most: u32,
) -> Result<Vec<RepositoryBuild>, DriverError> {
    let rest = "WHERE repository_id = ? ORDER BY started_at DESC, id DESC LIMIT ?";
    tx.select(rest, &values![repository, most]).await
}

/// How many builds are in each phase, by its name.
pub async fn phases(tx: &mut Transaction<'_>) -> Result<Vec<(Phase, i64)>, DriverError> {
    let sql = "SELECT phase, count(*) FROM repository_build GROUP BY phase";
    let mut phases: Vec<(Phase, i64)> = tx.query_as(sql, &[]).await?;
    // An engine may sort the values of an enumeration by their places.
    phases.sort_by_key(|(phase, _)| format!("{phase:?}"));
    Ok(phases)
}

pub async fn delete(tx: &mut Transaction<'_>, build: i64) -> Result<bool, DriverError> {
    let sql = "DELETE FROM repository_build WHERE id = ?";
    Ok(tx.execute(sql, &values![build]).await? > 0)
}
