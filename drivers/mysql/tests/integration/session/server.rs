//! What a session knows of its server, and its settings.

use limbeck_core::dialect::Value;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::Trust;

use super::connect;
use super::databases;
use super::is_mariadb;
use super::number;
use super::open;
use super::query;
use super::run;
use super::text;
use super::value;

#[tokio::test]
async fn the_server_and_not_the_scheme_says_which_engine_it_is() {
    for database in databases() {
        let expected = if is_mariadb(&database) { "mariadb" } else { "mysql" };
        let address = database.url().server().unwrap();
        for scheme in ["mysql", "mariadb"] {
            let url = DatabaseUrl::from_server(scheme, &address);
            let mut connection = open(&url, &ConnectOptions::read_write()).await.unwrap();
            let server = connection.server();
            assert_eq!(server.dialect.name(), expected);
            assert!(server.version >= server.dialect.floor());
            assert_eq!(Some(server.schema.as_str()), address.database.as_deref());
            assert_eq!(server.trust, Trust::Session);
            let session = server.session.to_string();
            let id = number(&mut connection, "SELECT connection_id()").await;
            assert!(session.starts_with(&format!("{id}@")), "{session}");
            connection.close().await.unwrap();
        }
    }
}

#[tokio::test]
async fn sessions_of_one_server_know_the_same_start() {
    for database in databases() {
        let (one, other) = (connect(&database).await, connect(&database).await);
        let start = |session: &str| session.split_once('@').unwrap().1.to_owned();
        let (one, other) = (one.server().session.clone(), other.server().session.clone());
        assert_ne!(one, other);
        assert_eq!(start(one.as_str()), start(other.as_str()));
    }
}

#[tokio::test]
async fn what_a_script_changes_in_the_session_is_put_back() {
    const ALL: &str = "SELECT concat_ws('|', @@sql_mode, @@time_zone, @@foreign_key_checks, @@unique_checks, @@autocommit, \
                       @@character_set_client, @@collation_connection, @@sql_safe_updates, @@sql_select_limit, \
                       @@lock_wait_timeout, @@innodb_lock_wait_timeout, @@group_concat_max_len, database(), \
                       unix_timestamp() > 1000)";
    for database in databases() {
        let mut connection = connect(&database).await;
        let before = text(&mut connection, ALL).await;
        assert!(
            before.contains("STRICT_ALL_TABLES") && before.contains("utf8mb4"),
            "{before}"
        );
        let isolation = match is_mariadb(&database) {
            true => "SELECT @@tx_isolation",
            false => "SELECT @@transaction_isolation",
        };
        let isolation_before = text(&mut connection, isolation).await;
        run(
            &mut connection,
            &[
                "CREATE TABLE t (a INTEGER)",
                "SET NAMES latin1",
                "SET SESSION sql_mode = 'ANSI', time_zone = '+05:00', foreign_key_checks = 0, unique_checks = 0",
                "SET SESSION sql_safe_updates = 1, sql_select_limit = 3, lock_wait_timeout = 1, timestamp = 7",
                "SET SESSION innodb_lock_wait_timeout = 1, group_concat_max_len = 10",
                "SET SESSION TRANSACTION ISOLATION LEVEL READ UNCOMMITTED",
                "SET autocommit = 0",
                "USE mysql",
            ],
        )
        .await;
        let name = limbeck_core::driver::LockName::new("a", "b");
        connection.try_lock(&name).await.unwrap();
        run(
            &mut connection,
            &[&format!("LOCK TABLES {}.t READ", database_name(&database))],
        )
        .await;
        connection.restore().await.unwrap();
        assert_eq!(text(&mut connection, ALL).await, before);
        assert_eq!(text(&mut connection, isolation).await, isolation_before);
        run(&mut connection, &["INSERT INTO t VALUES (1)"]).await;
        let proof = connection.lock_proof(&name).unwrap();
        assert_ne!(
            value(&mut connection, &format!("SELECT {proof}")).await,
            Value::Null
        );
    }
}

fn database_name(database: &limbeck_testkit::ClientDatabase) -> String {
    database.url().server().unwrap().database.unwrap()
}

#[tokio::test]
async fn a_session_that_only_reads_writes_nothing() {
    for database in databases() {
        let mut connection = open(database.url(), &ConnectOptions::read_only()).await.unwrap();
        for sql in ["CREATE TABLE t (a INTEGER)", "DROP TABLE IF EXISTS t"] {
            let error = query(&mut connection, sql).await.unwrap_err();
            assert_eq!(error.kind, DriverErrorKind::Permission, "{error}");
        }
        connection.restore().await.unwrap();
        let error = query(&mut connection, "CREATE TABLE t (a INTEGER)")
            .await
            .unwrap_err();
        assert_eq!(error.code.as_deref(), Some("1792"));
    }
}
