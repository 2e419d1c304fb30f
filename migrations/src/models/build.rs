//! Builds, and what starts them.

use limbeck_core::models::ColumnEnum;
use limbeck_core::models::Models;
use limbeck_core::models::Table;

use super::Json;
use super::Moment;
use super::Uuid;
use super::repository::Repository;
use super::user::User;

/// Where the sources of a build are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ColumnEnum)]
#[column_enum(rename_all = "lowercase")]
pub enum SourceService {
    GitHub,
    GitLab,
    Bitbucket,
    Custom,
}

/// A push to a source repository that starts a build.
#[derive(Table)]
pub struct RepositoryBuildTrigger {
    #[column(identity)]
    pub id: i64,
    #[column(unique)]
    pub uuid: Uuid,
    #[column(references = Repository, on_delete = cascade, index)]
    pub repository_id: i64,
    #[column(references = User, index)]
    pub connected_user_id: i64,
    pub service: SourceService,
    pub config: Json,
    #[column(default = "TRUE")]
    pub enabled: bool,
}

/// How far a build is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ColumnEnum)]
#[column_enum(rename_all = "snake_case")]
pub enum Phase {
    Waiting,
    Pulling,
    Building,
    Pushing,
    Complete,
    Error,
    Cancelled,
    Expired,
}

/// A build of an image.
#[derive(Table)]
#[table(
    index([repository_id, started_at]),
    check(
        "finished_at IS NULL OR finished_at >= started_at",
        name = "ck_repository_build_finished_at"
    )
)]
pub struct RepositoryBuild {
    #[column(identity)]
    pub id: i64,
    #[column(unique)]
    pub uuid: Uuid,
    #[column(references = Repository, on_delete = cascade)]
    pub repository_id: i64,
    #[column(references = RepositoryBuildTrigger, on_delete = set_null, index)]
    pub trigger_id: Option<i64>,
    #[column(default_text = "waiting", index)]
    pub phase: Phase,
    #[column(varchar = 400, default_text = "")]
    pub display_name: String,
    pub job_config: Json,
    pub started_at: Moment,
    #[column(default = "TRUE")]
    pub logs_archived: bool,
    pub finished_at: Option<Moment>,
}

pub(super) fn models() -> Models {
    Models::new()
        .table::<RepositoryBuildTrigger>()
        .table::<RepositoryBuild>()
}
