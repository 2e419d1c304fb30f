//! Statements that fail, and what is kept of their step.

use limbeck_core::engine::EngineError;
use limbeck_core::engine::Event;
use limbeck_core::engine::Ignore;
use limbeck_core::engine::Observer;
use limbeck_core::engine::Signal;
use limbeck_core::engine::Stop;

use super::*;

/// A statement that runs until it is interrupted.
const ENDLESS: &str = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) INSERT INTO one SELECT i FROM n WHERE i < 0";

#[tokio::test]
async fn a_failed_step_keeps_nothing_and_can_be_run_again() {
    let project = Project::new();
    let one = table("one");
    let broken = "-- limbeck:upgrade sqlite\nCREATE TABLE two (id int);\nINSERT INTO missing VALUES (1);\n\
                  -- limbeck:downgrade sqlite\nDROP TABLE two;\n";
    let error = project
        .migrator(&[("a1", "", &one), ("b2", "a1", broken)])
        .upgrade("heads", &mut Ignore)
        .await
        .unwrap_err();
    let place = error.place().unwrap().to_string();
    assert!(place.starts_with("b2.sql:7:"), "{place}");
    let EngineError::Statement {
        statement,
        statements,
        kept,
        applied,
        ..
    } = &error
    else {
        panic!("{error}")
    };
    assert_eq!((*statement, *statements, *kept), (2, 2, 0));
    assert_eq!(applied.iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["a1"]);
    assert_eq!(project.tables(), ["one"]);
    assert_eq!(project.versions(), ["a1"]);
    assert_eq!(project.journal().last().unwrap(), "3|upgrade|b2|failed|1|2");

    let mended = broken.replace("missing", "two");
    upgrade(&project.migrator(&[("a1", "", &one), ("b2", "a1", &mended)])).await;
    assert_eq!(project.rows("SELECT id FROM two"), ["1"]);
}

#[tokio::test]
async fn a_step_in_parts_goes_on_behind_the_part_that_was_kept() {
    let project = Project::new();
    let script = |last: &str| {
        format!(
            "-- limbeck:upgrade sqlite\nCREATE TABLE one (id int);\n-- limbeck:no_transaction\nVACUUM;\n{last};\n\
             -- limbeck:downgrade sqlite\nDROP TABLE one;\n"
        )
    };
    let broken = script("INSERT INTO missing VALUES (1)");
    let error = project
        .migrator(&[("a1", "", &broken)])
        .upgrade("heads", &mut Ignore)
        .await
        .unwrap_err();
    assert!(
        matches!(error, EngineError::Statement { kept: 2, .. }),
        "{error:?}"
    );
    assert!(project.versions().is_empty());
    assert_eq!(project.tables(), ["one"]);

    let mended = script("INSERT INTO one VALUES (1)");
    let migrator = project.migrator(&[("a1", "", &mended)]);
    assert_eq!(migrator.status().await.unwrap().progress.unwrap().done, 2);
    upgrade(&migrator).await;
    assert_eq!(project.rows("SELECT id FROM one"), ["1"]);
    assert_eq!(project.versions(), ["a1"]);
}

#[tokio::test]
async fn the_part_that_was_kept_must_not_be_edited() {
    let project = Project::new();
    let script = |first: &str| {
        format!(
            "-- limbeck:upgrade sqlite\n{first};\n-- limbeck:no_transaction\nVACUUM;\nINSERT INTO missing VALUES (1);\n\
             -- limbeck:downgrade sqlite\nDROP TABLE one;\n"
        )
    };
    let first = script("CREATE TABLE one (id int)");
    assert!(
        project
            .migrator(&[("a1", "", &first)])
            .upgrade("heads", &mut Ignore)
            .await
            .is_err()
    );
    let edited = script("CREATE TABLE one (id text)");
    let error = project
        .migrator(&[("a1", "", &edited)])
        .upgrade("heads", &mut Ignore)
        .await
        .unwrap_err();
    assert!(matches!(error, EngineError::UnfinishedChanged(_)), "{error}");
}

