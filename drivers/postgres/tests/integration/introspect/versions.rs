//! What only newer servers have.

use limbeck_testkit::described;

use super::Place;
use super::name;
use super::operations::assert_each_reads_back;

/// Whether the server is of this version or newer; none without a server.
async fn server_has(major: u32) -> Option<bool> {
    let place = Place::new().await?;
    let version = place.session.server().version;
    place.close().await;
    Some(version.major >= major)
}

#[tokio::test]
async fn two_nulls_that_are_the_same() {
    if server_has(15).await != Some(true) {
        return;
    }
    assert_each_reads_back(
        "CREATE TABLE t (a INTEGER, b INTEGER, UNIQUE NULLS NOT DISTINCT (a, b), UNIQUE (b));
         ALTER TABLE t ADD CONSTRAINT later UNIQUE NULLS NOT DISTINCT (a);",
    )
    .await;
}

#[tokio::test]
async fn columns_that_are_computed_when_read() {
    if server_has(18).await != Some(true) {
        return;
    }
    assert_each_reads_back(
        "CREATE TABLE t (a INTEGER, twice BIGINT GENERATED ALWAYS AS (a * 2) VIRTUAL);
         ALTER TABLE t ADD COLUMN thrice BIGINT GENERATED ALWAYS AS (a * 3) VIRTUAL;",
    )
    .await;
}

/// NOT NULL has a name there, and can be without effect on the rows that are.
#[tokio::test]
async fn constraints_that_are_not_relied_on() {
    if server_has(18).await != Some(true) {
        return;
    }
    let made = Place::made_by(
        "CREATE EXTENSION btree_gist;
         CREATE TABLE parent (x integer PRIMARY KEY);
         CREATE TABLE t (
           a integer CONSTRAINT named NOT NULL, b integer, c integer NOT NULL, d daterange,
           CONSTRAINT idle CHECK (a > 0) NOT ENFORCED, CONSTRAINT loose FOREIGN KEY (a) REFERENCES parent NOT ENFORCED,
           CONSTRAINT timed UNIQUE (a, d WITHOUT OVERLAPS)
         );
         ALTER TABLE t ADD CONSTRAINT unproven NOT NULL b NOT VALID;",
    );
    let Some(mut place) = made.await else { return };
    let before = place.read().await;
    place.run("ALTER TABLE t VALIDATE CONSTRAINT unproven").await;
    let after = place.read().await;
    place.close().await;
    insta::assert_snapshot!(described(&before.tables[&name("t")]), @"
    a Integer not null
    b Integer
    c Integer not null
    d postgres(daterange)
    ");
    let column = |name_of: &str| after.tables[&name("t")].column(&name(name_of)).cloned().unwrap();
    assert!(!column("b").nullable);
}
