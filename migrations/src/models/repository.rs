//! Repositories: what is pushed and pulled.

use limbeck_core::models::ColumnEnum;
use limbeck_core::models::Models;
use limbeck_core::models::Table;

use super::Moment;
use super::organization::Organization;

/// Who sees a repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ColumnEnum)]
#[column_enum(rename_all = "snake_case")]
pub enum Visibility {
    Public,
    /// Whoever is in the organization.
    Internal,
    Private,
}

/// What a repository accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ColumnEnum)]
#[column_enum(rename_all = "snake_case")]
pub enum State {
    Normal,
    ReadOnly,
    Mirror,
}

/// Tags and manifests under one name.
#[derive(Table)]
#[table(
    unique([organization_id, name]),
    index([full_name], name = "uq_repository_full_name", unique)
)]
pub struct Repository {
    #[column(identity)]
    pub id: i64,
    #[column(references = Organization)]
    pub organization_id: i64,
    #[column(varchar = 255, index)]
    pub name: String,
    #[column(default_text = "private", index)]
    pub visibility: Visibility,
    pub description: Option<String>,
    #[column(default = "CURRENT_TIMESTAMP")]
    pub created_at: Moment,
    /// As in `organization/name`, so that the search does not join.
    #[column(varchar = 511)]
    pub full_name: Option<String>,
    #[column(default_text = "normal", index)]
    pub state: State,
}

pub(super) fn models() -> Models {
    Models::new().table::<Repository>()
}