#[tokio::test]
async fn a_script_can_t_end_its_transaction() {
    let project = Project::new();
    let script = "-- limbeck:upgrade sqlite\nCREATE TABLE one (id int);\nCOMMIT;\n-- limbeck:downgrade sqlite\nDROP TABLE one;\n";
    let error = project
        .migrator(&[("a1", "", script)])
        .upgrade("heads", &mut Ignore)
        .await
        .unwrap_err();
    assert!(
        matches!(error, EngineError::TransactionControl { .. }),
        "{error:?}"
    );
    assert!(project.tables().is_empty());
}

/// Asks to stop once a statement has succeeded.
struct StopAtFirstStatement(Stop);

impl Observer for StopAtFirstStatement {
    fn event(&mut self, event: &Event<'_>) {
        if matches!(event, Event::StatementDone { .. }) {
            self.0.request(Signal::Terminate);
        }
    }
}

#[tokio::test]
async fn a_signal_in_a_statement_takes_the_step_back_and_frees_the_lock() {
    let project = Project::new();
    let script = format!(
        "-- limbeck:upgrade sqlite\nCREATE TABLE one (id int);\n{ENDLESS};\n-- limbeck:downgrade sqlite\nDROP TABLE one;\n"
    );
    let stop = Stop::new();
    let migrator = project.migrator(&[("a1", "", &script)]).with_stop(stop.clone());
    let error = migrator
        .upgrade("heads", &mut StopAtFirstStatement(stop))
        .await
        .unwrap_err();
    assert!(
        matches!(
            error,
            EngineError::Stopped {
                signal: Signal::Terminate,
                ..
            }
        ),
        "{error:?}"
    );
    assert!(project.tables().is_empty());
    assert_eq!(project.journal(), ["1|upgrade|a1|failed|1|2"]);
    assert!(migrator.status().await.unwrap().lock.is_none());
}

#[tokio::test]
async fn a_statement_that_takes_too_long_is_interrupted() {
    let project = Project::new();
    let script = format!(
        "-- limbeck:upgrade sqlite\nCREATE TABLE one (id int);\n-- limbeck:timeout 50ms\n{ENDLESS};\n\
         -- limbeck:downgrade sqlite\nDROP TABLE one;\n"
    );
    let error = project
        .migrator(&[("a1", "", &script)])
        .upgrade("heads", &mut Ignore)
        .await
        .unwrap_err();
    assert!(matches!(error, EngineError::TimedOut { .. }), "{error:?}");
    assert!(project.tables().is_empty());
}

#[tokio::test]
async fn a_full_disk_keeps_nothing() {
    let project = Project::new();
    let one = table("one");
    upgrade(&project.migrator(&[("a1", "", &one)])).await;
    let big = "-- limbeck:upgrade sqlite\nPRAGMA max_page_count = 40;\nCREATE TABLE two (data blob);\n\
               INSERT INTO two VALUES (zeroblob(1000000));\n-- limbeck:downgrade sqlite\nDROP TABLE two;\n";
    let error = project
        .migrator(&[("a1", "", &one), ("b2", "a1", big)])
        .upgrade("heads", &mut Ignore)
        .await
        .unwrap_err();
    let EngineError::Statement { error: cause, .. } = &error else {
        panic!("{error:?}")
    };
    assert_eq!(cause.kind, limbeck_core::driver::DriverErrorKind::DiskFull);
    assert_eq!(project.versions(), ["a1"]);
    assert_eq!(project.tables(), ["one"]);
    assert!(
        error.hints().iter().any(|hint| hint.contains("room on the disk")),
        "{:?}",
        error.hints()
    );
}

