//! Users, and how they log in.

use limbeck_core::models::ColumnEnum;
use limbeck_core::models::Models;
use limbeck_core::models::Table;

use super::Json;
use super::Moment;
use super::Uuid;
use super::repository::Repository;

/// A person or a robot.
#[derive(Table)]
pub struct User {
    #[column(identity)]
    pub id: i64,
    #[column(unique)]
    pub uuid: Uuid,
    #[column(varchar = 255, unique)]
    pub username: String,
    #[column(varchar = 255, unique)]
    pub email: String,
    #[column(varchar = 255)]
    pub password_hash: Option<String>,
    #[column(default = "FALSE")]
    pub email_verified: bool,
    #[column(default = "CURRENT_TIMESTAMP")]
    pub created_at: Moment,
    #[column(default = "FALSE")]
    pub robot: bool,
    #[column(default = "TRUE")]
    pub enabled: bool,
    #[column(index)]
    pub last_accessed_at: Option<Moment>,
}

/// A service that knows its own users.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ColumnEnum)]
#[column_enum(rename_all = "lowercase")]
pub enum LoginService {
    GitHub,
    GitLab,
    Google,
    Ldap,
    Oidc,
}

/// The account of a user at another service.
#[derive(Table)]
#[table(unique([service, service_ident]), unique([user_id, service]))]
pub struct FederatedLogin {
    #[column(identity)]
    pub id: i64,
    #[column(references = User, on_delete = cascade)]
    pub user_id: i64,
    pub service: LoginService,
    #[column(varchar = 255)]
    pub service_ident: String,
    pub metadata: Json,
}

/// A repository that a user wants to find again.
#[derive(Table)]
#[table(primary_key([user_id, repository_id]))]
pub struct Star {
    #[column(references = User, on_delete = cascade)]
    pub user_id: i64,
    #[column(references = Repository, on_delete = cascade, index)]
    pub repository_id: i64,
    #[column(default = "CURRENT_TIMESTAMP")]
    pub created_at: Moment,
}

pub(super) fn models() -> Models {
    Models::new()
        .table::<User>()
        .table::<FederatedLogin>()
        .table::<Star>()
}
