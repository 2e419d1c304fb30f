//! Runs that are one transaction.

use async_trait::async_trait;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::Transaction;
use limbeck_core::engine::EngineError;
use limbeck_core::engine::Event;
use limbeck_core::engine::Ignore;
use limbeck_core::engine::Migration;
use limbeck_core::engine::Signal;
use limbeck_core::engine::Stop;
use limbeck_core::engine::TransactionScope;
use limbeck_core::operation::BuildError;
use limbeck_core::operation::Operations;
use limbeck_testkit::Fault;
use limbeck_testkit::FaultKind;
use limbeck_testkit::Faulty;

use super::*;
#[cfg(unix)]
use crate::killed::kill_after;
#[cfg(unix)]
use crate::killed::upgrade_until_killed;

/// Rows from a table that another step makes, in the engine's own words.
const COPY: &str = "-- limbeck:upgrade sqlite\nINSERT INTO two SELECT id + 1 FROM one;\n-- limbeck:downgrade sqlite\nDELETE FROM two;\n";

const FAILING: &str = "-- limbeck:upgrade sqlite\nCREATE TABLE three (id int);\nINSERT INTO missing VALUES (1);\n\
                       -- limbeck:downgrade sqlite\nDROP TABLE three;\n";

/// Has all steps of a run in one transaction.
fn in_one(migrator: Migrator) -> Migrator {
    let mut options = migrator.options().clone();
    options.transaction = TransactionScope::Run;
    migrator.with_options(options)
}

fn history() -> [(&'static str, &'static str, String); 3] {
    [
        ("a1", "", table("one")),
        ("b2", "a1", table("two")),
        ("c3", "b2", COPY.to_owned()),
    ]
}

fn as_files<'a>(history: &'a [(&'a str, &'a str, String)]) -> Vec<File<'a>> {
    history
        .iter()
        .map(|(id, revises, text)| (*id, *revises, text.as_str()))
        .collect()
}

/// Upgrades with a driver that counts, and gives the number of statements.
async fn counted(project: &Project, scope: TransactionScope) -> usize {
    let driver = Faulty::counting(Sqlite);
    let count = driver.count();
    let history = history();
    let migrator = Migrator::new(Arc::new(driver), project.url(), scripts(&as_files(&history)));
    let mut options = migrator.options().clone();
    options.transaction = scope;
    upgrade(&migrator.with_options(options)).await;
    count.get()
}

#[tokio::test]
async fn the_journal_is_that_of_single_steps_and_the_transactions_between_are_spared() {
    let (steps, run) = (Project::new(), Project::new());
    let apart = counted(&steps, TransactionScope::Step).await;
    let together = counted(&run, TransactionScope::Run).await;
    assert_eq!(apart - together, 2 * 2, "a BEGIN and a COMMIT between two steps");
    assert_eq!(run.journal(), steps.journal());
    let said =
        "SELECT revision, event, sql_hash, checksum, rows_after, milliseconds IS NULL FROM limbeck_journal";
    assert_eq!(run.rows(said), steps.rows(said));
    assert_eq!(run.versions(), ["c3"]);
}

#[tokio::test]
async fn a_step_that_fails_takes_all_with_it() {
    let project = Project::new();
    let mut history = history();
    history[2].2 = FAILING.to_owned();
    let migrator = in_one(project.migrator(&as_files(&history)));
    let error = migrator.upgrade("heads", &mut Ignore).await.unwrap_err();
    assert!(error.place().unwrap().to_string().starts_with("c3.sql:7:"));
    assert_eq!(
        error.hints().last().unwrap(),
        "nothing of c3 was kept; nothing else was applied"
    );
    assert!(project.tables().is_empty() && project.versions().is_empty());
    assert_eq!(project.journal(), ["1|upgrade|c3|failed|1|2"]);

    history[2].2 = COPY.to_owned();
    upgrade(&in_one(project.migrator(&as_files(&history)))).await;
    assert_eq!(project.tables(), ["one", "two"]);
    assert_eq!(project.versions(), ["c3"]);
}

