//! Rows by LOAD DATA LOCAL and by INSERT, which must mean the same.

use std::sync::Arc;

use limbeck_core::driver::Connection;
use limbeck_core::driver::LoadError;
use limbeck_core::driver::Scope;
use limbeck_core::driver::insert_rows;
use limbeck_core::operation::RowBatch;
use limbeck_core::operation::RowValue;
use limbeck_core::schema::Name;

use super::connect;
use super::databases;
use super::number;
use super::query;
use super::run;

fn name(text: &str) -> Name {
    Name::exact(text).unwrap()
}

/// Rows of one column for the table `t`, as the catalogue has it.
async fn rows(connection: &mut Box<dyn Connection>, column: &str, values: &[RowValue<'_>]) -> RowBatch {
    let tables = [name("t")];
    let schema = connection.introspect(Scope::Tables(&tables)).await.unwrap();
    let table = schema.table(&tables[0]).unwrap().clone();
    let mut rows = RowBatch::new(Arc::new(table), Arc::from([name(column)]));
    for value in values {
        rows.push(*value);
    }
    rows
}

/// Sets whether the server takes rows of its clients, and gives what it was. That is one setting for all: other tests wait
/// until the session ends.
async fn allow(connection: &mut Box<dyn Connection>, allowed: i64) -> i64 {
    let lock = number(connection, "SELECT GET_LOCK('limbeck_test_local_infile', 3600)").await;
    assert_eq!(lock, 1);
    let before = number(connection, "SELECT @@GLOBAL.local_infile").await;
    run(connection, &[&format!("SET GLOBAL local_infile = {allowed}")]).await;
    before
}

/// The rows that a load or an INSERT leaves, or what the server says.
async fn outcome(connection: &mut Box<dyn Connection>, answer: Result<(), LoadError>) -> String {
    match answer {
        Ok(()) => {
            let kept = query(connection, "SELECT a, HEX(a) FROM t").await.unwrap();
            run(connection, &["ROLLBACK"]).await;
            format!("{:?}", kept.rows)
        }
        Err(failed) => {
            run(connection, &["ROLLBACK"]).await;
            assert_eq!(number(connection, "SELECT count(*) FROM t").await, 0, "{failed}");
            format!("{:?} {:?}", failed.error.code, failed.error.message)
        }
    }
}

/// What LOAD DATA LOCAL would bend, pass over or fill in: the type of the column, and the values of some rows.
const BENT: [(&str, &[RowValue<'static>]); 14] = [
    ("SMALLINT", &[RowValue::Text("70000")]),
    ("SMALLINT", &[RowValue::Text("x1")]),
    ("VARCHAR(3)", &[RowValue::Text("four")]),
    ("VARCHAR(3)", &[RowValue::Text("abc  ")]),
    ("DECIMAL(4, 1)", &[RowValue::Text("1.25")]),
    ("DATE", &[RowValue::Text("2026-02-30")]),
    ("DATE", &[RowValue::Text("0000-00-00")]),
    ("ENUM('a', 'b')", &[RowValue::Text("c")]),
    ("INTEGER NOT NULL", &[RowValue::Null]),
    ("INTEGER UNIQUE", &[RowValue::Number("1"), RowValue::Number("1")]),
    (
        "INTEGER CHECK (a < 9)",
        &[RowValue::Number("1"), RowValue::Number("9")],
    ),
    ("JSON", &[RowValue::Text("{")]),
    ("VARCHAR(9) CHARACTER SET latin1", &[RowValue::Text("漢")]),
    ("INTEGER, b INTEGER NOT NULL", &[RowValue::Number("1")]),
];

#[tokio::test]
async fn a_load_refuses_what_an_insert_refuses() {
    for database in databases() {
        let mut connection = connect(&database).await;
        let before = allow(&mut connection, 1).await;
        for errors in ["DEFAULT", "0"] {
            run(
                &mut connection,
                &[&format!("SET SESSION max_error_count = {errors}")],
            )
            .await;
            for (column, values) in BENT {
                run(&mut connection, &[&format!("CREATE TABLE t (a {column})")]).await;
                let batch = rows(&mut connection, "a", values).await;
                run(&mut connection, &["START TRANSACTION"]).await;
                let inserted = insert_rows(&mut *connection, &batch).await;
                let inserted = outcome(&mut connection, inserted).await;
                run(&mut connection, &["START TRANSACTION"]).await;
                let loaded = connection.load(batch).await;
                let loaded = outcome(&mut connection, loaded).await;
                assert_eq!(loaded, inserted, "{column} with {values:?}");
                run(&mut connection, &["DROP TABLE t"]).await;
            }
        }
        allow(&mut connection, before).await;
    }
}

/// How many loads and how many INSERTs the session has sent.
async fn sent(connection: &mut Box<dyn Connection>) -> [i64; 2] {
    let sql = "SHOW SESSION STATUS WHERE Variable_name IN ('Com_insert', 'Com_load')";
    let rows = query(connection, sql).await.unwrap().rows;
    let counts: Vec<i64> = rows
        .iter()
        .map(|row| row.text(1).unwrap().parse().unwrap())
        .collect();
    [counts[1], counts[0]]
}

#[tokio::test]
async fn rows_are_loaded_where_that_is_allowed_and_can_be_taken_back() {
    let tables = [
        ("CREATE TABLE t (a INTEGER)", 1, [1, 0]),
        ("CREATE TABLE t (a INTEGER)", 0, [0, 1]),
        ("CREATE TABLE t (a INTEGER) ENGINE = MyISAM", 1, [0, 1]),
        (
            "CREATE TABLE t (a INTEGER, b VARCHAR(36) DEFAULT (uuid()))",
            1,
            [0, 1],
        ),
        ("CREATE TABLE t (a INTEGER, b INTEGER DEFAULT 4)", 1, [1, 0]),
    ];
    for database in databases() {
        let mut connection = connect(&database).await;
        let before = allow(&mut connection, 1).await;
        for (table, allowed, expected) in tables {
            run(&mut connection, &[table]).await;
            allow(&mut connection, allowed).await;
            let batch = rows(&mut connection, "a", &[RowValue::Number("7"), RowValue::Null]).await;
            let [loads, inserts] = sent(&mut connection).await;
            run(&mut connection, &["START TRANSACTION"]).await;
            connection.load(batch).await.unwrap();
            run(&mut connection, &["COMMIT"]).await;
            let now = sent(&mut connection).await;
            assert_eq!([now[0] - loads, now[1] - inserts], expected, "{table} {allowed}");
            assert_eq!(number(&mut connection, "SELECT count(*) FROM t").await, 2);
            run(&mut connection, &["DROP TABLE t"]).await;
        }
        allow(&mut connection, before).await;
    }
}

#[tokio::test]
async fn a_trigger_sees_only_rows_that_are_kept() {
    for database in databases() {
        let mut connection = connect(&database).await;
        let made = [
            "CREATE TABLE t (a INTEGER UNIQUE)",
            "CREATE TABLE seen (a INTEGER)",
            "CREATE TRIGGER see AFTER INSERT ON t FOR EACH ROW INSERT INTO seen VALUES (NEW.a)",
        ];
        run(&mut connection, &made).await;
        let batch = rows(&mut connection, "a", &[RowValue::Number("7")]).await;
        let loads = sent(&mut connection).await[0];
        run(&mut connection, &["START TRANSACTION"]).await;
        connection.load(batch).await.unwrap();
        run(&mut connection, &["COMMIT"]).await;
        assert_eq!(sent(&mut connection).await[0], loads);
        assert_eq!(number(&mut connection, "SELECT count(*) FROM seen").await, 1);
    }
}

#[tokio::test]
async fn nothing_is_written_behind_a_transaction_that_the_server_has_ended() {
    for database in databases() {
        let (mut connection, mut other) = (connect(&database).await, connect(&database).await);
        let before = allow(&mut connection, 1).await;
        run(
            &mut connection,
            &[
                "CREATE TABLE t (a INTEGER PRIMARY KEY)",
                "CREATE TABLE u (a INTEGER PRIMARY KEY, b INTEGER)",
                "INSERT INTO u VALUES (1, 1), (2, 2), (3, 3)",
            ],
        )
        .await;
        let batch = rows(&mut connection, "a", &[RowValue::Number("1")]).await;
        // The other session waits for this one, has written more, and holds the key that is loaded: a deadlock.
        run(
            &mut other,
            &[
                "START TRANSACTION",
                "UPDATE u SET b = 0 WHERE a > 1",
                "INSERT INTO t VALUES (1)",
            ],
        )
        .await;
        run(
            &mut connection,
            &["START TRANSACTION", "UPDATE u SET b = 9 WHERE a = 1"],
        )
        .await;
        let waits = other.query("UPDATE u SET b = 0 WHERE a = 1", &[]);
        let load = connection.load(batch);
        let (waited, loaded) = tokio::join!(waits, load);
        waited.unwrap();
        let error = loaded.unwrap_err().error;
        assert_eq!(error.code.as_deref(), Some("1213"), "{error}");
        run(&mut other, &["ROLLBACK"]).await;
        assert_eq!(number(&mut connection, "SELECT count(*) FROM t").await, 0);
        allow(&mut connection, before).await;
    }
}
