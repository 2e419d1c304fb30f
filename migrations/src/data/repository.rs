//! Repositories.

use limbeck_core::driver::DriverError;
use limbeck_core::driver::Transaction;
use limbeck_core::row::NewRow;
use limbeck_core::values;

use crate::models::organization::Organization;
use crate::models::repository::Repository;
use crate::models::repository::State;
use crate::models::repository::Visibility;

#[derive(NewRow)]
#[new_row(table = Repository)]
struct NewRepository<'a> {
    organization_id: i64,
    name: &'a str,
    visibility: Visibility,
    full_name: String,
}

/// Makes a repository of an organization, and gives the id.
pub async fn create(
    tx: &mut Transaction<'_>,
    organization: &Organization,
    name: &str,
    visibility: Visibility,
) -> Result<i64, DriverError> {
    let repository = NewRepository {
        organization_id: organization.id,
        name,
        visibility,
        full_name: format!("{}/{name}", organization.name),
    };
    tx.insert_id(&repository).await
}

/// The repository of a name like `organization/name`.
pub async fn find(tx: &mut Transaction<'_>, full_name: &str) -> Result<Option<Repository>, DriverError> {
    tx.select_optional("WHERE full_name = ?", &values![full_name])
        .await
}

/// What everybody sees of those whose name begins like this, by name.
pub async fn search(
    tx: &mut Transaction<'_>,
    beginning: &str,
    most: u32,
) -> Result<Vec<Repository>, DriverError> {
    let rest = "WHERE visibility = ? AND substr(name, 1, ?) = ? ORDER BY full_name LIMIT ?";
    let length = i64::try_from(beginning.chars().count()).unwrap_or(i64::MAX);
    tx.select(rest, &values![Visibility::Public, length, beginning, most])
        .await
}

/// What a user sees in an organization: what is public, and all where they are a member.
pub async fn list_for(
    tx: &mut Transaction<'_>,
    organization: i64,
    user: i64,
) -> Result<Vec<Repository>, DriverError> {
    let rest = "WHERE organization_id = ? AND (visibility = ? OR EXISTS \
                (SELECT 1 FROM organization_member m WHERE m.organization_id = repository.organization_id AND m.user_id = ?)) \
                ORDER BY name";
    tx.select(rest, &values![organization, Visibility::Public, user])
        .await
}

pub async fn describe(
    tx: &mut Transaction<'_>,
    repository: i64,
    description: Option<&str>,
) -> Result<(), DriverError> {
    let sql = "UPDATE repository SET description = ? WHERE id = ?";
    tx.execute(sql, &values![description, repository]).await.map(drop)
}

pub async fn set_visibility(
    tx: &mut Transaction<'_>,
    repository: i64,
    visibility: Visibility,
) -> Result<(), DriverError> {
    let sql = "UPDATE repository SET visibility = ? WHERE id = ?";
    tx.execute(sql, &values![visibility, repository]).await.map(drop)
}

pub async fn set_state(tx: &mut Transaction<'_>, repository: i64, state: State) -> Result<(), DriverError> {
    let sql = "UPDATE repository SET state = ? WHERE id = ?";
    tx.execute(sql, &values![state, repository]).await.map(drop)
}

/// Deletes a repository with its tags and manifests. Blobs stay until [nothing needs them](super::blob::unreferenced).
pub async fn delete(tx: &mut Transaction<'_>, repository: i64) -> Result<bool, DriverError> {
    // A tag may refer to another one.
    let unlinked = "UPDATE tag SET linked_tag_id = NULL WHERE repository_id = ?";
    tx.execute(unlinked, &values![repository]).await?;
    for table in ["tag", "manifest_blob", "manifest_label", "manifest"] {
        let sql = format!("DELETE FROM {table} WHERE repository_id = ?");
        tx.execute(&sql, &values![repository]).await?;
    }
    let sql = "DELETE FROM repository WHERE id = ?";
    Ok(tx.execute(sql, &values![repository]).await? > 0)
}
