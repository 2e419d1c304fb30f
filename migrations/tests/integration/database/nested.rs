//! Transactions in transactions.

use std::future;

use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::Transaction;
use tokio::sync::oneshot;

use super::Place;
use super::insert;
use super::people;

fn refused() -> DriverError {
    DriverError::new(DriverErrorKind::Other, "the work is refused")
}

#[tokio::test]
async fn a_part_can_fail_alone() {
    for place in Place::everywhere() {
        let database = place.pool(1).await;
        let answer: Result<(), DriverError> = database
            .transaction(async |tx| {
                insert(tx, 1).await?;
                // A statement that fails breaks no more than its savepoint, on any engine.
                let twice = tx.transaction(async |tx| insert(tx, 1).await).await;
                assert_eq!(twice.unwrap_err().kind, DriverErrorKind::Constraint);
                tx.transaction(async |tx| {
                    insert(tx, 2).await?;
                    let inner: Result<(), DriverError> = tx
                        .transaction(async |tx| {
                            insert(tx, 3).await?;
                            Err(refused())
                        })
                        .await;
                    assert_eq!(inner.unwrap_err().kind, DriverErrorKind::Other);
                    Ok::<_, DriverError>(())
                })
                .await?;
                insert(tx, 4).await
            })
            .await;
        answer.unwrap_or_else(|error| panic!("{}: {error}", place.name()));
        assert_eq!(people(&database).await, [1, 2, 4], "{}", place.name());
    }
}

/// One in the other, as deep as somebody wants.
async fn nest(tx: &mut Transaction<'_>, depth: i32) -> Result<(), DriverError> {
    insert(tx, depth).await?;
    if depth == 0 {
        return Ok(());
    }
    tx.transaction(async |tx| nest(tx, depth - 1).await).await
}

#[tokio::test]
async fn they_nest_to_any_depth() {
    for place in Place::everywhere() {
        let database = place.pool(1).await;
        database.transaction(async |tx| nest(tx, 9).await).await.unwrap();
        assert_eq!(
            people(&database).await,
            (0..10).collect::<Vec<_>>(),
            "{}",
            place.name()
        );
    }
}

/// Nobody can say what of it took effect.
#[tokio::test]
async fn one_that_was_dropped_makes_the_whole_fail() {
    for place in Place::everywhere() {
        let database = place.pool(1).await;
        let answer: Result<(), DriverError> = database
            .transaction(async |tx| {
                insert(tx, 1).await?;
                let (written, was_written) = oneshot::channel();
                let endless = tx.transaction(async |tx| {
                    insert(tx, 2).await?;
                    written.send(()).unwrap();
                    future::pending::<Result<(), DriverError>>().await
                });
                tokio::select! {
                    ended = endless => panic!("{ended:?}"),
                    told = was_written => told.unwrap(),
                }
                let error = insert(tx, 3).await.unwrap_err();
                assert_eq!(error.kind, DriverErrorKind::Poisoned);
                Ok(())
            })
            .await;
        assert_eq!(answer.unwrap_err().kind, DriverErrorKind::Poisoned);
        assert_eq!(database.status().size, 0, "{}", place.name());
        assert_eq!(people(&database).await, [0; 0], "{}", place.name());
    }
}
