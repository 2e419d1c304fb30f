//! Access tokens.

use limbeck_core::models::Models;
use limbeck_core::models::Table;

use super::Moment;
use super::Uuid;
use super::user::User;

/// A token with which an application acts for a user.
#[derive(Table)]
#[table(index([user_id, expires_at], name = "ix_app_specific_auth_token_user_id"))]
pub struct AppSpecificAuthToken {
    #[column(identity)]
    pub id: i64,
    #[column(unique)]
    pub uuid: Uuid,
    #[column(references = User, on_delete = cascade)]
    pub user_id: i64,
    #[column(varchar = 255)]
    pub title: String,
    #[column(varchar = 255, unique)]
    pub token_name: String,
    #[column(varchar = 255)]
    pub token_hash: String,
    #[column(default = "CURRENT_TIMESTAMP")]
    pub created_at: Moment,
    pub expires_at: Option<Moment>,
    pub last_accessed_at: Option<Moment>,
}

pub(super) fn models() -> Models {
    Models::new().table::<AppSpecificAuthToken>()
}
