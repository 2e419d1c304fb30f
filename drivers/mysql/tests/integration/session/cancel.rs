//! Statements that are interrupted, and sessions that are killed.

use limbeck_core::driver::Batch;
use limbeck_core::driver::DriverErrorKind;

use super::connect;
use super::databases;
use super::number;
use super::run;
use super::until_it_runs;

#[tokio::test]
async fn a_canceller_interrupts_the_statement_and_keeps_the_session() {
    for database in databases() {
        let (mut connection, mut other) = (connect(&database).await, connect(&database).await);
        run(&mut connection, &["CREATE TABLE t (a INTEGER)"]).await;
        run(&mut other, &["LOCK TABLES t WRITE"]).await;
        let canceller = connection.canceller().unwrap();
        let work = connection.query("INSERT INTO t VALUES (1)", &[]);
        let interrupt = async {
            until_it_runs(&mut connect(&database).await, "INSERT INTO t").await;
            canceller.cancel().await.unwrap();
        };
        let (answer, ()) = tokio::join!(work, interrupt);
        let error = answer.unwrap_err();
        assert_eq!(error.kind, DriverErrorKind::Cancelled, "{error}");
        run(&mut other, &["UNLOCK TABLES"]).await;
        assert_eq!(number(&mut connection, "SELECT count(*) FROM t").await, 0);
    }
}

#[tokio::test]
async fn a_session_that_is_killed_in_its_middle_is_lost() {
    for database in databases() {
        let (mut connection, mut other) = (connect(&database).await, connect(&database).await);
        run(&mut connection, &["CREATE TABLE t (a INTEGER)"]).await;
        let session = connection.server().session.to_string();
        let id = session.split('@').next().unwrap();
        let batch = [
            "START TRANSACTION",
            "INSERT INTO t VALUES (1)",
            "INSERT INTO t SELECT sleep(100000)",
            "COMMIT",
        ];
        let mut done = Vec::new();
        let mut tell = |statement: limbeck_core::driver::Done| done.push(statement.index);
        let work = connection.run(Batch::transaction(&batch), &mut tell);
        let kill = async {
            until_it_runs(&mut other, "sleep(100000)").await;
            run(&mut other, &[&format!("KILL CONNECTION {id}")]).await;
        };
        let (answer, ()) = tokio::join!(work, kill);
        let failed = answer.unwrap_err();
        assert_eq!(
            (failed.at, failed.error.kind),
            (2, DriverErrorKind::ConnectionLost),
            "{}",
            failed.error
        );
        assert_eq!(done, [0, 1]);
        let after = connection.query("SELECT 1", &[]).await.unwrap_err();
        assert_eq!(after.kind, DriverErrorKind::ConnectionLost, "{after}");
        assert_eq!(number(&mut other, "SELECT count(*) FROM t").await, 0);
    }
}

#[tokio::test]
async fn a_session_that_is_killed_while_it_is_idle_is_lost() {
    for database in databases() {
        let (mut connection, mut other) = (connect(&database).await, connect(&database).await);
        let session = connection.server().session.clone();
        let id = session.as_str().split('@').next().unwrap();
        run(&mut other, &[&format!("KILL CONNECTION {id}")]).await;
        while other.activity(&session).await.unwrap() != limbeck_core::driver::Activity::Gone {
            tokio::task::yield_now().await;
        }
        let error = connection.query("SELECT 1", &[]).await.unwrap_err();
        assert_eq!(error.kind, DriverErrorKind::ConnectionLost, "{error}");
    }
}
