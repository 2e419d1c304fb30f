//! Statements that are stopped, and sessions that are left in their middle.

use std::future::poll_fn;
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;
use std::pin::pin;
use std::task::Poll;

use limbeck_core::driver::Batch;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::Session;

use crate::child::Helper;
use crate::support::Workplace;
use crate::support::begin_and_drop;
use crate::support::connect;
use crate::support::memory;
use crate::support::number;
use crate::support::query;

/// A statement that never ends by itself.
const ENDLESS: &str = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
    INSERT INTO t SELECT i FROM n WHERE i < 0";

#[tokio::test]
async fn a_dropped_future_stops_its_statement() {
    let mut connection = memory().await;
    query(&mut connection, "CREATE TABLE t (a INTEGER)")
        .await
        .unwrap();
    begin_and_drop(connection.query(ENDLESS, &[])).await;
    // Had the statement gone on, this would never come.
    assert_eq!(number(&mut connection, "SELECT count(*) FROM t").await, 0);
}

#[tokio::test]
async fn a_dropped_batch_stops_before_its_next_statement() {
    let place = Workplace::new();
    let mut connection = place.read_write().await;
    query(&mut connection, "CREATE TABLE t (a INTEGER)")
        .await
        .unwrap();
    let batch = ["BEGIN", "INSERT INTO t VALUES (1)", ENDLESS, "COMMIT"];
    begin_and_drop(connection.run(Batch::transaction(&batch), &mut |_| {})).await;
    drop(connection);
    let mut connection = place.read_write().await;
    assert_eq!(number(&mut connection, "SELECT count(*) FROM t").await, 0);
}

#[tokio::test]
async fn a_session_that_was_left_in_its_middle_answers_nothing_more() {
    let mut session = Session::new(memory().await);
    session.query("CREATE TABLE t (a INTEGER)", &[]).await.unwrap();
    begin_and_drop(session.query(ENDLESS, &[])).await;
    assert!(session.is_poisoned());
    let error = session.query("SELECT 1", &[]).await.unwrap_err();
    assert_eq!(error.kind, DriverErrorKind::Poisoned);
    session.close().await.unwrap();
}

#[tokio::test]
async fn a_nested_transaction_that_was_left_spoils_the_outer_one() {
    let mut session = Session::new(memory().await);
    session.query("BEGIN", &[]).await.unwrap();
    let mut outer = session.transaction();
    {
        let mut nested = pin!(outer.transaction(async |inner| {
            inner.query("SELECT 1", &[]).await?;
            std::future::pending::<Result<(), limbeck_core::driver::DriverError>>().await
        }));
        // Until the work waits for what never comes, and the session itself for nothing.
        for _ in 0..1000 {
            poll_fn(|context| {
                assert!(nested.as_mut().poll(context).is_pending());
                Poll::Ready(())
            })
            .await;
            tokio::task::yield_now().await;
        }
    }
    let error = outer.query("SELECT 1", &[]).await.unwrap_err();
    assert_eq!(error.kind, DriverErrorKind::Poisoned);
}

#[tokio::test]
async fn a_canceller_stops_what_runs_and_not_what_comes() {
    let mut connection = memory().await;
    query(&mut connection, "CREATE TABLE t (a INTEGER)")
        .await
        .unwrap();
    let canceller = connection.canceller().unwrap();
    let statement = connection.query(ENDLESS, &[]);
    let (answer, cancelled) = tokio::join!(statement, canceller.cancel());
    cancelled.unwrap();
    let error = answer.unwrap_err();
    assert_eq!(error.kind, DriverErrorKind::Cancelled);
    assert_eq!(error.code.as_deref(), Some("SQLITE_INTERRUPT"));

    canceller.cancel().await.unwrap();
    assert_eq!(number(&mut connection, "SELECT 1").await, 1);
}

#[tokio::test]
async fn a_wait_for_another_writer_can_be_stopped() {
    let place = Workplace::new();
    let url = place.url("app.db?busy_timeout=1000000000");
    let mut connection = connect(&url, &ConnectOptions::read_write()).await.unwrap();
    let writer = Helper::start("write", &place.database());
    let canceller = connection.canceller().unwrap();
    let (answer, cancelled) = tokio::join!(query(&mut connection, "BEGIN IMMEDIATE"), canceller.cancel());
    cancelled.unwrap();
    assert_eq!(answer.unwrap_err().kind, DriverErrorKind::Cancelled);
    writer.release();
}

#[tokio::test]
async fn an_interrupted_write_waits_for_its_rollback() {
    let mut connection = memory().await;
    query(&mut connection, "CREATE TABLE t (a INTEGER)")
        .await
        .unwrap();
    query(&mut connection, "BEGIN").await.unwrap();
    query(&mut connection, "INSERT INTO t VALUES (1)").await.unwrap();
    let canceller = connection.canceller().unwrap();
    let (answer, _) = tokio::join!(connection.query(ENDLESS, &[]), canceller.cancel());
    answer.unwrap_err();
    query(&mut connection, "ROLLBACK").await.unwrap();
    assert_eq!(number(&mut connection, "SELECT count(*) FROM t").await, 0);
}

#[test]
fn a_panic_in_the_observer_rolls_back_and_closes() {
    let place = Workplace::new();
    let mut builder = tokio::runtime::Builder::new_current_thread();
    let runtime = builder.enable_time().build().unwrap();
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(async {
            let mut connection = place.read_write().await;
            let batch = ["CREATE TABLE t (a INTEGER)", "BEGIN", "INSERT INTO t VALUES (1)"];
            connection
                .run(Batch::statements(&batch), &mut |done| {
                    assert!(done.index < 2, "the observer fails");
                })
                .await
        })
    }));
    let panic = outcome.unwrap_err();
    assert_eq!(panic.downcast_ref::<&str>(), Some(&"the observer fails"));
    runtime.block_on(async {
        let mut connection = place.read_write().await;
        assert_eq!(number(&mut connection, "SELECT count(*) FROM t").await, 0);
        query(&mut connection, "BEGIN EXCLUSIVE").await.unwrap();
    });
}
