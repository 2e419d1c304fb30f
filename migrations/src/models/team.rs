//! Teams of an organization.

use limbeck_core::models::Models;
use limbeck_core::models::Table;

use super::organization::Organization;
use super::user::User;

/// What the members of a team may do; revisions fill the table.
#[derive(Table)]
pub struct TeamRole {
    #[column(identity)]
    pub id: i64,
    #[column(varchar = 64, unique)]
    pub name: String,
    #[column(varchar = 255, default_text = "")]
    pub description: String,
}

/// Users with the same permissions.
#[derive(Table)]
#[table(unique([organization_id, name]))]
pub struct Team {
    #[column(identity)]
    pub id: i64,
    #[column(references = Organization, on_delete = cascade)]
    pub organization_id: i64,
    #[column(references = TeamRole)]
    pub role_id: i64,
    #[column(varchar = 255)]
    pub name: String,
    pub description: Option<String>,
}

/// A user in a team.
#[derive(Table)]
#[table(primary_key([team_id, user_id]))]
pub struct TeamMember {
    #[column(references = Team, on_delete = cascade)]
    pub team_id: i64,
    #[column(references = User, on_delete = cascade, index)]
    pub user_id: i64,
}

pub(super) fn models() -> Models {
    Models::new()
        .table::<TeamRole>()
        .table::<Team>()
        .table::<TeamMember>()
}