#[tokio::test]
async fn a_downgrade_is_one_too() {
    let project = Project::new();
    let history = history();
    let migrator = in_one(project.migrator(&as_files(&history)));
    upgrade(&migrator).await;
    let mut broken = history.clone();
    broken[0].2 = broken[0].2.replace("DROP TABLE one", "DROP TABLE missing");
    let error = in_one(project.migrator(&as_files(&broken)))
        .downgrade("base", &mut Ignore)
        .await;
    assert!(matches!(error, Err(EngineError::Statement { .. })), "{error:?}");
    assert_eq!(project.versions(), ["c3"]);
    assert_eq!(project.tables(), ["one", "two"]);
    migrator.downgrade("base", &mut Ignore).await.unwrap();
    assert!(project.tables().is_empty() && project.versions().is_empty());
}

/// What a run tells of steps, its notices, and its error.
async fn told(migrator: &Migrator) -> Vec<String> {
    let mut told = Vec::new();
    let mut observer = |event: &Event<'_>| match event {
        Event::StepStarted { step, .. } => told.push(format!("{} begins", step.revision)),
        Event::StepDone { step, .. } => told.push(format!("{} is done", step.revision)),
        Event::Notice { message } => told.push((*message).to_owned()),
        _ => {}
    };
    if let Err(error) = migrator.upgrade("heads", &mut observer).await {
        told.push(error.to_string());
    }
    told
}

#[tokio::test]
async fn a_step_is_done_when_the_transaction_is() {
    let project = Project::new();
    let mut history = history();
    let good = in_one(project.migrator(&as_files(&history)));
    history[2].2 = FAILING.to_owned();
    let bad = in_one(project.migrator(&as_files(&history)));
    let failure = "upgrade of c3 failed at statement 2 of 2: no such table: missing (SQLITE_ERROR)";
    let taken_back = "a1, b2 ran in the same transaction and were taken back";
    assert_eq!(
        told(&bad).await,
        ["a1 begins", "b2 begins", "c3 begins", taken_back, failure]
    );
    assert_eq!(
        told(&good).await,
        [
            "a1 begins",
            "b2 begins",
            "c3 begins",
            "a1 is done",
            "b2 is done",
            "c3 is done"
        ]
    );
}

#[tokio::test]
async fn what_cannot_share_a_transaction_cuts_the_run() {
    let vacuum = "-- limbeck:upgrade sqlite\n-- limbeck:no_transaction\nVACUUM;\n-- limbeck:downgrade sqlite\nSELECT 1;\n";
    // What SQLite can only do by building the table again needs a setting from before the transaction.
    let rebuild = "-- limbeck:upgrade\nALTER TABLE one ALTER COLUMN note SET DATA TYPE VARCHAR(9);\n\
                   -- limbeck:downgrade\nALTER TABLE one ALTER COLUMN note SET DATA TYPE TEXT;\n";
    let one = "-- limbeck:upgrade\nCREATE TABLE one (id BIGINT PRIMARY KEY, note TEXT);\n";
    for cut in [vacuum, rebuild] {
        let project = Project::new();
        let two = table("two");
        let files = [
            ("a1", "", one),
            ("b2", "a1", cut),
            ("c3", "b2", &*two),
            ("d4", "c3", FAILING),
        ];
        let told = told(&in_one(project.migrator(&files))).await;
        assert_eq!(
            told[0],
            "this run is more than one transaction: b2 can't share one with other revisions, so what comes before takes \
             effect first"
        );
        assert_eq!(project.versions(), ["b2"]);
        assert_eq!(project.tables(), ["one"]);
    }
}

/// Fills a table that a step before it has made, in the transaction of both.
struct Fill;

#[async_trait]
impl Migration for Fill {
    fn revision(&self) -> &str {
        "b2"
    }

    fn upgrade(&self, operations: &mut Operations) -> Result<(), BuildError> {
        operations.execute("ALTER TABLE one ADD COLUMN n INTEGER")
    }

    async fn upgrade_data(&self, transaction: &mut Transaction<'_>) -> Result<(), DriverError> {
        transaction
            .query("INSERT INTO one (id, n) VALUES (?, ?)", &[1.into(), 7.into()])
            .await?;
        Ok(())
    }

    fn downgrade(&self, operations: &mut Operations) -> Result<(), BuildError> {
        operations.execute("ALTER TABLE one DROP COLUMN n")
    }
}

