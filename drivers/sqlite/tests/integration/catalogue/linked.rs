//! Foreign keys and transactions.

use super::leading_to;
use super::run;
use crate::support::memory;
use crate::support::number;
use crate::support::query;

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
        let found = leading_to(&mut connection, desired).await;
        run(&mut connection, &["BEGIN"]).await;
        let mut failed = None;
        for sql in found.statements() {
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
    let found = leading_to(&mut connection, &["CREATE TABLE t (a INT NOT NULL)"]).await;
    run(&mut connection, &["BEGIN"]).await;
    let statements: Vec<&str> = found.statements().collect();
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
    let found = leading_to(&mut connection, &[CHILD]).await;
    let statements: Vec<&str> = found.statements().collect();
    run(&mut connection, &statements).await;
    assert_eq!(number(&mut connection, "PRAGMA foreign_keys").await, 1);
}