#[tokio::test]
async fn dropping_a_table_that_others_refer_to_empties_nothing() {
    let project = Project::new();
    let make = "-- limbeck:upgrade sqlite\nCREATE TABLE parent (id BIGINT PRIMARY KEY);\n\
                CREATE TABLE child (id BIGINT PRIMARY KEY, parent_id BIGINT REFERENCES parent (id) ON DELETE CASCADE);\n\
                INSERT INTO parent (id) VALUES (1);\nINSERT INTO child (id, parent_id) VALUES (1, 1);\n\
                -- limbeck:downgrade\nDROP TABLE child;\nDROP TABLE parent;\n";
    let drop = "-- limbeck:upgrade\nDROP TABLE parent;\n";
    let migrator = project.migrator(&[("a1", "", make), ("b2", "a1", drop)]);
    let error = migrator.upgrade("heads", &mut Ignore).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "upgrade of b2 failed: the table parent cannot be dropped while foreign keys refer to it, from child"
    );
    assert_eq!(project.rows("SELECT count(*) FROM child"), ["1"]);
    migrator.downgrade("base", &mut Ignore).await.unwrap();
    assert!(project.tables().is_empty());
}

#[tokio::test]
async fn a_setting_that_a_script_changes_ends_with_its_step() {
    let project = Project::new();
    let make = "-- limbeck:upgrade sqlite\n-- limbeck:no_transaction\nPRAGMA foreign_keys = OFF;\n\
                CREATE TABLE parent (id INTEGER PRIMARY KEY);\n\
                CREATE TABLE child (parent_id INTEGER REFERENCES parent (id));\nINSERT INTO child VALUES (7);\n\
                DELETE FROM child;\n-- limbeck:downgrade sqlite\nDROP TABLE child;\nDROP TABLE parent;\n";
    let orphan = "-- limbeck:upgrade sqlite\nINSERT INTO child VALUES (7);\n-- limbeck:downgrade sqlite\nDELETE FROM child;\n";
    let migrator = project.migrator(&[("a1", "", make), ("b2", "a1", orphan)]);
    let error = migrator.upgrade("heads", &mut Ignore).await.unwrap_err();
    assert!(error.to_string().contains("FOREIGN KEY"), "{error}");
    assert_eq!(project.versions(), ["a1"]);
}

#[tokio::test]
async fn another_writer_keeps_a_step_from_beginning() {
    let project = Project::new();
    let one = table("one");
    let migrator = project.migrator(&[("a1", "", &one)]);
    migrator.ensure_version(&mut Ignore).await.unwrap();
    let other = project.look();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let url = format!("{}?busy_timeout=10", project.url());
    let impatient = Migrator::new(
        Arc::new(Sqlite),
        url.parse().unwrap(),
        scripts(&[("a1", "", &one)]),
    );
    let error = impatient.upgrade("heads", &mut Ignore).await.unwrap_err();
    assert!(error.to_string().contains("locked"), "{error}");
    other.execute_batch("ROLLBACK").unwrap();
    assert!(project.journal().is_empty());
    upgrade(&migrator).await;
    assert_eq!(project.tables(), ["one"]);
}

#[tokio::test]
async fn what_contradicts_the_schema_is_refused_before_anything_runs() {
    let project = Project::new();
    let one = "-- limbeck:upgrade\nCREATE TABLE one (id BIGINT PRIMARY KEY, done BOOLEAN);\n-- limbeck:downgrade\nDROP TABLE one;\n";
    let two = table("two");
    let number = "-- limbeck:upgrade\nINSERT INTO one (id, done) VALUES (1, 1);\n-- limbeck:downgrade\nDELETE FROM one;\n";
    let migrator = project.migrator(&[("a1", "", one), ("b2", "a1", &two), ("c3", "b2", number)]);
    let error = migrator.upgrade("heads", &mut Ignore).await.unwrap_err();
    assert!(matches!(error, EngineError::Misfit { .. }), "{error:?}");
    assert!(project.tables().is_empty());
}
