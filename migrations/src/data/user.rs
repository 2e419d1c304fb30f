//! Users, how they log in, and what they want to find again.

use limbeck_core::driver::DriverError;
use limbeck_core::driver::Transaction;
use limbeck_core::row::NewRow;
use limbeck_core::values;

use crate::models::Json;
use crate::models::Moment;
use crate::models::Uuid;
use crate::models::repository::Repository;
use crate::models::user::FederatedLogin;
use crate::models::user::LoginService;
use crate::models::user::Star;
use crate::models::user::User;

/// A user who registers.
#[derive(NewRow)]
#[new_row(table = User)]
pub struct NewUser<'a> {
    pub uuid: Uuid,
    pub username: &'a str,
    pub email: &'a str,
    pub password_hash: Option<&'a str>,
    pub robot: bool,
}

/// The account of a user at another service.
#[derive(NewRow)]
#[new_row(table = FederatedLogin)]
pub struct NewLogin<'a> {
    pub user_id: i64,
    pub service: LoginService,
    pub service_ident: &'a str,
    pub metadata: Json,
}

#[derive(NewRow)]
#[new_row(table = Star)]
struct NewStar {
    user_id: i64,
    repository_id: i64,
}

/// Registers a user, and gives the id.
pub async fn create(tx: &mut Transaction<'_>, user: &NewUser<'_>) -> Result<i64, DriverError> {
    tx.insert_id(user).await
}

pub async fn find(tx: &mut Transaction<'_>, username: &str) -> Result<Option<User>, DriverError> {
    tx.select_optional("WHERE username = ?", &values![username]).await
}

/// People, and robots where they are asked for, in the order of their names.
pub async fn list(
    tx: &mut Transaction<'_>,
    robots: bool,
    after: &str,
    most: u32,
) -> Result<Vec<User>, DriverError> {
    let rest = "WHERE robot = ? AND username > ? ORDER BY username LIMIT ?";
    tx.select(rest, &values![robots, after, most]).await
}

pub async fn verify_email(tx: &mut Transaction<'_>, user: i64) -> Result<(), DriverError> {
    let sql = format!(
        "UPDATE {} SET email_verified = ? WHERE id = ?",
        tx.table::<User>()?
    );
    tx.execute(&sql, &values![true, user]).await.map(drop)
}

/// Who is not enabled can log in no more.
pub async fn set_enabled(tx: &mut Transaction<'_>, user: i64, enabled: bool) -> Result<(), DriverError> {
    let sql = format!("UPDATE {} SET enabled = ? WHERE id = ?", tx.table::<User>()?);
    tx.execute(&sql, &values![enabled, user]).await.map(drop)
}

pub async fn was_seen(tx: &mut Transaction<'_>, user: i64, at: Moment) -> Result<(), DriverError> {
    let sql = format!(
        "UPDATE {} SET last_accessed_at = ? WHERE id = ?",
        tx.table::<User>()?
    );
    tx.execute(&sql, &values![at, user]).await.map(drop)
}

/// Deletes a user with all that is of no use without one. Gives whether there was one.
pub async fn delete(tx: &mut Transaction<'_>, user: i64) -> Result<bool, DriverError> {
    let sql = format!("DELETE FROM {} WHERE id = ?", tx.table::<User>()?);
    Ok(tx.execute(&sql, &values![user]).await? > 0)
}

pub async fn connect_login(tx: &mut Transaction<'_>, login: &NewLogin<'_>) -> Result<i64, DriverError> {
    tx.insert_id(login).await
}

/// The enabled user whom another service knows by this name.
pub async fn find_by_login(
    tx: &mut Transaction<'_>,
    service: LoginService,
    ident: &str,
) -> Result<Option<User>, DriverError> {
    let sql = format!(
        "SELECT {} FROM {} u JOIN federated_login l ON l.user_id = u.id \
         WHERE l.service = ? AND l.service_ident = ? AND u.enabled = ?",
        tx.columns::<User>("u"),
        tx.table::<User>()?
    );
    tx.query_optional(&sql, &values![service, ident, true]).await
}

/// Marks a repository for a user; again is no error.
pub async fn star(tx: &mut Transaction<'_>, user: i64, repository: i64) -> Result<(), DriverError> {
    let marked: Option<Star> = tx
        .select_optional(
            "WHERE user_id = ? AND repository_id = ?",
            &values![user, repository],
        )
        .await?;
    if marked.is_none() {
        let star = NewStar {
            user_id: user,
            repository_id: repository,
        };
        tx.insert(&star).await?;
    }
    Ok(())
}

pub async fn unstar(tx: &mut Transaction<'_>, user: i64, repository: i64) -> Result<(), DriverError> {
    let sql = "DELETE FROM star WHERE user_id = ? AND repository_id = ?";
    tx.execute(sql, &values![user, repository]).await.map(drop)
}

/// What a user has marked, by name.
pub async fn starred(tx: &mut Transaction<'_>, user: i64) -> Result<Vec<Repository>, DriverError> {
    let sql = format!(
        "SELECT {} FROM repository r JOIN star s ON s.repository_id = r.id WHERE s.user_id = ? ORDER BY r.full_name",
        tx.columns::<Repository>("r")
    );
    tx.query_as(&sql, &values![user]).await
}
