//! Values, results and the number of rows.

use limbeck_core::dialect::Value;
use limbeck_core::driver::Batch;

use super::connect;
use super::databases;
use super::query;
use super::run;

#[tokio::test]
async fn values_are_the_same_with_and_without_parameters() {
    const COLUMNS: &str = "CAST(-5 AS SIGNED), CAST(18446744073709551615 AS UNSIGNED), CAST(1.50 AS DECIMAL(5, 2)), 1.5e0, \
                           'é', X'00FF', CAST('2026-01-02' AS DATE), \
                           CAST('2026-01-02 03:04:05.000006' AS DATETIME(6)), CAST('2026-01-02 03:04:05' AS DATETIME), \
                           CAST('-30:04:05.5' AS TIME(1)), json_extract('[1, \"a\"]', '$'), NULL, TRUE";
    let expected = vec![
        Value::Integer(-5),
        "18446744073709551615".into(),
        "1.50".into(),
        Value::Real(1.5),
        "é".into(),
        Value::Bytes(vec![0, 255]),
        "2026-01-02".into(),
        "2026-01-02 03:04:05.000006".into(),
        "2026-01-02 03:04:05".into(),
        "-30:04:05.5".into(),
        "[1, \"a\"]".into(),
        Value::Null,
        Value::Integer(1),
    ];
    for database in databases() {
        let mut connection = connect(&database).await;
        let plain = query(&mut connection, &format!("SELECT {COLUMNS}"))
            .await
            .unwrap();
        assert_eq!(plain.rows[0].0, expected);
        assert_eq!(plain.affected, None);
        let prepared = connection
            .query(
                &format!("SELECT {COLUMNS} FROM dual WHERE 1 = ?"),
                &[Value::Integer(1)],
            )
            .await
            .unwrap();
        assert_eq!(prepared.rows[0].0, expected);
        assert_eq!(prepared.columns.len(), expected.len());
    }
}

#[tokio::test]
async fn parameters_come_back() {
    for database in databases() {
        let mut connection = connect(&database).await;
        run(
            &mut connection,
            &["CREATE TABLE t (i BIGINT, d DOUBLE, s LONGTEXT, b LONGBLOB, t TINYINT(1), n INTEGER)"],
        )
        .await;
        let values = [
            Value::Integer(i64::MIN),
            Value::Real(0.1),
            "it's \\ ü".into(),
            Value::Bytes(vec![0, 1, 255]),
            Value::Boolean(true),
            Value::Null,
        ];
        let written = connection
            .query("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?)", &values)
            .await
            .unwrap();
        assert_eq!(written.affected, Some(1));
        let read = query(&mut connection, "SELECT * FROM t").await.unwrap();
        let mut expected = values.to_vec();
        expected[4] = Value::Integer(1);
        assert_eq!(read.rows[0].0, expected);
        assert_eq!(read.columns, ["i", "d", "s", "b", "t", "n"]);
    }
}

#[tokio::test]
async fn the_error_of_a_later_result_is_the_error_of_its_statement() {
    for database in databases() {
        let mut connection = connect(&database).await;
        run(
            &mut connection,
            &[
                "CREATE TABLE t (a INTEGER PRIMARY KEY)",
                "CREATE PROCEDURE good() BEGIN SELECT 1; SELECT 2, 3; INSERT INTO t VALUES (1); END",
                "CREATE PROCEDURE bad() BEGIN SELECT 1; SELECT 2; INSERT INTO t VALUES (1); END",
            ],
        )
        .await;
        let rows = query(&mut connection, "CALL good()").await.unwrap();
        assert_eq!(rows.rows[0].integer(0), Some(1));
        let batch = ["DO 1", "CALL bad()", "DO 2"];
        let mut done = Vec::new();
        let failed = connection
            .run(Batch::statements(&batch), &mut |statement| {
                done.push(statement.index)
            })
            .await
            .unwrap_err();
        assert_eq!((failed.at, failed.error.code.as_deref()), (1, Some("1062")));
        assert_eq!(done, [0]);
        let after = query(&mut connection, "SELECT count(*) FROM t").await.unwrap();
        assert_eq!(after.rows[0].integer(0), Some(1));
    }
}

#[tokio::test]
async fn each_statement_tells_how_many_rows_it_wrote() {
    for database in databases() {
        let mut connection = connect(&database).await;
        let batch = [
            "CREATE TABLE t (a INTEGER)",
            "INSERT INTO t VALUES (1), (2), (3)",
            "UPDATE t SET a = 9 WHERE a > 1",
            "DELETE FROM t",
        ];
        let mut affected = Vec::new();
        connection
            .run(Batch::statements(&batch), &mut |done| {
                affected.push(done.affected)
            })
            .await
            .unwrap();
        assert_eq!(affected, [Some(0), Some(3), Some(2), Some(3)]);
    }
}
