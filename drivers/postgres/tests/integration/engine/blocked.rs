//! Locks that others hold.

use std::time::Duration;

use limbeck_core::driver::Connection;
use limbeck_core::driver::Timeouts;
use limbeck_core::engine::EngineError;
use limbeck_core::engine::Ignore;
use limbeck_core::engine::Migrator;
use limbeck_core::engine::MigratorOptions;
use limbeck_testkit::RevisionFile;

use super::Place;
use super::Told;
use super::run;
use super::until;

fn options(attempts: u32) -> MigratorOptions {
    let mut options = MigratorOptions::default();
    options.timeouts = Timeouts::MIGRATION;
    options.timeouts.lock = Some(Duration::from_millis(200));
    options.attempts = attempts;
    options
}

fn files(directive: &str) -> [RevisionFile; 2] {
    [
        RevisionFile::new("a1").upgrade("CREATE TABLE team (id BIGINT PRIMARY KEY);"),
        RevisionFile::new("b2").revises(["a1"]).upgrade(&format!(
            "INSERT INTO team (id) VALUES (1);\n{directive}ALTER TABLE team ADD COLUMN name TEXT;"
        )),
    ]
}

/// A session that has read the table and keeps its transaction open.
async fn reader(place: &Place) -> Box<dyn Connection> {
    let mut reader = place.session().await;
    run(&mut reader, "BEGIN").await;
    run(&mut reader, "SELECT count(*) FROM team").await;
    reader
}

async fn prepared(place: &Place, files: &[RevisionFile], attempts: u32) -> Migrator {
    let migrator = place.migrator(files).with_options(options(attempts));
    migrator.upgrade("a1", &mut Ignore).await.unwrap();
    migrator
}

#[tokio::test]
async fn who_is_in_the_way_is_named_when_the_attempts_are_used_up() {
    let Some(place) = Place::new() else { return };
    // Long enough for a second session to look, however busy the machine is.
    let mut patient = options(2);
    patient.timeouts.lock = Some(Duration::from_secs(3));
    let migrator = place.migrator(&files("")).with_options(patient);
    migrator.upgrade("a1", &mut Ignore).await.unwrap();
    let mut reader = reader(&place).await;
    let mut told = Told::default();
    let error = migrator.upgrade("heads", &mut told).await.unwrap_err();
    let EngineError::Blocked {
        attempts,
        blockers,
        error: server,
        place: Some(_),
        ..
    } = &error
    else {
        panic!("{error}");
    };
    assert_eq!((*attempts, server.code.as_deref()), (2, Some("55P03")));
    assert_eq!(blockers.len(), 1, "{error}");
    assert_eq!(blockers[0].sql.as_deref(), Some("SELECT count(*) FROM team"));
    assert!(blockers[0].holder.pid.is_some() && blockers[0].seconds.is_some());
    assert_eq!(told.0.first().map(String::as_str), Some("attempt 1"));
    assert!(
        place.rows("SELECT id FROM team").is_empty(),
        "the whole step is taken back"
    );
    run(&mut reader, "COMMIT").await;
    migrator.upgrade("heads", &mut Ignore).await.unwrap();
    assert_eq!(place.rows("SELECT id, name FROM team"), ["1|NULL"]);
}

#[tokio::test]
async fn the_step_succeeds_once_the_way_is_free() {
    let Some(place) = Place::new() else { return };
    let migrator = prepared(&place, &files(""), 1000).await;
    let mut reader = reader(&place).await;
    let mut look = place.session().await;
    let free = async {
        // The journal of a step that is taken back says nothing, so the server is asked for the second wait.
        until(&mut look, WAITING).await;
        until(
            &mut look,
            "SELECT 1 WHERE NOT EXISTS (SELECT FROM pg_locks JOIN pg_database ON pg_database.oid = database \
             WHERE NOT granted AND datname = current_database())",
        )
        .await;
        until(&mut look, WAITING).await;
        run(&mut reader, "COMMIT").await;
    };
    let (outcome, ()) = tokio::join!(finished(&migrator), free);
    outcome.unwrap();
    assert_eq!(place.rows("SELECT id, name FROM team"), ["1|NULL"]);
}

