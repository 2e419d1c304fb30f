//! Organizations, which own repositories.

use limbeck_core::models::Models;
use limbeck_core::models::Table;

use super::Moment;
use super::user::User;

/// An owner of repositories.
#[derive(Table)]
pub struct Organization {
    #[column(identity)]
    pub id: i64,
    #[column(varchar = 255, unique)]
    pub name: String,
    #[column(varchar = 255)]
    pub email: Option<String>,
    #[column(default = "CURRENT_TIMESTAMP")]
    pub created_at: Moment,
}

/// A user in an organization.
#[derive(Table)]
#[table(primary_key([organization_id, user_id]))]
pub struct OrganizationMember {
    #[column(references = Organization, on_delete = cascade)]
    pub organization_id: i64,
    #[column(references = User, on_delete = cascade, index)]
    pub user_id: i64,
    #[column(default = "CURRENT_TIMESTAMP")]
    pub joined_at: Moment,
}

pub(super) fn models() -> Models {
    Models::new()
        .table::<Organization>()
        .table::<OrganizationMember>()
}
