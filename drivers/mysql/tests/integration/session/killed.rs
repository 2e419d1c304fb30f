//! A process that is killed.

use std::io;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Write;
use std::process::Command;
use std::process::Stdio;

use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::LockName;
use limbeck_core::driver::TryLock;

use super::connect;
use super::databases;
use super::number;
use super::open;
use super::run;

const URL: &str = "LIMBECK_TEST_VICTIM_URL";

/// The process that is killed: it takes the lock, opens a transaction, says so and waits. Started as a test by itself, it
/// has nothing to do.
#[tokio::test]
async fn victim() {
    let Ok(url) = std::env::var(URL) else {
        return;
    };
    let mut connection = open(&url.parse().unwrap(), &ConnectOptions::read_write())
        .await
        .unwrap();
    assert_eq!(connection.try_lock(&lock()).await.unwrap(), TryLock::Acquired);
    run(
        &mut connection,
        &["START TRANSACTION", "INSERT INTO t VALUES (1)"],
    )
    .await;
    io::stdout().write_all(b"\nready\n").unwrap();
    std::future::pending::<()>().await;
}

fn lock() -> LockName {
    LockName::new("killed", std::process::id().to_string())
}

#[tokio::test]
async fn a_killed_process_leaves_no_lock_and_no_transaction() {
    for database in databases() {
        let mut connection = connect(&database).await;
        run(&mut connection, &["CREATE TABLE t (a INTEGER)"]).await;
        let address = database.url().server().unwrap();
        let url = format!(
            "mysql://{}:{}@{}:{}/{}",
            address.user.unwrap(),
            address.password.unwrap().reveal(),
            address.host.unwrap(),
            address.port.unwrap(),
            address.database.unwrap()
        );
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "session::killed::victim", "--nocapture"])
            .env(URL, url)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let name = LockName::new("killed", child.id().to_string());
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert!(lines.any(|line| line.unwrap() == "ready"));
        assert!(matches!(
            connection.try_lock(&name).await.unwrap(),
            TryLock::Held(Some(_))
        ));
        child.kill().unwrap();
        child.wait().unwrap();
        while connection.try_lock(&name).await.unwrap() != TryLock::Acquired {
            tokio::task::yield_now().await;
        }
        assert_eq!(number(&mut connection, "SELECT count(*) FROM t").await, 0);
    }
}