async fn finished(migrator: &Migrator) -> Result<(), EngineError> {
    migrator.upgrade("heads", &mut Ignore).await.map(drop)
}

const WAITING: &str = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() \
     AND query LIKE 'ALTER TABLE%' AND wait_event_type = 'Lock'";

#[tokio::test]
async fn a_statement_can_have_all_the_time_it_needs() {
    let Some(place) = Place::new() else { return };
    let migrator = prepared(&place, &files("-- limbeck:timeout lock none\n"), 1).await;
    let mut reader = reader(&place).await;
    let mut look = place.session().await;
    let free = async {
        until(&mut look, WAITING).await;
        // Longer than the limit of the others, as the server's clock says.
        until(
            &mut look,
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() \
             AND query LIKE 'ALTER TABLE%' AND clock_timestamp() - query_start > interval '600 ms'",
        )
        .await;
        run(&mut reader, "COMMIT").await;
    };
    let (outcome, ()) = tokio::join!(finished(&migrator), free);
    outcome.unwrap();
}

/// An index that is built while others work waits for their transactions, whatever the limit for locks is.
#[tokio::test]
async fn what_waits_for_others_has_no_limit() {
    let Some(place) = Place::new() else { return };
    let files = [
        RevisionFile::new("a1").upgrade("CREATE TABLE team (id BIGINT PRIMARY KEY);"),
        RevisionFile::new("b2").revises(["a1"]).section(
            "upgrade postgres",
            "-- limbeck:no_transaction\nCREATE INDEX CONCURRENTLY ix_team ON team (id);\n\
             CREATE TABLE limits AS SELECT current_setting('lock_timeout') AS wait;",
        ),
    ];
    let migrator = prepared(&place, &files, 1).await;
    let mut writer = place.session().await;
    run(&mut writer, "BEGIN").await;
    run(&mut writer, "INSERT INTO team VALUES (1)").await;
    let mut look = place.session().await;
    let free = async {
        until(
            &mut look,
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() \
             AND query LIKE 'CREATE INDEX CONCURRENTLY%' AND wait_event_type = 'Lock' \
             AND clock_timestamp() - query_start > interval '600 ms'",
        )
        .await;
        run(&mut writer, "COMMIT").await;
    };
    let (outcome, ()) = tokio::join!(finished(&migrator), free);
    outcome.unwrap();
    assert_eq!(place.rows("SELECT wait FROM limits"), ["200ms"]);
}

#[tokio::test]
async fn limits_are_the_sessions_own() {
    let Some(place) = Place::new() else { return };
    let file = RevisionFile::new("a1").section(
        "upgrade postgres",
        "CREATE TABLE limits AS SELECT current_setting('lock_timeout') || ' ' || current_setting('statement_timeout') \
         || ' ' || current_setting('idle_in_transaction_session_timeout') AS all_of_them;",
    );
    let mut options = options(1);
    options.timeouts.statement = Some(Duration::from_secs(90));
    let migrator = place.migrator(&[file]).with_options(options);
    migrator.upgrade("heads", &mut Ignore).await.unwrap();
    assert_eq!(place.rows("SELECT all_of_them FROM limits"), ["200ms 90s 5min"]);
}

/// What a script says of a statement holds, be it less or more than what holds for all.
#[tokio::test]
async fn a_statement_may_run_longer_than_the_others() {
    let Some(place) = Place::new() else { return };
    let files = [
        RevisionFile::new("a1").section(
            "upgrade postgres",
            "-- limbeck:timeout 30s\nSELECT pg_sleep(0.5);\n\
             CREATE TABLE limits AS SELECT current_setting('statement_timeout') AS run;",
        ),
        RevisionFile::new("b2")
            .revises(["a1"])
            .section("upgrade postgres", "SELECT pg_sleep(30);"),
    ];
    let mut options = options(1);
    options.timeouts.statement = Some(Duration::from_millis(200));
    let migrator = place.migrator(&files).with_options(options);
    let error = migrator.upgrade("heads", &mut Ignore).await.unwrap_err();
    assert!(
        matches!(&error, EngineError::Statement { error, .. } if error.code.as_deref() == Some("57014")),
        "{error}"
    );
    assert_eq!(place.rows("SELECT run FROM limits"), ["200ms"]);
}
