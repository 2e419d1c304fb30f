//! How a pool is configured, and what happens when it has no more to give.

use std::future;
use std::time::Duration;

use limbeck_core::Database;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_sqlite::Sqlite;
use tokio::sync::oneshot;

use super::Place;
use super::insert;
use super::people;

#[test]
fn what_cannot_be_a_pool_is_refused_before_it_connects() {
    let refused = |database: Result<Database, _>| match database {
        Ok(database) => panic!("{database:?}"),
        Err(error) => limbeck_core::database::DatabaseError::to_string(&error),
    };
    let file = || Database::configure("sqlite:///x.db");
    assert_eq!(
        refused(file().build()),
        "no driver was given for `sqlite`: no driver was given at all; give one with `.driver(…)`"
    );
    assert_eq!(
        refused(Database::configure("postgres://h/d").driver(Sqlite).build()),
        "no driver was given for `postgres`; drivers were given for sqlite"
    );
    assert_eq!(
        refused(file().driver(Sqlite).max_size(0).build()),
        "a pool has one connection at least: max_size is 0"
    );
    assert_eq!(
        refused(Database::configure("sqlite::memory:").driver(Sqlite).build()),
        "each connection of a pool would have a database of its own: this one is in memory and ends with its \
         connection; name a file"
    );
    let secret = refused(
        Database::configure("postgres//ann:s3cret@h/d")
            .driver(Sqlite)
            .build(),
    );
    assert!(!secret.contains("s3cret"), "{secret}");
    let shown = format!(
        "{:?}",
        super::configure("postgres://ann:s3cret@h/d").build().unwrap()
    );
    assert!(!shown.contains("s3cret"), "{shown}");
}

#[tokio::test]
async fn who_waits_too_long_is_told_that_all_are_in_use() {
    for place in Place::everywhere() {
        place.pool(1).await;
        let database = place
            .configure()
            .max_size(1)
            .wait(Duration::from_secs(2))
            .build()
            .unwrap();
        let outer: Result<(), DriverError> = database
            .transaction(async |_tx| {
                let status = database.status();
                assert_eq!((status.max_size, status.size, status.available), (1, 1, 0));
                let error = database.check_health().await.unwrap_err();
                assert_eq!(error.kind, DriverErrorKind::PoolTimeout);
                assert_eq!(
                    error.to_string(),
                    "no connection of the pool became free within 2s: all 1 are in use"
                );
                Ok(())
            })
            .await;
        outer.unwrap_or_else(|error| panic!("{}: {error}", place.name()));
        assert_eq!(database.status().waiting, 0, "who gave up does not wait");
        database.check_health().await.unwrap();
    }
}

#[tokio::test]
async fn who_waits_gets_the_connection_that_comes_back() {
    for place in Place::everywhere() {
        let database = place.pool(1).await;
        let (go, may_go) = oneshot::channel();
        let first = database.transaction(async |tx| {
            insert(tx, 1).await?;
            may_go.await.unwrap();
            Ok::<_, DriverError>(())
        });
        let watching = async {
            // Until the other one stands in the queue.
            while database.status().waiting == 0 {
                tokio::task::yield_now().await;
            }
            go.send(()).unwrap();
        };
        let (first, found, ()) = tokio::join!(first, people(&database), watching);
        first.unwrap();
        assert_eq!(found, [1], "{}", place.name());
    }
}

#[tokio::test]
async fn a_closed_pool_turns_everybody_away_and_lets_who_is_in_finish() {
    let place = Place::file();
    let database = place.pool(1).await;
    let last: Result<(), DriverError> = database
        .transaction(async |tx| {
            database.close();
            insert(tx, 1).await
        })
        .await;
    last.unwrap();
    let error = database.check_health().await.unwrap_err();
    assert_eq!(error.kind, DriverErrorKind::PoolClosed);
    assert_eq!(people(&place.configure().build().unwrap()).await, [1]);
}

/// What a session was told does not reach whoever connects next.
#[tokio::test]
async fn a_session_of_its_own_is_none_of_the_pool() {
    for place in Place::everywhere() {
        let database = place.pool(1).await;
        let setting = match place.name() {
            "sqlite" => "CREATE TEMPORARY TABLE mine (id INTEGER)",
            _ => "CREATE TEMPORARY TABLE mine (id INTEGER PRIMARY KEY)",
        };
        let answer: Result<usize, DriverError> = database
            .use_then_disconnect(async |session| {
                session.query(setting, &[]).await?;
                assert_eq!(database.status().size, 0, "it is not taken from the pool");
                Ok(session
                    .query_as::<(i32,)>("SELECT id FROM mine", &[])
                    .await?
                    .len())
            })
            .await;
        assert_eq!(answer.unwrap(), 0);
        let gone: Result<_, DriverError> = database
            .transaction(async |tx| tx.query("SELECT id FROM mine", &[]).await)
            .await;
        assert_eq!(
            gone.unwrap_err().kind,
            DriverErrorKind::UndefinedTable,
            "{}",
            place.name()
        );
    }
}

#[tokio::test]
async fn a_pool_grows_no_further_than_it_may() {
    for place in Place::servers() {
        let database = place.pool(2).await;
        let endless = || {
            database.transaction(async |tx| {
                tx.query("SELECT 1", &[]).await?;
                future::pending::<Result<(), DriverError>>().await
            })
        };
        let full = async {
            while database.status().size < 2 || database.status().waiting == 0 {
                tokio::task::yield_now().await;
            }
            database.status()
        };
        let status = tokio::select! {
            _ = endless() => panic!("it ended"),
            _ = endless() => panic!("it ended"),
            _ = endless() => panic!("it ended"),
            status = full => status,
        };
        assert_eq!((status.size, status.waiting), (2, 1), "{}", place.name());
        assert_eq!(people(&database).await, [0; 0], "{}", place.name());
    }
}
