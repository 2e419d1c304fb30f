//! Who may do what in a repository.

use limbeck_core::models::ColumnEnum;
use limbeck_core::models::Models;
use limbeck_core::models::Table;

use super::repository::Repository;
use super::team::Team;
use super::user::User;

/// What is allowed; each role has what the one before it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ColumnEnum)]
#[column_enum(rename_all = "snake_case")]
pub enum Role {
    Read,
    Write,
    Admin,
}

/// A permission of either a user or a team.
#[derive(Table)]
#[table(unique([repository_id, user_id]), unique([repository_id, team_id]))]
pub struct RepositoryPermission {
    #[column(identity)]
    pub id: i64,
    #[column(references = Repository, on_delete = cascade)]
    pub repository_id: i64,
    #[column(references = User, on_delete = cascade, index)]
    pub user_id: Option<i64>,
    #[column(references = Team, on_delete = cascade, index)]
    pub team_id: Option<i64>,
    pub role: Role,
}

pub(super) fn models() -> Models {
    Models::new().table::<RepositoryPermission>()
}
