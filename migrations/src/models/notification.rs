//! Notifications: to users here, and to other services.

use limbeck_core::models::ColumnEnum;
use limbeck_core::models::Models;
use limbeck_core::models::Table;

use super::Json;
use super::Moment;
use super::Uuid;
use super::repository::Repository;
use super::user::User;

/// What a user should know.
#[derive(Table)]
#[table(index([user_id, created_at]))]
pub struct Notification {
    #[column(identity)]
    pub id: i64,
    #[column(unique)]
    pub uuid: Uuid,
    #[column(references = User, on_delete = cascade)]
    pub user_id: i64,
    #[column(varchar = 64)]
    pub kind: String,
    pub metadata: Json,
    #[column(default = "FALSE")]
    pub dismissed: bool,
    #[column(default = "CURRENT_TIMESTAMP")]
    pub created_at: Moment,
}

/// How another service is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ColumnEnum)]
#[column_enum(rename_all = "snake_case")]
pub enum Method {
    Email,
    Slack,
    Webhook,
}

/// An event of which another service is told.
#[derive(Table)]
#[table(
    index([repository_id, event]),
    check("number_of_failures >= 0", name = "ck_repository_notification_failures")
)]
pub struct RepositoryNotification {
    #[column(identity)]
    pub id: i64,
    #[column(unique)]
    pub uuid: Uuid,
    #[column(references = Repository, on_delete = cascade)]
    pub repository_id: i64,
    #[column(varchar = 64)]
    pub event: String,
    pub method: Method,
    #[column(varchar = 255)]
    pub title: Option<String>,
    pub config: Json,
    #[column(default = "0")]
    pub number_of_failures: i32,
    /// Without a branch it is about all builds.
    #[column(varchar = 255)]
    pub build_branch: Option<String>,
}

pub(super) fn models() -> Models {
    Models::new()
        .table::<Notification>()
        .table::<RepositoryNotification>()
}
