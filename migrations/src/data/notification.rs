//! Notifications: to users here, and to other services.

use limbeck_core::driver::DriverError;
use limbeck_core::driver::Transaction;
use limbeck_core::row::NewRow;
use limbeck_core::values;

use crate::models::Json;
use crate::models::Uuid;
use crate::models::notification::Method;
use crate::models::notification::Notification;
use crate::models::notification::RepositoryNotification;

/// What a user should know.
#[derive(NewRow)]
#[new_row(table = Notification)]
pub struct NewNotification<'a> {
    pub uuid: Uuid,
    pub user_id: i64,
    pub kind: &'a str,
    pub metadata: Json,
}

/// An event of which another service is to be told.
#[derive(NewRow)]
#[new_row(table = RepositoryNotification)]
pub struct NewSubscription<'a> {
    pub uuid: Uuid,
    pub repository_id: i64,
    pub event: &'a str,
    pub method: Method,
    pub config: Json,
    pub build_branch: Option<&'a str>,
}

pub async fn create(
    tx: &mut Transaction<'_>,
    notification: &NewNotification<'_>,
) -> Result<i64, DriverError> {
    tx.insert_id(notification).await
}

/// What a user has not dismissed, the newest first.
pub async fn list(tx: &mut Transaction<'_>, user: i64) -> Result<Vec<Notification>, DriverError> {
    let rest = "WHERE user_id = ? AND dismissed = ? ORDER BY created_at DESC, id DESC";
    tx.select(rest, &values![user, false]).await
}

pub async fn dismiss(tx: &mut Transaction<'_>, uuid: Uuid) -> Result<(), DriverError> {
    let sql = "UPDATE notification SET dismissed = ? WHERE uuid = ?";
    tx.execute(sql, &values![true, uuid]).await.map(drop)
}

/// Deletes what a user has dismissed. Gives how many.
pub async fn delete_dismissed(tx: &mut Transaction<'_>, user: i64) -> Result<u64, DriverError> {
    let sql = "DELETE FROM notification WHERE user_id = ? AND dismissed = ?";
    tx.execute(sql, &values![user, true]).await
}

pub async fn subscribe(
    tx: &mut Transaction<'_>,
    subscription: &NewSubscription<'_>,
) -> Result<i64, DriverError> {
    tx.insert_id(subscription).await
}

/// Who is to be told of an event, perhaps one of a branch, and has not failed too often.
pub async fn subscribers(
    tx: &mut Transaction<'_>,
    repository: i64,
    event: &str,
    branch: Option<&str>,
    most_failures: i32,
) -> Result<Vec<RepositoryNotification>, DriverError> {
    let rest = "WHERE repository_id = ? AND event = ? AND (build_branch IS NULL OR build_branch = ?) \
                AND number_of_failures <= ? ORDER BY id";
    tx.select(rest, &values![repository, event, branch, most_failures])
        .await
}

/// Counts one more failure of who could not be told.
pub async fn has_failed(tx: &mut Transaction<'_>, subscription: i64) -> Result<(), DriverError> {
    let sql = "UPDATE repository_notification SET number_of_failures = number_of_failures + 1 WHERE id = ?";
    tx.execute(sql, &values![subscription]).await.map(drop)
}

pub async fn unsubscribe(tx: &mut Transaction<'_>, uuid: Uuid) -> Result<bool, DriverError> {
    let sql = "DELETE FROM repository_notification WHERE uuid = ?";
    Ok(tx.execute(sql, &values![uuid]).await? > 0)
}