/// Code, an assertion, and a statement that is written from the table as a native section has left it.
#[tokio::test]
async fn each_kind_of_statement_sees_the_steps_before_it() {
    let native = "-- limbeck:upgrade sqlite\nALTER TABLE one ADD COLUMN \"Odd\" text;\n-- limbeck:downgrade sqlite\n\
                  ALTER TABLE one DROP COLUMN \"Odd\";\n";
    let after = "-- limbeck:upgrade\nALTER TABLE one DROP COLUMN n;\n\
                 -- limbeck:upgrade sqlite\n-- limbeck:assert SELECT * FROM one WHERE id <> 1\n\
                 UPDATE one SET \"Odd\" = 'kept';\n-- limbeck:downgrade sqlite\nSELECT 1;\n";
    let one = table("one");
    let files = [
        ("a1", "", &*one),
        ("b2", "a1", "-- limbeck:rust\n"),
        ("c3", "b2", native),
        ("d4", "c3", after),
    ];
    let project = Project::new();
    let migrator = || in_one(project.migrator(&files).with_migration(Arc::new(Fill)));
    upgrade(&migrator()).await;
    assert_eq!(project.rows("SELECT * FROM one"), ["1|kept"]);

    let project = Project::new();
    let wrong = after.replace("<> 1", "= 1");
    let files = [files[0], files[1], files[2], ("d4", "c3", &*wrong)];
    let migrator = in_one(project.migrator(&files).with_migration(Arc::new(Fill)));
    let error = migrator.upgrade("heads", &mut Ignore).await.unwrap_err();
    assert!(matches!(error, EngineError::Assertion { .. }), "{error}");
    assert!(project.tables().is_empty());
}

#[tokio::test]
async fn a_request_to_stop_takes_all_back() {
    let project = Project::new();
    let history = history();
    let stop = Stop::new();
    let migrator = in_one(project.migrator(&as_files(&history))).with_stop(stop.clone());
    let mut ask = |event: &Event<'_>| {
        if let Event::StepStarted { index: 1, .. } = event {
            stop.request(Signal::Interrupt);
        }
    };
    let error = migrator.upgrade("heads", &mut ask).await.unwrap_err();
    assert!(
        matches!(&error, EngineError::Stopped { applied, .. } if applied.is_empty()),
        "{error}"
    );
    assert!(project.tables().is_empty() && project.versions().is_empty());
}

/// The last row of the transaction proves the lock, wherever in it the lock was lost.
#[tokio::test]
async fn a_lock_that_is_lost_on_the_way_takes_all_back() {
    let whole = counted(&Project::new(), TransactionScope::Run).await;
    let history = history();
    let mut lost = 0;
    for statements in 0..whole - 1 {
        let project = Project::new();
        let driver = Faulty::new(Sqlite, Fault::new(FaultKind::Unlock, statements));
        let migrator = Migrator::new(Arc::new(driver), project.url(), scripts(&as_files(&history)));
        match in_one(migrator).upgrade("heads", &mut Ignore).await {
            // There was none yet.
            Ok(_) => assert_eq!(lost, 0, "unlocked after {statements}"),
            Err(EngineError::LockLost { .. }) => {
                lost += 1;
                assert!(project.tables().is_empty(), "unlocked after {statements}");
            }
            Err(error) => panic!("unlocked after {statements}: {error}"),
        }
    }
    assert!(lost > 10, "{lost}");
}

#[cfg(unix)]
#[tokio::test]
async fn victim() {
    let history = history();
    upgrade_until_killed(scripts(&as_files(&history)), TransactionScope::Run).await;
}

#[cfg(unix)]
#[tokio::test]
async fn killed_after_any_statement_nothing_is_applied_and_the_next_run_applies_all() {
    let whole = counted(&Project::new(), TransactionScope::Run).await;
    let history = history();
    for statements in 0..whole {
        let project = Project::new();
        kill_after("engine::one_transaction::victim", &project, statements);
        assert!(project.tables().is_empty(), "killed after {statements}");
        upgrade(&in_one(project.migrator(&as_files(&history)))).await;
        assert_eq!(project.versions(), ["c3"], "killed after {statements}");
        assert_eq!(project.journal().len(), 6, "killed after {statements}");
    }
}
