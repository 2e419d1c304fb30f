//! The faulty driver, over SQLite.

use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::Command;
use std::process::ExitStatus;

use limbeck_core::driver::Batch;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Connection;
use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::Driver;
use limbeck_core::driver::DriverErrorKind;
use limbeck_sqlite::Sqlite;
use limbeck_testkit::Fault;
use limbeck_testkit::FaultKind;
use limbeck_testkit::Faulty;
use limbeck_testkit::Project;

/// The variables that make this binary the process that dies.
const FAULT: &str = "LIMBECK_TEST_FAULT";
const DATABASE: &str = "LIMBECK_TEST_DATABASE";

const STEP: [&str; 4] = [
    "BEGIN IMMEDIATE",
    "CREATE TABLE t (x INTEGER)",
    "INSERT INTO t VALUES (1)",
    "COMMIT",
];
const KILLED: i32 = 9;

fn url(database: &Path) -> DatabaseUrl {
    format!("sqlite:///{}", database.display()).parse().unwrap()
}

async fn connect(driver: &impl Driver, database: &Path) -> Box<dyn Connection> {
    driver
        .connect(&url(database), &ConnectOptions::read_write())
        .await
        .unwrap()
}

async fn tables(connection: &mut Box<dyn Connection>) -> i64 {
    let rows = connection
        .query("SELECT count(*) FROM sqlite_schema WHERE name = 't'", &[])
        .await
        .unwrap();
    rows.rows[0].integer(0).unwrap()
}

/// Runs this test binary again as the process with which something goes wrong.
fn run_child(fault: Fault, database: &Path) -> ExitStatus {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "faulty::child"])
        .env(FAULT, fault.to_string())
        .env(DATABASE, database)
        .output()
        .unwrap()
        .status
}

/// Not a test by itself: the process that dies. Without the variables it has nothing to do.
#[tokio::test]
async fn child() {
    let (Ok(fault), Some(database)) = (std::env::var(FAULT), std::env::var_os(DATABASE)) else {
        return;
    };
    let driver = Faulty::new(Sqlite, fault.parse().unwrap());
    let mut connection = connect(&driver, Path::new(&database)).await;
    connection
        .run(Batch::transaction(&STEP), &mut |_| {})
        .await
        .unwrap();
    connection.close().await.unwrap();
}

#[tokio::test]
async fn a_process_dies_after_each_statement_and_only_a_commit_stays() {
    let project = Project::new("").unwrap();
    for after in 0..=STEP.len() + 1 {
        let database = project.path(format!("{after}.db"));
        let status = run_child(Fault::new(FaultKind::Kill, after), &database);
        if after > STEP.len() {
            assert!(status.success(), "the fault does not come: {status}");
        } else {
            assert_eq!(status.signal(), Some(KILLED), "after {after}: {status}");
        }
        let mut connection = connect(&Sqlite, &database).await;
        let committed = i64::from(after >= STEP.len());
        assert_eq!(tables(&mut connection).await, committed, "after {after}");
    }
}

#[tokio::test]
async fn a_cut_connection_hides_the_last_answer_and_rolls_back() {
    let project = Project::new("").unwrap();
    for after in 0..=STEP.len() {
        let database = project.path(format!("{after}.db"));
        let driver = Faulty::new(Sqlite, Fault::new(FaultKind::Cut, after));
        let mut connection = connect(&driver, &database).await;
        let mut answered = Vec::new();
        let error = connection
            .run(Batch::transaction(&STEP), &mut |done| answered.push(done.index))
            .await
            .unwrap_err();
        assert_eq!(error.error.kind, DriverErrorKind::ConnectionLost);
        assert_eq!(error.at, after.saturating_sub(1));
        assert_eq!(answered, (0..after.saturating_sub(1)).collect::<Vec<_>>());
        assert_eq!(driver.count().get(), after);
        let error = connection.query("SELECT 1", &[]).await.unwrap_err();
        assert_eq!(error.kind, DriverErrorKind::ConnectionLost);

        let mut next = connect(&driver, &database).await;
        let committed = i64::from(after == STEP.len());
        assert_eq!(tables(&mut next).await, committed, "after {after}");
    }
}

#[tokio::test]
async fn statements_are_counted_over_all_connections() {
    let project = Project::new("").unwrap();
    let driver = Faulty::counting(Sqlite);
    let count = driver.count();
    let mut connection = connect(&driver, &project.path("a.db")).await;
    connection
        .run(Batch::transaction(&STEP), &mut |_| {})
        .await
        .unwrap();
    assert_eq!(count.get(), 4);
    let failing = ["SELECT 1", "SELECT nothing", "SELECT 2"];
    let error = connection
        .run(Batch::statements(&failing), &mut |_| {})
        .await
        .unwrap_err();
    assert_eq!(error.at, 1);
    assert_eq!(count.get(), 6);
    let mut other = connect(&driver, &project.path("a.db")).await;
    tables(&mut other).await;
    assert_eq!(count.get(), 7);
}
