//! Organizations and their members.

use limbeck_core::driver::DriverError;
use limbeck_core::driver::Transaction;
use limbeck_core::row::NewRow;
use limbeck_core::values;

use crate::models::organization::Organization;
use crate::models::organization::OrganizationMember;
use crate::models::user::User;

#[derive(NewRow)]
#[new_row(table = Organization)]
pub struct NewOrganization<'a> {
    pub name: &'a str,
    pub email: Option<&'a str>,
}

#[derive(NewRow)]
#[new_row(table = OrganizationMember)]
struct NewMember {
    organization_id: i64,
    user_id: i64,
}

/// Founds an organization with its first member, and gives the id.
pub async fn create(
    tx: &mut Transaction<'_>,
    organization: &NewOrganization<'_>,
    founder: i64,
) -> Result<i64, DriverError> {
    let id = tx.insert_id(organization).await?;
    add_member(tx, id, founder).await?;
    Ok(id)
}

pub async fn find(tx: &mut Transaction<'_>, name: &str) -> Result<Option<Organization>, DriverError> {
    tx.select_optional("WHERE name = ?", &values![name]).await
}

/// The organizations that a user is in, by name.
pub async fn list_of(tx: &mut Transaction<'_>, user: i64) -> Result<Vec<Organization>, DriverError> {
    let sql = format!(
        "SELECT {} FROM organization o JOIN organization_member m ON m.organization_id = o.id \
         WHERE m.user_id = ? ORDER BY o.name",
        tx.columns::<Organization>("o")
    );
    tx.query_as(&sql, &values![user]).await
}

pub async fn set_email(
    tx: &mut Transaction<'_>,
    organization: i64,
    email: Option<&str>,
) -> Result<(), DriverError> {
    let sql = "UPDATE organization SET email = ? WHERE id = ?";
    tx.execute(sql, &values![email, organization]).await.map(drop)
}

/// Deletes an organization that owns nothing any more; one that does is kept by its repositories.
pub async fn delete(tx: &mut Transaction<'_>, organization: i64) -> Result<bool, DriverError> {
    let sql = "DELETE FROM organization WHERE id = ?";
    Ok(tx.execute(sql, &values![organization]).await? > 0)
}

pub async fn add_member(tx: &mut Transaction<'_>, organization: i64, user: i64) -> Result<(), DriverError> {
    let member = NewMember {
        organization_id: organization,
        user_id: user,
    };
    tx.insert(&member).await
}

/// Takes a user out of an organization and all its teams.
pub async fn remove_member(
    tx: &mut Transaction<'_>,
    organization: i64,
    user: i64,
) -> Result<(), DriverError> {
    let from_teams = "DELETE FROM team_member WHERE user_id = ? \
                      AND team_id IN (SELECT id FROM team WHERE organization_id = ?)";
    tx.execute(from_teams, &values![user, organization]).await?;
    let sql = "DELETE FROM organization_member WHERE organization_id = ? AND user_id = ?";
    tx.execute(sql, &values![organization, user]).await.map(drop)
}

/// The members, by name.
pub async fn members(tx: &mut Transaction<'_>, organization: i64) -> Result<Vec<User>, DriverError> {
    let sql = format!(
        "SELECT {} FROM {} u JOIN organization_member m ON m.user_id = u.id \
         WHERE m.organization_id = ? ORDER BY u.username",
        tx.columns::<User>("u"),
        tx.table::<User>()?
    );
    tx.query_as(&sql, &values![organization]).await
}
