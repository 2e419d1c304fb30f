//! A transaction commits or rolls back, whatever becomes of it.

use std::future;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use limbeck_core::Database;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_testkit::Engine;
use tokio::sync::oneshot;

use super::Place;
use super::insert;
use super::people;

/// An error of an application's own.
#[derive(Debug)]
enum Refused {
    Broke,
    Database(DriverError),
}

impl From<DriverError> for Refused {
    fn from(error: DriverError) -> Self {
        Self::Database(error)
    }
}

#[tokio::test]
async fn what_succeeds_is_committed_and_what_fails_is_rolled_back() {
    for place in Place::everywhere() {
        let database = place.pool(1).await;
        let kept: Result<i32, DriverError> = database
            .transaction(async |tx| {
                insert(tx, 1).await?;
                insert(tx, 2).await?;
                Ok(7)
            })
            .await;
        assert_eq!(kept.unwrap(), 7);
        let refused: Result<(), Refused> = database
            .transaction(async |tx| {
                insert(tx, 3).await?;
                Err(Refused::Broke)
            })
            .await;
        assert!(matches!(refused, Err(Refused::Broke)), "{}", place.name());
        assert_eq!(people(&database).await, [1, 2], "{}", place.name());
        assert_eq!(database.status().size, 1, "both used the same connection");
    }
}

#[tokio::test]
async fn the_error_of_a_statement_comes_out_with_its_kind() {
    for place in Place::everywhere() {
        let database = place.pool(1).await;
        let refused: Result<(), Refused> = database
            .transaction(async |tx| {
                insert(tx, 1).await?;
                Ok(insert(tx, 1).await?)
            })
            .await;
        match refused {
            Err(Refused::Database(error)) => assert_eq!(error.kind, DriverErrorKind::Constraint),
            other => panic!("{}: {other:?}", place.name()),
        }
        assert_eq!(people(&database).await, [0; 0], "{}", place.name());
    }
}

/// An engine may have given the transaction up, and would say nothing at its end.
#[tokio::test]
async fn a_commit_that_commits_nothing_is_an_error() {
    for place in Place::everywhere() {
        let database = place.pool(1).await;
        let answer: Result<(), DriverError> = database
            .transaction(async |tx| {
                insert(tx, 1).await?;
                assert!(insert(tx, 1).await.is_err());
                Ok(())
            })
            .await;
        let kept = people(&database).await;
        match place.engine {
            Some(Engine::Postgres) => {
                assert_eq!(answer.unwrap_err().code.as_deref(), Some("25P02"));
                assert_eq!(kept, [0; 0]);
            }
            _ => {
                answer.unwrap();
                assert_eq!(kept, [1], "{}", place.name());
            }
        }
    }
}

/// Runs a transaction that has written and then never ends, up to there, and drops it.
async fn begin_and_drop(database: &Database) {
    let (written, was_written) = oneshot::channel();
    let endless = database.transaction(async |tx| {
        insert(tx, 1).await?;
        written.send(()).unwrap();
        future::pending::<Result<(), DriverError>>().await
    });
    tokio::select! {
        ended = endless => panic!("{ended:?}"),
        told = was_written => told.unwrap(),
    }
}

#[tokio::test]
async fn a_dropped_transaction_leaves_no_row_no_lock_and_no_gap_in_the_pool() {
    for place in Place::everywhere() {
        let database = place.pool(1).await;
        begin_and_drop(&database).await;
        assert_eq!(
            database.status().size,
            0,
            "{}: its connection is gone",
            place.name()
        );
        assert_eq!(people(&database).await, [0; 0], "{}", place.name());
        let status = database.status();
        assert_eq!((status.size, status.available, status.waiting), (1, 1, 0));
    }
}

#[tokio::test]
async fn a_panic_leaves_no_row_no_lock_and_no_gap_in_the_pool() {
    for place in Place::everywhere() {
        let database = place.pool(1).await;
        let clone = database.clone();
        let task = tokio::spawn(async move {
            let broken = clone.transaction(async |tx| -> Result<(), DriverError> {
                insert(tx, 1).await?;
                std::panic::resume_unwind(Box::new("a bug"))
            });
            AssertUnwindSafe(broken).0.await
        });
        assert!(task.await.unwrap_err().is_panic(), "{}", place.name());
        assert_eq!(database.status().size, 0, "{}", place.name());
        assert_eq!(people(&database).await, [0; 0], "{}", place.name());
    }
}

/// The server still works on the statement when nobody waits for its answer any more.
#[tokio::test]
async fn a_transaction_that_is_dropped_in_a_statement_keeps_no_lock() {
    for place in Place::servers() {
        let database = place.pool(1).await;
        let other = place.configure().max_size(1).build().unwrap();
        database
            .transaction(async |tx| insert(tx, 1).await)
            .await
            .unwrap();
        let holding = other.transaction(async |holder| {
            holder
                .execute("UPDATE person SET name = 'held' WHERE id = 1", &[])
                .await?;
            let waiting = database.transaction(async |tx| {
                insert(tx, 2).await?;
                tx.execute("UPDATE person SET name = 'late' WHERE id = 1", &[])
                    .await
            });
            // It cannot end before the lock is free; how far it has come by then makes no difference to what must be.
            let given_up = tokio::time::timeout(Duration::from_millis(100), waiting).await;
            assert!(given_up.is_err(), "{}", place.name());
            Ok::<(), DriverError>(())
        });
        holding.await.unwrap();
        assert_eq!(people(&database).await, [1], "{}", place.name());
    }
}

/// Both ways in which work runs elsewhere: the compiler sees that the future can be sent.
#[tokio::test]
async fn transactions_run_in_tasks_and_borrow() {
    let place = Place::file();
    let database = place.pool(3).await;
    let tasks = (1..=20).map(|id| {
        let database = database.clone();
        tokio::spawn(async move { database.transaction(async |tx| insert(tx, id).await).await })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.unwrap().unwrap();
    }
    let mut seen = Vec::new();
    let borrowing: Result<(), DriverError> = database
        .transaction(async |tx| {
            let found = tx.query_as::<(i32,)>("SELECT id FROM person", &[]).await?;
            seen.extend(found);
            Ok(())
        })
        .await;
    borrowing.unwrap();
    assert_eq!(seen.len(), 20);
    assert!(database.status().size <= 3);
}
