//! Creating, dropping and borrowing databases.

use limbeck_core::driver::Administer;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Driver;
use limbeck_core::driver::DriverErrorKind;
use limbeck_mysql::MySql;

use super::connect;
use super::databases;
use super::number;
use super::open;
use super::run;
use super::text;

#[tokio::test]
async fn a_database_is_created_and_dropped_once_and_again() {
    for database in databases() {
        let mut address = database.url().server().unwrap();
        address.database = address.database.map(|name| format!("{name} `x`"));
        let url = database.url().with_server(&address);
        for _ in 0..2 {
            MySql.administer(&url, Administer::Create).await.unwrap();
        }
        let mut connection = open(&url, &ConnectOptions::read_write()).await.unwrap();
        let collation = text(&mut connection, "SELECT @@collation_database").await;
        assert!(
            ["utf8mb4_0900_bin", "utf8mb4_nopad_bin"].contains(&collation.as_str()),
            "{collation}"
        );
        connection.restore().await.unwrap();
        connection.close().await.unwrap();
        for _ in 0..2 {
            MySql.administer(&url, Administer::Drop).await.unwrap();
        }
        let error = open(&url, &ConnectOptions::read_only()).await.err().unwrap();
        assert_eq!(error.kind, DriverErrorKind::NoDatabase);
    }
}

#[tokio::test]
async fn a_scratch_database_is_empty_and_goes_with_its_session() {
    for database in databases() {
        let mut other = connect(&database).await;
        let mut scratch = MySql
            .scratch(database.url(), &ConnectOptions::read_only())
            .await
            .unwrap();
        let name = scratch.server().schema.clone();
        let exists = format!("SELECT count(*) FROM information_schema.schemata WHERE schema_name = '{name}'");
        run(&mut scratch, &["CREATE TABLE t (a INTEGER)"]).await;
        assert_eq!(number(&mut other, &exists).await, 1);
        scratch.close().await.unwrap();
        assert_eq!(number(&mut other, &exists).await, 0);
    }
}

#[tokio::test]
async fn what_a_lost_session_leaves_goes_with_the_next_one() {
    for database in databases() {
        let mut other = connect(&database).await;
        let url = database.url();
        let scratch = || MySql.scratch(url, &READ_WRITE);
        let lost = scratch().await.unwrap();
        let name = lost.server().schema.clone();
        let exists = format!("SELECT count(*) FROM information_schema.schemata WHERE schema_name = '{name}'");
        let held = format!("SELECT is_free_lock('{name}')");
        drop(lost);
        while number(&mut other, &held).await == 0 {
            tokio::task::yield_now().await;
        }
        scratch().await.unwrap().close().await.unwrap();
        assert_eq!(number(&mut other, &exists).await, 0);
    }
}

const READ_WRITE: ConnectOptions = ConnectOptions::read_write();
