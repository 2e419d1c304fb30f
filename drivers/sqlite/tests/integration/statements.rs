//! Statements, batches, values and their errors.

use limbeck_core::dialect::Value;
use limbeck_core::driver::Batch;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::Session;

use crate::support::Workplace;
use crate::support::memory;
use crate::support::number;
use crate::support::query;

#[tokio::test]
async fn values_come_back_as_they_went() {
    let mut connection = memory().await;
    let values = [
        Value::Null,
        Value::Integer(i64::MIN),
        Value::Real(0.1),
        Value::Text("naïve 'x' \u{1F41A}".to_owned()),
        Value::Bytes(vec![0, 255, b'\'']),
    ];
    let rows = connection.query("SELECT ?, ?, ?, ?, ?", &values).await.unwrap();
    assert_eq!(rows.rows[0].0, values);
    assert_eq!(rows.affected, None);
    let rows = connection
        .query("SELECT ?, CAST(X'ff' AS TEXT)", &[Value::Boolean(true)])
        .await
        .unwrap();
    assert_eq!(rows.rows[0].0, [Value::Integer(1), Value::Bytes(vec![255])]);
}

#[tokio::test]
async fn written_rows_are_counted_statement_by_statement() {
    let mut connection = memory().await;
    let mut counts = Vec::new();
    for sql in [
        "CREATE TABLE t (a INTEGER)",
        "INSERT INTO t VALUES (1), (2), (3)",
        "CREATE TABLE u (a INTEGER)",
        "UPDATE t SET a = 9 WHERE a > 100",
        "DELETE FROM t WHERE a < 3 RETURNING a",
    ] {
        counts.push(query(&mut connection, sql).await.unwrap().affected);
    }
    assert_eq!(counts, [Some(0), Some(3), Some(0), Some(0), Some(2)]);
}

#[tokio::test]
async fn a_batch_reports_each_statement_and_stops_at_the_first_error() {
    let mut connection = memory().await;
    let mut reports = Vec::new();
    let batch = [
        "BEGIN",
        "CREATE TABLE t (a INTEGER UNIQUE)",
        "INSERT INTO t VALUES (1), (2)",
        "INSERT INTO t VALUES (1)",
        "INSERT INTO t VALUES (7)",
    ];
    let error = connection
        .run(Batch::transaction(&batch), &mut |done| {
            reports.push((done.index, done.affected));
        })
        .await
        .unwrap_err();
    assert_eq!(reports, [(0, None), (1, Some(0)), (2, Some(2))]);
    assert_eq!((error.at, error.error.kind), (3, DriverErrorKind::Constraint));
    assert_eq!(number(&mut connection, "SELECT count(*) FROM t").await, 2);
    query(&mut connection, "ROLLBACK").await.unwrap();
    let error = query(&mut connection, "SELECT * FROM t").await.unwrap_err();
    assert_eq!(error.kind, DriverErrorKind::UndefinedTable);
}

#[tokio::test]
async fn a_transaction_that_sqlite_rolled_back_waits_for_its_rollback() {
    let place = Workplace::new();
    let mut connection = place.read_write().await;
    query(&mut connection, "CREATE TABLE t (a INTEGER UNIQUE)")
        .await
        .unwrap();
    query(&mut connection, "BEGIN").await.unwrap();
    query(&mut connection, "INSERT INTO t VALUES (1)").await.unwrap();
    query(&mut connection, "INSERT OR ROLLBACK INTO t VALUES (1)")
        .await
        .unwrap_err();
    let error = query(&mut connection, "INSERT INTO t VALUES (2)")
        .await
        .unwrap_err();
    assert_eq!(error.code.as_deref(), Some("SQLITE_ABORT_ROLLBACK"));
    query(&mut connection, "COMMIT").await.unwrap_err();
    query(&mut connection, "ROLLBACK").await.unwrap();
    query(&mut connection, "INSERT INTO t VALUES (3)").await.unwrap();
    assert_eq!(number(&mut connection, "SELECT sum(a) FROM t").await, 3);
}

