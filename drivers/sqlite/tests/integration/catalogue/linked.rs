//! Foreign keys and transactions.

use limbeck_core::catalogue::changes;
use limbeck_core::driver::Connection;

use crate::support::memory;
use crate::support::number;
use crate::support::query;

async fn run(connection: &mut Box<dyn Connection>, statements: &[&str]) {
    for sql in statements {
        query(connection, sql).await.unwrap();
    }
}

/// What leads from the tables of a database to those that these statements make.
async fn leading_to(connection: &mut Box<dyn Connection>, desired: &[&str]) -> Vec<String> {
    let mut other = memory().await;
    run(&mut other, desired).await;
    let (is, wanted) = (
        connection.catalogue().await.unwrap(),
        other.catalogue().await.unwrap(),
    );
    let (dialect, version) = (connection.server().dialect, connection.server().version);
    let found = changes(&is, &wanted, &|change| dialect.alter_object(change, &version));
    assert_eq!(found.left, []);
    found.statements().map(str::to_owned).collect()
}

const CHILD: &str = "CREATE TABLE c (p_id INT REFERENCES p ON DELETE CASCADE)";

/// Inside a transaction foreign keys cannot be switched off, and DROP TABLE would empty the other table.
#[tokio::test]
async fn inside_a_transaction_it_fails_before_rows_are_lost() {
    for desired in [
        &["CREATE TABLE p (id INTEGER PRIMARY KEY, a INT NOT NULL)", CHILD][..],
        &[CHILD],
    ] {
        let mut connection = memory().await;
        let current = ["CREATE TABLE p (id INTEGER PRIMARY KEY, a INT)", CHILD];
        run(&mut connection, &current).await;
        run(
            &mut connection,
            &["INSERT INTO p VALUES (1, 1)", "INSERT INTO c VALUES (1)"],
        )
        .await;
        let statements = leading_to(&mut connection, desired).await;
        run(&mut connection, &["BEGIN"]).await;
        let mut failed = None;
        for sql in &statements {
            if let Err(error) = query(&mut connection, sql).await {
                failed = Some(error.to_string());
                break;
            }
        }
        let failed = failed.unwrap();
        assert!(failed.contains("foreign keys are on"), "{failed}");
        run(&mut connection, &["COMMIT"]).await;
        assert_eq!(number(&mut connection, "SELECT count(*) FROM c").await, 1);
        assert_eq!(number(&mut connection, "SELECT count(*) FROM p").await, 1);
    }
}

/// Where no foreign key is in play, nothing is said of them: so it runs inside a transaction too.
#[tokio::test]
async fn a_table_without_foreign_keys_is_made_anew_in_a_transaction() {
    let mut connection = memory().await;
    run(
        &mut connection,
        &["CREATE TABLE t (a INT)", "INSERT INTO t VALUES (1)"],
    )
    .await;
    let statements = leading_to(&mut connection, &["CREATE TABLE t (a INT NOT NULL)"]).await;
    run(&mut connection, &["BEGIN"]).await;
    let statements: Vec<&str> = statements.iter().map(String::as_str).collect();
    run(&mut connection, &statements).await;
    run(&mut connection, &["COMMIT"]).await;
    assert_eq!(number(&mut connection, "SELECT sum(a) FROM t").await, 1);
}

#[tokio::test]
async fn foreign_keys_are_on_again_afterwards() {
    let mut connection = memory().await;
    run(
        &mut connection,
        &["CREATE TABLE p (id INTEGER PRIMARY KEY, a INT)", CHILD],
    )
    .await;
    let statements = leading_to(&mut connection, &[CHILD]).await;
    let statements: Vec<&str> = statements.iter().map(String::as_str).collect();
    run(&mut connection, &statements).await;
    assert_eq!(number(&mut connection, "PRAGMA foreign_keys").await, 1);
}

/// What each change loses, in words.
#[tokio::test]
async fn what_is_lost_is_told() {
    for (current, desired, losses) in [
        (
            "CREATE TABLE t (a INT, b INT)",
            "CREATE TABLE t (a INT)",
            &["the values of its column b"][..],
        ),
        (
            "CREATE TABLE t (a INT, b INT)",
            "CREATE TABLE t (a INT, b INT AS (a))",
            &["the values of its column b"],
        ),
        (
            "CREATE TABLE t (a INT, b INT AS (a))",
            "CREATE TABLE t (a INT)",
            &[],
        ),
        (
            "CREATE TABLE t (a INT)",
            "CREATE TABLE t (b INT)",
            &["the values of its column a"],
        ),
        (
            "CREATE TABLE t (a INT)",
            "CREATE TABLE t (b INT PRIMARY KEY) WITHOUT ROWID",
            &["its rows"],
        ),
        (
            "CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT)",
            "CREATE TABLE t (a INTEGER PRIMARY KEY)",
            &["how far it has counted"],
        ),
        ("CREATE TABLE t (a INT)", "CREATE TABLE t (a INT, b INT)", &[]),
    ] {
        let (mut one, mut other) = (memory().await, memory().await);
        run(&mut one, &[current]).await;
        run(&mut other, &[desired]).await;
        let (is, wanted) = (one.catalogue().await.unwrap(), other.catalogue().await.unwrap());
        let (dialect, version) = (one.server().dialect, one.server().version);
        let found = changes(&is, &wanted, &|change| dialect.alter_object(change, &version));
        let told: Vec<&str> = found
            .steps
            .iter()
            .flat_map(|step| &step.losses)
            .map(String::as_str)
            .collect();
        assert_eq!(told, losses, "{desired}");
    }
}
