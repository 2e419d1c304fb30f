//! Statements that stand alone.

use limbeck_core::driver::Trace;
use limbeck_core::engine::EngineError;
use limbeck_core::engine::Fate;
use limbeck_core::engine::Ignore;
use limbeck_core::engine::Resolution;
use limbeck_testkit::RevisionFile;

use super::Place;
use super::Told;
use super::failing;
use super::run;
use super::until;
use super::upgrade;

const LOG: &str = "CREATE TABLE log (id BIGINT PRIMARY KEY, kind VARCHAR(20));\n\
                   INSERT INTO log (id, kind) VALUES (1, 'a'), (2, 'a');";

fn log() -> RevisionFile {
    RevisionFile::new("a1").upgrade(LOG)
}

fn index(sql: &str) -> RevisionFile {
    RevisionFile::new("b2")
        .revises(["a1"])
        .section("upgrade postgres", &format!("-- limbeck:no_transaction\n{sql};"))
}

#[tokio::test]
async fn an_index_is_built_while_others_write() {
    let Some(place) = Place::new() else { return };
    let file = index("CREATE INDEX CONCURRENTLY ix_log ON log (kind)");
    upgrade(&place.migrator(&[log(), file])).await;
    assert_eq!(
        place.rows("SELECT indisvalid FROM pg_index WHERE indexrelid = 'ix_log'::regclass"),
        ["t"]
    );
    assert_eq!(place.events("b2"), ["intended 1-1", "done 1-1"]);
}

#[tokio::test]
async fn a_statement_that_needs_to_stand_alone_says_how() {
    let Some(place) = Place::new() else { return };
    let file = RevisionFile::new("b2").revises(["a1"]).section(
        "upgrade postgres",
        "CREATE INDEX CONCURRENTLY ix_log ON log (kind);",
    );
    let error = failing(&place.migrator(&[log(), file])).await;
    assert!(
        error.hints()[0].contains("-- limbeck:no_transaction"),
        "{:?}",
        error.hints()
    );
}

#[tokio::test]
async fn an_index_that_could_not_be_built_is_taken_away_before_the_next_attempt() {
    let Some(place) = Place::new() else { return };
    for sql in [
        "CREATE UNIQUE INDEX CONCURRENTLY ux_log ON log (kind)",
        "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS ux_log ON log (kind)",
    ] {
        place.rows("DROP TABLE IF EXISTS log, limbeck_version, limbeck_journal");
        let migrator = place.migrator(&[log(), index(sql)]);
        let error = failing(&migrator).await;
        assert!(
            matches!(&error, EngineError::Statement { error, .. } if error.code.as_deref() == Some("23505"))
        );
        let validity = "SELECT indisvalid FROM pg_index WHERE indexrelid = 'ux_log'::regclass";
        assert_eq!(place.rows(validity), ["f"]);
        place.rows("UPDATE log SET kind = 'b' WHERE id = 2");
        let mut told = Told::default();
        migrator.upgrade("heads", &mut told).await.unwrap();
        assert_eq!(
            told.0,
            ["b2: the index ux_log is there and marked as invalid, so it is taken away first"]
        );
        assert_eq!(place.rows(validity), ["t"]);
        assert_eq!(place.versions(), ["b2"]);
    }
}

/// A session is ended by the server while it builds an index, which leaves that one invalid.
#[tokio::test]
async fn an_index_in_doubt_is_built_again() {
    let Some(place) = Place::new() else { return };
    let migrator = place.migrator(&[log(), index("CREATE INDEX CONCURRENTLY ix_log ON log (kind)")]);
    migrator.upgrade("a1", &mut Ignore).await.unwrap();
    let mut writer = place.session().await;
    run(&mut writer, "BEGIN").await;
    run(&mut writer, "UPDATE log SET kind = 'c' WHERE id = 2").await;
    let mut killer = place.session().await;
    let kill = async {
        until(&mut killer, BUILDING).await;
        run(
            &mut killer,
            &format!("SELECT pg_terminate_backend(pid) FROM ({BUILDING}) AS building"),
        )
        .await;
    };
    let (outcome, ()) = tokio::join!(async { failing(&migrator).await }, kill);
    assert!(
        outcome.to_string().contains("terminating connection"),
        "{outcome}"
    );
    run(&mut writer, "COMMIT").await;
    until(
        &mut killer,
        "SELECT 1 WHERE NOT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' \
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))",
    )
    .await;
    assert_eq!(
        place.events("b2").first().map(String::as_str),
        Some("intended 1-1")
    );
    let mut told = Told::default();
    migrator.upgrade("heads", &mut told).await.unwrap();
    assert_eq!(
        told.0,
        [
            "statement 1 of b2 was in doubt: the catalogue says that it has not taken effect",
            "b2: the index ix_log is there and marked as invalid, so it is taken away first"
        ]
    );
    assert_eq!(
        place.rows("SELECT indisvalid FROM pg_index WHERE indexrelid = 'ix_log'::regclass"),
        ["t"]
    );
}

