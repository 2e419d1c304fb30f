//! Sessions that end while a run goes on.

use std::sync::Arc;

use limbeck_core::driver::DriverErrorKind;
use limbeck_core::engine::EngineError;
use limbeck_core::engine::Ignore;
use limbeck_testkit::RevisionFile;

use super::Place;
use super::failing;
use super::run;
use super::until;
use super::upgrade;

const ASLEEP: &str = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() \
     AND query LIKE '%pg_advisory_lock(4)%' AND wait_event = 'advisory'";

fn files() -> [RevisionFile; 2] {
    [
        RevisionFile::new("a1").upgrade("CREATE TABLE team (id BIGINT PRIMARY KEY);"),
        RevisionFile::new("b2").revises(["a1"]).section(
            "upgrade postgres",
            "INSERT INTO team VALUES (1);\nSELECT pg_advisory_lock(4);\nINSERT INTO team VALUES (2);",
        ),
    ]
}

#[tokio::test]
async fn a_session_that_the_server_ends_leaves_nothing_of_its_step() {
    let Some(place) = Place::new() else { return };
    let migrator = place.migrator(&files());
    let mut gate = place.session().await;
    run(&mut gate, "SELECT pg_advisory_lock(4)").await;
    let kill = async {
        until(&mut gate, ASLEEP).await;
        run(
            &mut gate,
            &format!("SELECT pg_terminate_backend(pid) FROM ({ASLEEP}) AS asleep"),
        )
        .await;
    };
    let (error, ()) = tokio::join!(failing(&migrator), kill);
    let EngineError::Statement { statement, error, .. } = &error else {
        panic!("{error}");
    };
    assert_eq!(*statement, 2);
    assert_eq!(error.kind, DriverErrorKind::ConnectionLost);
    assert!(place.rows("SELECT id FROM team").is_empty());
    run(&mut gate, "SELECT pg_advisory_unlock(4)").await;
    upgrade(&migrator).await;
    assert_eq!(place.rows("SELECT id FROM team ORDER BY id"), ["1", "2"]);
}

/// A future that is dropped must end its session: what is queued, a COMMIT among it, must not be sent any more.
#[tokio::test]
async fn a_run_that_is_dropped_gives_everything_back() {
    let Some(place) = Place::new() else { return };
    let migrator = Arc::new(place.migrator(&files()));
    let mut gate = place.session().await;
    run(&mut gate, "SELECT pg_advisory_lock(4)").await;
    let running = Arc::clone(&migrator);
    let task = tokio::spawn(async move { running.upgrade("heads", &mut Ignore).await.map(drop) });
    until(&mut gate, ASLEEP).await;
    task.abort();
    assert!(task.await.unwrap_err().is_cancelled());
    until(
        &mut gate,
        "SELECT 1 WHERE NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() \
         AND query LIKE '%pg_advisory_lock(4)%' AND pid <> pg_backend_pid())",
    )
    .await;
    run(&mut gate, "SELECT pg_advisory_unlock(4)").await;
    assert!(place.rows("SELECT id FROM team").is_empty());
    assert_eq!(place.versions(), ["a1"]);
    upgrade(&migrator).await;
    assert_eq!(place.rows("SELECT id FROM team ORDER BY id"), ["1", "2"]);
}
