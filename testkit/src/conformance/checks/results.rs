//! What comes back of a statement.

use crate::conformance::bench::Bench;
use crate::conformance::bench::number;
use crate::conformance::bench::portable;
use crate::conformance::bench::run;
use crate::conformance::check::checks;
use crate::conformance::failure::Outcome;
use crate::conformance::failure::ensure;
use crate::conformance::failure::ensure_eq;

checks! { "results":
    written_rows_are_counted = "The number of written rows is right, where the driver gives one.";
    columns_have_their_names = "A result has the names of its columns in their order, as they were written.";
    an_empty_result_has_columns_and_no_rows = "A query that finds nothing gives columns and no rows.";
    many_rows_come_whole = "A result of many rows comes whole and in order.";
    what_a_statement_gives_ends_with_it = "Rows that nobody asked for are no part of the next result.";
}

async fn written_rows_are_counted(bench: &Bench) -> Outcome {
    let mut connection = bench.connect().await?;
    portable(
        &mut connection,
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER);",
    )
    .await?;
    for (sql, expected) in [
        ("INSERT INTO t (id, n) VALUES (1, 0), (2, 0), (3, 0)", 3),
        ("UPDATE t SET n = n + 1 WHERE id <= 2", 2),
        ("UPDATE t SET n = n + 1 WHERE id > 100", 0),
        ("DELETE FROM t WHERE id = 3", 1),
        ("DELETE FROM t WHERE id = 3", 0),
    ] {
        let affected = run(&mut connection, sql).await?.affected;
        ensure!(
            affected.is_none_or(|rows| rows == expected),
            "{sql}: it wrote {expected} rows, and the driver says {affected:?}"
        );
    }
    ensure_eq!(
        number(&mut connection, "SELECT sum(n) FROM t").await?,
        2,
        "what was written"
    );
    Ok(())
}

async fn columns_have_their_names(bench: &Bench) -> Outcome {
    let mut connection = bench.connect().await?;
    portable(
        &mut connection,
        "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT);",
    )
    .await?;
    let odd = connection.server().dialect.quote_identifier("Two \"Words\"");
    let sql = format!("SELECT name, id, id AS same, name AS {odd} FROM t");
    let columns = run(&mut connection, &sql).await?.columns;
    ensure_eq!(
        columns,
        ["name", "id", "same", "Two \"Words\""],
        "the columns of {sql}"
    );
    Ok(())
}

async fn an_empty_result_has_columns_and_no_rows(bench: &Bench) -> Outcome {
    let mut connection = bench.connect().await?;
    portable(
        &mut connection,
        "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT);",
    )
    .await?;
    for sql in ["SELECT id, name FROM t", "SELECT id, name FROM t WHERE id = 1"] {
        let result = run(&mut connection, sql).await?;
        ensure_eq!(result.columns, ["id", "name"], "the columns of {sql}");
        ensure!(result.rows.is_empty(), "{sql}: {:?}", result.rows);
    }
    let result = connection
        .query("SELECT id, name FROM t WHERE id = ?", &[1_i64.into()])
        .await?;
    ensure_eq!(result.columns, ["id", "name"], "the columns with a parameter");
    ensure!(result.rows.is_empty(), "with a parameter: {:?}", result.rows);
    Ok(())
}

/// Ten rows, of which a join makes thousands.
const DIGITS: &str = "CREATE TABLE d (n INTEGER PRIMARY KEY);
    INSERT INTO d (n) VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9);";

async fn many_rows_come_whole(bench: &Bench) -> Outcome {
    let mut connection = bench.connect().await?;
    portable(&mut connection, DIGITS).await?;
    let sql =
        "SELECT a.n * 1000 + b.n * 100 + c.n * 10 + d.n AS number FROM d a, d b, d c, d ORDER BY number";
    let rows = run(&mut connection, sql).await?.rows;
    ensure_eq!(rows.len(), 10_000, "the number of rows");
    for (expected, row) in (0_i64..).zip(&rows) {
        ensure_eq!(row.integer(0), Some(expected), "row {expected}");
    }
    Ok(())
}

async fn what_a_statement_gives_ends_with_it(bench: &Bench) -> Outcome {
    let mut connection = bench.connect().await?;
    portable(&mut connection, DIGITS).await?;
    let statements = ["SELECT n FROM d", "SELECT a.n FROM d a, d b", "SELECT n FROM d"];
    let batch = limbeck_core::driver::Batch::statements(&statements);
    connection.run(batch, &mut |_| {}).await?;
    ensure_eq!(
        number(&mut connection, "SELECT count(*) FROM d").await?,
        10,
        "the next result"
    );
    Ok(())
}
