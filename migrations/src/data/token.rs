//! Access tokens of applications.

use limbeck_core::driver::DriverError;
use limbeck_core::driver::Transaction;
use limbeck_core::row::NewRow;
use limbeck_core::values;

use crate::models::Moment;
use crate::models::Uuid;
use crate::models::token::AppSpecificAuthToken;
use crate::models::user::User;

/// A token for an application. Its secret half is known by its hash alone.
#[derive(NewRow)]
#[new_row(table = AppSpecificAuthToken)]
pub struct NewToken<'a> {
    pub uuid: Uuid,
    pub user_id: i64,
    pub title: &'a str,
    pub token_name: &'a str,
    pub token_hash: &'a str,
    pub expires_at: Option<Moment>,
}

pub async fn create(tx: &mut Transaction<'_>, token: &NewToken<'_>) -> Result<i64, DriverError> {
    tx.insert_id(token).await
}

/// The token of this name, where it has not expired and its user may log in.
pub async fn find_valid(
    tx: &mut Transaction<'_>,
    name: &str,
    now: Moment,
) -> Result<Option<AppSpecificAuthToken>, DriverError> {
    let sql = format!(
        "SELECT {} FROM app_specific_auth_token t JOIN {} u ON u.id = t.user_id \
         WHERE t.token_name = ? AND u.enabled = ? AND (t.expires_at IS NULL OR t.expires_at > ?)",
        tx.columns::<AppSpecificAuthToken>("t"),
        tx.table::<User>()?
    );
    tx.query_optional(&sql, &values![name, true, now]).await
}

/// The tokens of a user, those first that expire first; those that never do are the last.
pub async fn list(tx: &mut Transaction<'_>, user: i64) -> Result<Vec<AppSpecificAuthToken>, DriverError> {
    let rest = "WHERE user_id = ? ORDER BY CASE WHEN expires_at IS NULL THEN 1 ELSE 0 END, expires_at, id";
    tx.select(rest, &values![user]).await
}

pub async fn was_used(tx: &mut Transaction<'_>, token: i64, at: Moment) -> Result<(), DriverError> {
    let sql = "UPDATE app_specific_auth_token SET last_accessed_at = ? WHERE id = ?";
    tx.execute(sql, &values![at, token]).await.map(drop)
}

pub async fn revoke(tx: &mut Transaction<'_>, uuid: Uuid) -> Result<bool, DriverError> {
    let sql = "DELETE FROM app_specific_auth_token WHERE uuid = ?";
    Ok(tx.execute(sql, &values![uuid]).await? > 0)
}

/// Deletes what has expired. Gives how many.
pub async fn delete_expired(tx: &mut Transaction<'_>, now: Moment) -> Result<u64, DriverError> {
    let sql = "DELETE FROM app_specific_auth_token WHERE expires_at <= ?";
    tx.execute(sql, &values![now]).await
}
