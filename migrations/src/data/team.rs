//! Teams of an organization.

use limbeck_core::driver::DriverError;
use limbeck_core::driver::Transaction;
use limbeck_core::row::FromRow;
use limbeck_core::row::NewRow;
use limbeck_core::values;

use crate::models::team::Team;
use crate::models::team::TeamMember;
use crate::models::team::TeamRole;
use crate::models::user::User;

#[derive(NewRow)]
#[new_row(table = Team)]
struct NewTeam<'a> {
    organization_id: i64,
    role_id: i64,
    name: &'a str,
}

/// A team as its organization lists it.
#[derive(Debug, PartialEq, Eq, FromRow)]
pub struct TeamSummary {
    pub id: i64,
    pub name: String,
    pub role: String,
    pub members: i64,
}

/// What the members of a team may do.
pub async fn role(tx: &mut Transaction<'_>, name: &str) -> Result<TeamRole, DriverError> {
    tx.select_one("WHERE name = ?", &values![name]).await
}

/// Makes a team whose role has this name, and gives the id.
pub async fn create(
    tx: &mut Transaction<'_>,
    organization: i64,
    name: &str,
    role: &str,
) -> Result<i64, DriverError> {
    let team = NewTeam {
        organization_id: organization,
        role_id: self::role(tx, role).await?.id,
        name,
    };
    tx.insert_id(&team).await
}

pub async fn find(
    tx: &mut Transaction<'_>,
    organization: i64,
    name: &str,
) -> Result<Option<Team>, DriverError> {
    let rest = "WHERE organization_id = ? AND name = ?";
    tx.select_optional(rest, &values![organization, name]).await
}

/// The teams of an organization, by name, with the number of their members.
pub async fn list(tx: &mut Transaction<'_>, organization: i64) -> Result<Vec<TeamSummary>, DriverError> {
    let sql = "SELECT t.id, t.name, r.name AS role, count(m.user_id) AS members \
               FROM team t JOIN team_role r ON r.id = t.role_id LEFT JOIN team_member m ON m.team_id = t.id \
               WHERE t.organization_id = ? GROUP BY t.id, t.name, r.name ORDER BY t.name";
    tx.query_as(sql, &values![organization]).await
}

pub async fn set_role(tx: &mut Transaction<'_>, team: i64, role: &str) -> Result<(), DriverError> {
    let role = self::role(tx, role).await?.id;
    let sql = "UPDATE team SET role_id = ? WHERE id = ?";
    tx.execute(sql, &values![role, team]).await.map(drop)
}

pub async fn delete(tx: &mut Transaction<'_>, team: i64) -> Result<bool, DriverError> {
    Ok(tx
        .execute("DELETE FROM team WHERE id = ?", &values![team])
        .await?
        > 0)
}

pub async fn add_member(tx: &mut Transaction<'_>, team: i64, user: i64) -> Result<(), DriverError> {
    let member = TeamMember {
        team_id: team,
        user_id: user,
    };
    tx.insert(&member).await
}

pub async fn remove_member(tx: &mut Transaction<'_>, team: i64, user: i64) -> Result<(), DriverError> {
    let sql = "DELETE FROM team_member WHERE team_id = ? AND user_id = ?";
    tx.execute(sql, &values![team, user]).await.map(drop)
}

/// The members, by name.
pub async fn members(tx: &mut Transaction<'_>, team: i64) -> Result<Vec<User>, DriverError> {
    let sql = format!(
        "SELECT {} FROM {} u JOIN team_member m ON m.user_id = u.id WHERE m.team_id = ? ORDER BY u.username",
        tx.columns::<User>("u"),
        tx.table::<User>()?
    );
    tx.query_as(&sql, &values![team]).await
}
