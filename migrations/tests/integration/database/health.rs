//! Connections that break while nobody looks.

use limbeck_core::Database;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_testkit::Engine;
use limbeck_testkit::Server;

use super::Place;
use super::configure;
use super::create_people;
use super::insert;
use super::people;

/// The number of the session that a pool of one connection has.
async fn session_number(database: &Database, engine: Engine) -> i64 {
    let sql = match engine {
        Engine::Postgres => "SELECT pg_backend_pid()",
        Engine::MySql | Engine::MariaDb => "SELECT connection_id()",
    };
    let number: Result<(i64,), DriverError> = database
        .transaction(async |tx| tx.query_one(sql, &[]).await)
        .await;
    number.unwrap().0
}

#[tokio::test]
async fn a_connection_that_the_server_has_ended_is_nobody_s_error() {
    for place in Place::servers() {
        let database = place.pool(1).await;
        let engine = place.engine.unwrap();
        let number = session_number(&database, engine).await;
        let kill = match engine {
            Engine::Postgres => format!("SELECT pg_terminate_backend({number})"),
            Engine::MySql | Engine::MariaDb => format!("KILL {number}"),
        };
        let killed: Result<_, DriverError> = database
            .use_then_disconnect(async |session| session.query(&kill, &[]).await)
            .await;
        killed.unwrap();
        database.check_health().await.unwrap();
        assert_ne!(session_number(&database, engine).await, number, "{engine}");
        assert_eq!(database.status().size, 1, "{engine}");
    }
}

#[tokio::test]
async fn a_connection_that_breaks_in_a_transaction_is_its_error_and_no_other_s() {
    for place in Place::servers() {
        let database = place.pool(1).await;
        let engine = place.engine.unwrap();
        let broken: Result<(), DriverError> = database
            .transaction(async |tx| {
                insert(tx, 1).await?;
                let own = match engine {
                    Engine::Postgres => "SELECT pg_terminate_backend(pg_backend_pid())",
                    Engine::MySql | Engine::MariaDb => "KILL CONNECTION_ID()",
                };
                tx.query(own, &[]).await?;
                insert(tx, 2).await
            })
            .await;
        broken.unwrap_err();
        assert_eq!(people(&database).await, [0; 0], "{engine}");
    }
}

#[tokio::test]
async fn a_pool_lives_through_a_restart_of_its_server() {
    for engine in Engine::ALL {
        let Some(mut server) = Server::private(engine) else {
            continue;
        };
        let name = server.database().server().unwrap().database.unwrap();
        let text = server.admin_url_text();
        let (address, _) = text.rsplit_once('/').unwrap();
        let database = configure(&format!("{address}/{name}"))
            .max_size(3)
            .build()
            .unwrap();
        create_people(&database).await;
        database
            .transaction(async |tx| insert(tx, 1).await)
            .await
            .unwrap();
        let during: Result<(), DriverError> = database
            .transaction(async |tx| {
                insert(tx, 2).await?;
                server.kill();
                insert(tx, 3).await
            })
            .await;
        during.unwrap_err();
        let down = database.check_health().await.unwrap_err();
        assert_eq!(down.kind, DriverErrorKind::Connect, "{engine}: {down}");
        server.start();
        database
            .check_health()
            .await
            .unwrap_or_else(|error| panic!("{engine}: {error}"));
        assert_eq!(people(&database).await, [1], "{engine}");
    }
}
