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
