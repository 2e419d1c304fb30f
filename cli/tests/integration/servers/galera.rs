//! A node of a Galera cluster, where a run has a lease in place of a lock.

use limbeck_testkit::Engine;
use limbeck_testkit::PrivateOptions;

use super::Place;
use super::many::counting;
use super::many::race;

/// A place on the only node of a cluster; none where Galera is not installed.
fn node() -> Option<Place> {
    let server = PrivateOptions::new(Engine::MariaDb).galera().start()?;
    Some(Place::on_private(server))
}

#[tokio::test]
async fn an_upgrade_on_a_galera_node_has_the_lease_while_it_runs_only() {
    let Some(place) = node() else { return };
    let seen = "CREATE TABLE seen AS SELECT * FROM limbeck_lock";
    place.project.write(
        "migrations/a1.sql",
        format!(
            "-- limbeck:revision a1\n-- limbeck:irreversible a test\n\n-- limbeck:upgrade mariadb\n{seen};\n"
        ),
    );
    place.project.good("upgrade");
    let mut session = place.session().await;
    let columns = "history, token, owner IS NOT NULL, pid IS NOT NULL";
    let seen = session.rows(&format!("SELECT {columns} FROM seen")).await;
    assert_eq!(seen, ["limbeck_version|1|1|1"], "the run has the lease");
    let after = session.rows("SELECT history, owner FROM limbeck_lock").await;
    assert_eq!(after, ["limbeck_version|NULL"], "it was given back");
}

#[tokio::test]
async fn of_twenty_processes_on_a_galera_node_one_applies_each_revision() {
    let Some(place) = node() else { return };
    counting(&place);
    race(&place, 9).await;
    let mut session = place.session().await;
    assert_eq!(session.rows("SELECT n FROM counter").await, ["8"]);
    let lease = session.rows("SELECT history, owner FROM limbeck_lock").await;
    assert_eq!(lease, ["limbeck_version|NULL"], "it was given back");
}

/// On a slow disk the table of the lease takes longer to make than a statement may wait for it.
#[tokio::test]
async fn who_cannot_look_at_the_lease_in_time_looks_again() {
    let Some(place) = node() else { return };
    place.project.revision(
        "a1",
        "",
        "One",
        "CREATE TABLE one (id BIGINT PRIMARY KEY);",
        "DROP TABLE one;",
    );
    place.project.good("upgrade");
    place.project.revision(
        "a2",
        "revises a1",
        "Two",
        "CREATE TABLE two (id BIGINT PRIMARY KEY);",
        "DROP TABLE two;",
    );
    place.project.write("limbeck.toml", "[timeouts]\nlock = \"1s\"\n");
    let mut other = place.session().await;
    other.rows("LOCK TABLES limbeck_lock WRITE").await;
    let ran = place.project.run(&["upgrade", "--lock-timeout", "3s"], &[]);
    assert_eq!(ran.code, 3, "{}", ran.whole());
    other.rows("UNLOCK TABLES").await;
    place.project.good("upgrade");
    assert_eq!(place.applied().await, ["a1|1", "a2|1"]);
}

/// The row is refused as it would be when another run has made it, but here nobody ever has.
#[tokio::test]
async fn a_lease_whose_row_can_never_be_made_is_told() {
    let Some(place) = node() else { return };
    counting(&place);
    place.project.run(&["upgrade", "r0"], &[]);
    let mut other = place.session().await;
    other.rows("DELETE FROM limbeck_lock").await;
    other
        .rows("ALTER TABLE limbeck_lock ADD COLUMN purpose INT NOT NULL")
        .await;
    let ran = place.project.run(&["upgrade"], &[]);
    assert_eq!(ran.code, 2, "{}", ran.whole());
    assert!(ran.err.contains("purpose"), "{}", ran.whole());
    other.rows("ALTER TABLE limbeck_lock DROP COLUMN purpose").await;
    place.project.good("upgrade");
}
