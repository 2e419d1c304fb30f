//! Limits of a session.

use std::time::Duration;

use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::Timeouts;

use super::connect;
use super::databases;
use super::is_mariadb;
use super::number;
use super::open;
use super::query;
use super::run;
use super::text;

fn limited(change: impl FnOnce(&mut Timeouts)) -> ConnectOptions {
    let mut timeouts = Timeouts::NONE;
    change(&mut timeouts);
    ConnectOptions::read_write().with_timeouts(timeouts)
}

#[tokio::test]
async fn a_wait_for_a_lock_ends_and_can_be_tried_again() {
    let options = limited(|timeouts| timeouts.lock = Some(Duration::from_millis(200)));
    for database in databases() {
        let mut other = connect(&database).await;
        run(
            &mut other,
            &[
                "CREATE TABLE t (a INTEGER PRIMARY KEY)",
                "INSERT INTO t VALUES (1)",
                "START TRANSACTION",
                "UPDATE t SET a = 2",
            ],
        )
        .await;
        let mut connection = open(database.url(), &options).await.unwrap();
        for sql in ["UPDATE t SET a = 3", "ALTER TABLE t ADD COLUMN b INTEGER"] {
            let error = query(&mut connection, sql).await.unwrap_err();
            assert_eq!(error.kind, DriverErrorKind::LockTimeout, "{sql}: {error}");
        }
        run(&mut other, &["COMMIT"]).await;
        run(&mut connection, &["ALTER TABLE t ADD COLUMN b INTEGER"]).await;
    }
}

#[tokio::test]
async fn a_deadlock_can_be_tried_again() {
    for database in databases() {
        let (mut one, mut other) = (connect(&database).await, connect(&database).await);
        run(
            &mut one,
            &[
                "CREATE TABLE t (a INTEGER PRIMARY KEY, b INTEGER)",
                "INSERT INTO t VALUES (1, 0), (2, 0)",
                "START TRANSACTION",
                "UPDATE t SET b = 1 WHERE a = 1",
            ],
        )
        .await;
        run(
            &mut other,
            &["START TRANSACTION", "UPDATE t SET b = 2 WHERE a = 2"],
        )
        .await;
        let (first, second) = tokio::join!(
            one.query("UPDATE t SET b = 1 WHERE a = 2", &[]),
            other.query("UPDATE t SET b = 2 WHERE a = 1", &[]),
        );
        let error = first.err().or(second.err()).unwrap();
        assert_eq!(
            (error.kind, error.code.as_deref()),
            (DriverErrorKind::LockTimeout, Some("1213"))
        );
    }
}

#[tokio::test]
async fn a_statement_that_runs_too_long_is_interrupted() {
    let options = limited(|timeouts| timeouts.statement = Some(Duration::from_millis(100)));
    for database in databases() {
        let mut connection = open(database.url(), &options).await.unwrap();
        // MySQL's limit holds for a SELECT that reads, and makes its sleep end early.
        let slow = "SELECT count(*) FROM information_schema.columns AS a, information_schema.columns AS b, \
                    information_schema.columns AS c WHERE a.column_name LIKE concat('%', b.column_name, c.column_name, '%')";
        let error = query(&mut connection, slow).await.unwrap_err();
        assert_eq!(error.kind, DriverErrorKind::Cancelled, "{error}");
    }
}

#[tokio::test]
async fn without_a_limit_the_server_waits_as_long_as_one_that_nobody_has_set_up() {
    for database in databases() {
        let mut connection = connect(&database).await;
        let waits = text(
            &mut connection,
            "SELECT concat(@@lock_wait_timeout, ' ', @@innodb_lock_wait_timeout)",
        )
        .await;
        assert_eq!(waits, "31536000 50");
        let options = limited(|timeouts| *timeouts = Timeouts::MIGRATION);
        let mut connection = open(database.url(), &options).await.unwrap();
        let waits = text(
            &mut connection,
            "SELECT concat(@@lock_wait_timeout, ' ', @@innodb_lock_wait_timeout)",
        )
        .await;
        assert_eq!(waits, "5 5");
        if is_mariadb(&database) {
            assert_eq!(
                number(&mut connection, "SELECT @@idle_transaction_timeout").await,
                300
            );
        }
    }
}
