//! Rows by COPY, where that means the same as INSERT.

use std::sync::Arc;

use limbeck_core::driver::Connection;
use limbeck_core::driver::LoadError;
use limbeck_core::driver::Scope;
use limbeck_core::operation::RowBatch;
use limbeck_core::operation::RowValue;
use limbeck_core::schema::Name;

use crate::engine::Place;

fn name(text: &str) -> Name {
    Name::exact(text).unwrap()
}

async fn run(connection: &mut Box<dyn Connection>, sql: &str) {
    if let Err(error) = connection.query(sql, &[]).await {
        panic!("{error}: {sql}");
    }
}

/// Loads rows of the column `a` into the table `t`, as the catalogue has it.
async fn load(connection: &mut Box<dyn Connection>, values: &[RowValue<'_>]) -> Result<(), LoadError> {
    let tables = [name("t")];
    let schema = connection.introspect(Scope::Tables(&tables)).await.unwrap();
    let table = schema.table(&tables[0]).unwrap().clone();
    let mut rows = RowBatch::new(Arc::new(table), Arc::from([name("a")]));
    for value in values {
        rows.push(*value);
    }
    rows.end();
    run(connection, "BEGIN").await;
    let answer = connection.load(rows).await;
    run(connection, if answer.is_ok() { "COMMIT" } else { "ROLLBACK" }).await;
    answer
}

#[tokio::test]
async fn a_refused_row_is_told_by_its_number() {
    let Some(place) = Place::new() else { return };
    let mut connection = place.session().await;
    let mut values = vec![RowValue::Text("2026-01-01"); 900];
    values[7] = RowValue::Text("two\nlines \\ and\ta tab");
    run(&mut connection, "CREATE TABLE t (a TEXT, CHECK (a <> 'wrong'))").await;
    load(&mut connection, &values).await.unwrap();
    values[800] = RowValue::Text("wrong");
    let failed = load(&mut connection, &values).await.unwrap_err();
    assert_eq!(
        (failed.rows, failed.error.code.as_deref()),
        (800..801, Some("23514"))
    );
    run(&mut connection, "DROP TABLE t; CREATE TABLE t (a INET)").await;
    values.truncate(1);
    let failed = load(&mut connection, &values).await.unwrap_err();
    assert_eq!((failed.rows, failed.error.code.as_deref()), (0..1, Some("22P02")));
}

#[tokio::test]
async fn a_row_that_refers_to_none_is_among_some_hundred() {
    let Some(place) = Place::new() else { return };
    let mut connection = place.session().await;
    run(
        &mut connection,
        "CREATE TABLE one (a INTEGER PRIMARY KEY); INSERT INTO one VALUES (1); CREATE TABLE t (a INTEGER REFERENCES one)",
    )
    .await;
    let mut values = vec![RowValue::Number("1"); 2000];
    load(&mut connection, &values).await.unwrap();
    values[1200] = RowValue::Number("2");
    let failed = load(&mut connection, &values).await.unwrap_err();
    assert_eq!(
        (failed.rows, failed.error.code.as_deref()),
        (1000..1500, Some("23503"))
    );
    assert_eq!(place.rows("SELECT count(*) FROM t"), ["2000"]);
}

#[tokio::test]
async fn a_number_that_the_server_alone_gives_is_refused() {
    let Some(place) = Place::new() else { return };
    let mut connection = place.session().await;
    run(
        &mut connection,
        "CREATE TABLE t (a BIGINT GENERATED ALWAYS AS IDENTITY)",
    )
    .await;
    let failed = load(&mut connection, &[RowValue::Number("7")]).await.unwrap_err();
    assert_eq!(failed.error.code.as_deref(), Some("428C9"));
    assert_eq!(place.rows("SELECT a FROM t"), [""; 0]);
}

#[tokio::test]
async fn rules_and_policies_are_obeyed() {
    let Some(place) = Place::new() else { return };
    let mut connection = place.session().await;
    run(
        &mut connection,
        "CREATE TABLE t (a INTEGER); CREATE TABLE other (a INTEGER);\
         CREATE RULE beside AS ON INSERT TO t DO ALSO INSERT INTO other VALUES (NEW.a)",
    )
    .await;
    load(&mut connection, &[RowValue::Number("1")]).await.unwrap();
    assert_eq!(place.rows("SELECT t.a FROM t JOIN other USING (a)"), ["1"]);
    run(
        &mut connection,
        "DROP RULE beside ON t; ALTER TABLE t ENABLE ROW LEVEL SECURITY; ALTER TABLE t FORCE ROW LEVEL SECURITY;\
         CREATE POLICY small ON t USING (a < 9)",
    )
    .await;
    load(&mut connection, &[RowValue::Number("2")]).await.unwrap();
    assert_eq!(place.rows("SELECT count(*) FROM t WHERE a = 2"), ["1"]);
}

#[tokio::test]
async fn rows_of_a_partitioned_table_reach_their_partition() {
    let Some(place) = Place::new() else { return };
    let mut connection = place.session().await;
    run(
        &mut connection,
        "CREATE TABLE t (a INTEGER) PARTITION BY RANGE (a);\
         CREATE TABLE t_low PARTITION OF t FOR VALUES FROM (0) TO (10)",
    )
    .await;
    load(&mut connection, &[RowValue::Number("1")]).await.unwrap();
    assert_eq!(place.rows("SELECT a FROM t_low"), ["1"]);
    let values = [RowValue::Number("2"), RowValue::Number("10")];
    let failed = load(&mut connection, &values).await.unwrap_err();
    assert_eq!((failed.rows, failed.error.code.as_deref()), (1..2, Some("23514")));
}

#[tokio::test]
async fn a_load_that_is_cancelled_leaves_nothing() {
    let Some(place) = Place::new() else { return };
    let (mut connection, mut other) = (place.session().await, place.session().await);
    run(&mut connection, "CREATE TABLE t (a INTEGER UNIQUE)").await;
    run(&mut other, "BEGIN; INSERT INTO t VALUES (2)").await;
    let canceller = connection.canceller().unwrap();
    let values = [RowValue::Number("1"), RowValue::Number("2")];
    let cancel = async {
        let waits = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'COPY %' AND wait_event_type = 'Lock' \
                     AND datname = current_database()";
        while place.rows(waits) != ["1"] {
            tokio::task::yield_now().await;
        }
        canceller.cancel().await.unwrap();
    };
    let (failed, ()) = tokio::join!(load(&mut connection, &values), cancel);
    assert_eq!(failed.unwrap_err().error.code.as_deref(), Some("57014"));
    run(&mut other, "ROLLBACK").await;
    assert_eq!(place.rows("SELECT a FROM t"), [""; 0]);
    load(&mut connection, &values).await.unwrap();
}