#[tokio::test]
async fn a_full_disk_is_named_and_takes_the_transaction_back() {
    let place = Workplace::new();
    let mut connection = place.read_write().await;
    query(&mut connection, "CREATE TABLE t (a BLOB)").await.unwrap();
    query(&mut connection, "PRAGMA max_page_count = 8").await.unwrap();
    let batch = [
        "BEGIN",
        "INSERT INTO t VALUES ('kept?')",
        "INSERT INTO t VALUES (zeroblob(1000000))",
    ];
    let error = connection
        .run(Batch::transaction(&batch), &mut |_| {})
        .await
        .unwrap_err();
    assert_eq!((error.at, error.error.kind), (2, DriverErrorKind::DiskFull));
    assert_eq!(error.error.code.as_deref(), Some("SQLITE_FULL"));
    query(&mut connection, "ROLLBACK").await.unwrap();
    assert_eq!(number(&mut connection, "SELECT count(*) FROM t").await, 0);
}

#[tokio::test]
async fn one_call_is_one_statement_with_all_its_parameters() {
    let mut connection = memory().await;
    let error = query(&mut connection, "SELECT 1; SELECT 2").await.unwrap_err();
    assert_eq!(error.kind, DriverErrorKind::Syntax);
    query(&mut connection, "SELECT 1; -- and a comment")
        .await
        .unwrap();
    query(&mut connection, "SELECT ?").await.unwrap_err();
    connection.query("SELECT 1", &[Value::Null]).await.unwrap_err();
}

#[tokio::test]
async fn a_misspelt_name_in_quotes_is_an_error_not_a_string() {
    let mut connection = memory().await;
    query(&mut connection, "CREATE TABLE t (name TEXT)")
        .await
        .unwrap();
    for sql in [
        "UPDATE \"t\" SET \"name\" = \"nmae\"",
        "CREATE INDEX i ON t (\"nmae\")",
    ] {
        let error = query(&mut connection, sql).await.unwrap_err();
        assert_eq!(error.kind, DriverErrorKind::Syntax, "{error}");
    }
}

#[tokio::test]
async fn foreign_keys_are_on_and_come_back_after_a_script_switched_them_off() {
    let mut connection = memory().await;
    for sql in [
        "CREATE TABLE a (id INTEGER PRIMARY KEY)",
        "CREATE TABLE b (a INTEGER REFERENCES a)",
    ] {
        query(&mut connection, sql).await.unwrap();
    }
    let error = query(&mut connection, "INSERT INTO b VALUES (1)")
        .await
        .unwrap_err();
    assert_eq!(error.code.as_deref(), Some("SQLITE_CONSTRAINT_FOREIGNKEY"));
    query(&mut connection, "PRAGMA foreign_keys = OFF").await.unwrap();
    connection.restore().await.unwrap();
    assert_eq!(number(&mut connection, "PRAGMA foreign_keys").await, 1);
}

#[tokio::test]
async fn a_nested_transaction_is_taken_back_alone() {
    let mut session = Session::new(memory().await);
    session.query("CREATE TABLE t (a INTEGER)", &[]).await.unwrap();
    session.query("BEGIN", &[]).await.unwrap();
    let mut outer = session.transaction();
    outer.execute("INSERT INTO t VALUES (1)", &[]).await.unwrap();
    let failed = outer
        .transaction(async |inner| {
            inner.execute("INSERT INTO t VALUES (2)", &[]).await?;
            inner.execute("INSERT INTO nowhere VALUES (2)", &[]).await
        })
        .await;
    assert_eq!(failed.unwrap_err().kind, DriverErrorKind::UndefinedTable);
    let written = outer
        .transaction(async |inner| inner.execute("INSERT INTO t VALUES (3), (4)", &[]).await)
        .await;
    assert_eq!(written.unwrap(), 2);
    let rows = outer.query("SELECT sum(a) FROM t", &[]).await.unwrap();
    assert_eq!(rows.rows[0].integer(0), Some(8));
}
