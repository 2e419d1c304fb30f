//! Who may do what in a repository.

use limbeck_core::driver::DriverError;
use limbeck_core::driver::Transaction;
use limbeck_core::row::NewRow;
use limbeck_core::values;

use crate::models::permission::RepositoryPermission;
use crate::models::permission::Role;

/// Who is given a permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grantee {
    User(i64),
    Team(i64),
}

#[derive(NewRow)]
#[new_row(table = RepositoryPermission)]
struct NewPermission {
    repository_id: i64,
    user_id: Option<i64>,
    team_id: Option<i64>,
    role: Role,
}

impl Grantee {
    const fn user(self) -> Option<i64> {
        match self {
            Self::User(id) => Some(id),
            Self::Team(_) => None,
        }
    }

    const fn team(self) -> Option<i64> {
        match self {
            Self::User(_) => None,
            Self::Team(id) => Some(id),
        }
    }

    /// The condition on a permission, and the id that it needs.
    const fn condition(self) -> (&'static str, i64) {
        match self {
            Self::User(id) => ("user_id = ?", id),
            Self::Team(id) => ("team_id = ?", id),
        }
    }
}

/// Gives a permission in place of one that was given before.
pub async fn grant(
    tx: &mut Transaction<'_>,
    repository: i64,
    to: Grantee,
    role: Role,
) -> Result<(), DriverError> {
    revoke(tx, repository, to).await?;
    let permission = NewPermission {
        repository_id: repository,
        user_id: to.user(),
        team_id: to.team(),
        role,
    };
    tx.insert(&permission).await
}

/// Takes a permission back; whether there was one.
pub async fn revoke(tx: &mut Transaction<'_>, repository: i64, from: Grantee) -> Result<bool, DriverError> {
    let (condition, id) = from.condition();
    let sql = format!("DELETE FROM repository_permission WHERE repository_id = ? AND {condition}");
    Ok(tx.execute(&sql, &values![repository, id]).await? > 0)
}

/// All permissions of a repository.
pub async fn list(
    tx: &mut Transaction<'_>,
    repository: i64,
) -> Result<Vec<RepositoryPermission>, DriverError> {
    tx.select("WHERE repository_id = ? ORDER BY id", &values![repository])
        .await
}

/// The most that a user may do, by a permission of their own or of a team.
pub async fn role_of(
    tx: &mut Transaction<'_>,
    repository: i64,
    user: i64,
) -> Result<Option<Role>, DriverError> {
    let sql = "SELECT DISTINCT p.role FROM repository_permission p \
               LEFT JOIN team_member m ON m.team_id = p.team_id \
               WHERE p.repository_id = ? AND (p.user_id = ? OR m.user_id = ?)";
    let roles: Vec<(Role,)> = tx.query_as(sql, &values![repository, user, user]).await?;
    Ok(roles.into_iter().map(|(role,)| role).max())
}