/// The sessions of this database that build an index.
const BUILDING: &str = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() \
     AND query LIKE 'CREATE INDEX CONCURRENTLY%' AND state = 'active' AND wait_event_type = 'Lock'";

/// The server is asked who runs it; while it runs nobody decides what became of it.
#[tokio::test]
async fn a_statement_that_still_runs_is_left_alone() {
    let Some(place) = Place::new() else { return };
    let file = index("CREATE TABLE made AS SELECT pg_advisory_lock(1)::text AS gate");
    let migrator = place.migrator(&[log(), file]);
    migrator.upgrade("a1", &mut Ignore).await.unwrap();
    let mut gate = place.session().await;
    run(&mut gate, "SELECT pg_advisory_lock(1)").await;
    let mut other = place.session().await;
    let waiting = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() \
                   AND query LIKE 'CREATE TABLE made%' AND wait_event = 'advisory'";
    // The run's future is dropped in the middle of its statement, as when its task is cancelled; but the session of the
    // server goes on until it is told, so another one stands in for it here.
    let mut running = place.session().await;
    let session = running.server().session.clone();
    let entry = format!(
        "INSERT INTO limbeck_journal SELECT history, seq + 1, run, 'b2', 'upgrade', 'intended', 1, 1, 1, NULL, NULL, \
         rows_after, '{session}', who, host, recorded_at, NULL, tool, format, NULL, proof \
         FROM limbeck_journal ORDER BY seq DESC LIMIT 1"
    );
    run(&mut other, &entry).await;
    let work = async {
        running
            .query(
                "CREATE TABLE made AS SELECT pg_advisory_lock(1)::text AS gate",
                &[],
            )
            .await
    };
    let decide = async {
        until(&mut other, waiting).await;
        let error = failing(&migrator).await;
        assert!(matches!(error, EngineError::StillRunning(_)), "{error}");
        let refused = migrator.resolve("b2", Resolution::Done, &mut Ignore).await;
        assert!(matches!(refused, Err(EngineError::StillRunning(_))));
        let status = migrator.status().await.unwrap();
        assert!(status.doubt.is_none() && status.running.is_some());
        run(&mut gate, "SELECT pg_advisory_unlock(1)").await;
    };
    let (made, ()) = tokio::join!(work, decide);
    made.unwrap();
    drop(running);
    let error = failing(&migrator).await;
    assert!(matches!(error, EngineError::Doubt(_)), "{error}");
    migrator
        .resolve("b2", Resolution::Done, &mut Ignore)
        .await
        .unwrap();
    upgrade(&migrator).await;
    assert_eq!(place.versions(), ["b2"]);
}

/// Code that commits by itself keeps what it had done, and nobody is told that nothing was kept.
#[tokio::test]
async fn what_has_committed_by_itself_may_have_stayed() {
    let Some(place) = Place::new() else { return };
    let file = index("DO $$ BEGIN UPDATE log SET kind = 'b'; COMMIT; PERFORM 1 / 0; END $$");
    let error = failing(&place.migrator(&[log(), file])).await;
    assert!(
        matches!(
            &error,
            EngineError::Statement {
                fate: Fate::MayStay,
                ..
            }
        ),
        "{error:?}"
    );
    let hints = error.hints().join("\n");
    assert!(
        hints.contains("may have stayed") && !hints.contains("nothing of"),
        "{hints}"
    );
    assert_eq!(place.rows("SELECT DISTINCT kind FROM log"), ["b"]);
}

/// An index that somebody builds at this moment is not valid before its end, and is none of ours to take away.
#[tokio::test]
async fn an_index_that_others_build_is_left_alone() {
    let Some(place) = Place::new() else { return };
    let sql = "CREATE INDEX CONCURRENTLY ix_log ON log (kind)";
    upgrade(&place.migrator(&[log()])).await;
    let mut writer = place.session().await;
    run(&mut writer, "BEGIN").await;
    run(&mut writer, "UPDATE log SET kind = 'c' WHERE id = 2").await;
    let (mut builder, mut look) = (place.session().await, place.session().await);
    let build = async { builder.query(sql, &[]).await };
    let watch = async {
        until(&mut look, BUILDING).await;
        let valid = "SELECT indisvalid FROM pg_index WHERE indexrelid = 'ix_log'::regclass";
        assert_eq!(place.rows(valid), ["f"]);
        let trace = look.trace(sql).await.unwrap();
        run(&mut writer, "COMMIT").await;
        trace
    };
    let (built, trace) = tokio::join!(build, watch);
    built.unwrap();
    assert!(!matches!(trace, Trace::Partial { .. }), "{trace:?}");
}
