//! A second process that upgrades a database and is killed after some statements of it.

use std::os::unix::process::ExitStatusExt;
use std::process::Command;
use std::sync::Arc;

use limbeck_core::engine::Ignore;
use limbeck_core::engine::Migrator;
use limbeck_core::engine::TransactionScope;
use limbeck_core::script::ScriptSet;
use limbeck_sqlite::Sqlite;
use limbeck_testkit::Fault;
use limbeck_testkit::FaultKind;
use limbeck_testkit::Faulty;

use crate::engine::Project;

const DATABASE: &str = "LIMBECK_TEST_KILLED_DATABASE";
const AFTER: &str = "LIMBECK_TEST_KILLED_AFTER";

/// What the process does: a test that calls this is the process that is killed. Started as a test by itself, it has nothing
/// to do.
pub(crate) async fn upgrade_until_killed(scripts: Arc<ScriptSet>, transaction: TransactionScope) {
    let (Ok(database), Ok(after)) = (std::env::var(DATABASE), std::env::var(AFTER)) else {
        return;
    };
    let driver = Faulty::new(Sqlite, Fault::new(FaultKind::Kill, after.parse().unwrap()));
    let migrator = Migrator::new(Arc::new(driver), database.parse().unwrap(), scripts);
    let mut options = migrator.options().clone();
    options.transaction = transaction;
    let migrator = migrator.with_options(options);
    migrator.upgrade("heads", &mut Ignore).await.unwrap();
}

/// Starts the test of this path as the process, and sees it killed.
pub(crate) fn kill_after(victim: &str, project: &Project, statements: usize) {
    let status = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", victim, "--nocapture"])
        .env(DATABASE, format!("sqlite:///{}", project.path().display()))
        .env(AFTER, statements.to_string())
        .output()
        .unwrap()
        .status;
    assert_eq!(status.signal(), Some(9), "killed after {statements} statements");
}
