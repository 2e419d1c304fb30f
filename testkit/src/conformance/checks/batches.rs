//! Statements that travel together.

use limbeck_core::driver::Batch;
use limbeck_core::driver::Connection;
use limbeck_core::driver::DriverErrorKind;

use crate::conformance::bench::Bench;
use crate::conformance::bench::lines;
use crate::conformance::bench::number;
use crate::conformance::bench::portable;
use crate::conformance::bench::run;
use crate::conformance::check::checks;
use crate::conformance::failure::During;
use crate::conformance::failure::Failure;
use crate::conformance::failure::Outcome;
use crate::conformance::failure::Refused;
use crate::conformance::failure::ensure;
use crate::conformance::failure::ensure_eq;

checks! { "batches":
    statements_run_in_order_and_each_is_told = "The statements of a batch run in order, and each that succeeded is told once, in order.";
    nothing_after_a_failed_statement_takes_effect = "Nothing after a failed statement takes effect, in a transaction and outside of one, and the error says which it was.";
    a_failed_transaction_waits_for_its_rollback = "A transaction of which a statement failed is still open, ends with ROLLBACK and leaves nothing; then the next one begins.";
    a_transaction_may_come_in_several_batches = "A batch may leave its transaction open for the next one.";
    a_big_batch_comes_whole = "Thousands of statements in one batch, and one statement of a megabyte.";
    a_batch_may_be_empty = "A batch without statements does nothing.";
    a_transaction_is_seen_when_it_is_committed = "Another session sees a transaction when it is committed and not before.";
}

async fn table(bench: &Bench) -> Result<Box<dyn Connection>, Failure> {
    let mut connection = bench.connect().await?;
    portable(
        &mut connection,
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, big TEXT);",
    )
    .await?;
    Ok(connection)
}

async fn statements_run_in_order_and_each_is_told(bench: &Bench) -> Outcome {
    let mut connection = table(bench).await?;
    let begin = connection.server().dialect.begin();
    let middle = [
        "INSERT INTO t (id, n) VALUES (1, 2)",
        "UPDATE t SET n = n * 10",
        "SELECT id FROM t",
        "UPDATE t SET n = n + 1",
    ];
    let transaction: Vec<&str> = [begin].into_iter().chain(middle).chain(["COMMIT"]).collect();
    let mut told = Vec::new();
    let batch = Batch::transaction(&transaction);
    connection
        .run(batch, &mut |done| told.push((done.index, done.affected)))
        .await?;
    let places: Vec<usize> = told.iter().map(|(index, _)| *index).collect();
    ensure_eq!(places, [0, 1, 2, 3, 4, 5], "what was told of the transaction");
    for (index, affected) in told.into_iter().filter(|(index, _)| [1, 2, 4].contains(index)) {
        ensure!(
            affected.is_none_or(|rows| rows == 1),
            "statement {index}: {affected:?}"
        );
    }
    let mut told = Vec::new();
    let alone = ["UPDATE t SET n = n * 2", "UPDATE t SET n = n + 1"];
    connection
        .run(Batch::statements(&alone), &mut |done| told.push(done.index))
        .await?;
    ensure_eq!(told, [0, 1], "what was told of statements that stand alone");
    ensure_eq!(
        number(&mut connection, "SELECT n FROM t").await?,
        43,
        "((2 * 10 + 1) * 2) + 1"
    );
    Ok(())
}

const BROKEN: [&str; 3] = [
    "INSERT INTO t (id, n) VALUES (2, 0)",
    "INSERT INTO t (id, n) VALUES (1, 0)",
    "INSERT INTO t (id, n) VALUES (3, 0)",
];

async fn nothing_after_a_failed_statement_takes_effect(bench: &Bench) -> Outcome {
    let mut connection = table(bench).await?;
    run(&mut connection, "INSERT INTO t (id, n) VALUES (1, 0)").await?;
    let begin = connection.server().dialect.begin();
    let transaction: Vec<&str> = [begin].into_iter().chain(BROKEN).chain(["COMMIT"]).collect();
    for (batch, failed, kept) in [
        (Batch::transaction(&transaction), 2, vec!["1"]),
        (Batch::statements(&BROKEN), 1, vec!["1", "2"]),
    ] {
        let mut told = Vec::new();
        let error = connection
            .run(batch, &mut |done| told.push(done.index))
            .await
            .refused("a key twice")?;
        ensure_eq!(error.at, failed, "the statement of {error}");
        ensure_eq!(error.error.kind, DriverErrorKind::Constraint, "{error}");
        ensure_eq!(told, (0..failed).collect::<Vec<_>>(), "what was told");
        if failed == 2 {
            run(&mut connection, "ROLLBACK").await?;
        }
        ensure_eq!(
            lines(&mut connection, "SELECT id FROM t ORDER BY id").await?,
            kept,
            "the rows after a failed batch"
        );
    }
    Ok(())
}

async fn a_failed_transaction_waits_for_its_rollback(bench: &Bench) -> Outcome {
    let mut connection = table(bench).await?;
    run(&mut connection, "INSERT INTO t (id, n) VALUES (1, 0)").await?;
    let begin = connection.server().dialect.begin();
    let broken: Vec<&str> = [begin].into_iter().chain(BROKEN).chain(["COMMIT"]).collect();
    for _ in 0..3 {
        let batch = connection.run(Batch::transaction(&broken), &mut |_| {}).await;
        batch.refused("a key twice")?;
        run(&mut connection, "ROLLBACK").await?;
    }
    let good = [begin, "INSERT INTO t (id, n) VALUES (9, 0)", "COMMIT"];
    connection.run(Batch::transaction(&good), &mut |_| {}).await?;
    connection.close().await.during("closing")?;
    let mut other = bench.connect().await?;
    ensure_eq!(
        lines(&mut other, "SELECT id FROM t ORDER BY id").await?,
        ["1", "9"],
        "what stays"
    );
    Ok(())
}

async fn a_transaction_may_come_in_several_batches(bench: &Bench) -> Outcome {
    let mut connection = table(bench).await?;
    let first = [
        connection.server().dialect.begin(),
        "INSERT INTO t (id, n) VALUES (1, 0)",
    ];
    connection.run(Batch::transaction(&first), &mut |_| {}).await?;
    ensure_eq!(
        number(&mut connection, "SELECT count(*) FROM t").await?,
        1,
        "rows between two batches"
    );
    let second = ["INSERT INTO t (id, n) VALUES (2, 0)", "ROLLBACK"];
    connection.run(Batch::transaction(&second), &mut |_| {}).await?;
    ensure_eq!(
        number(&mut connection, "SELECT count(*) FROM t").await?,
        0,
        "rows after ROLLBACK"
    );
    Ok(())
}

async fn a_big_batch_comes_whole(bench: &Bench) -> Outcome {
    const MANY: usize = 3000;
    let mut connection = table(bench).await?;
    let big = "x".repeat(1_000_000);
    let inserts = (1..=MANY).map(|id| format!("INSERT INTO t (id, n) VALUES ({id}, 1)"));
    let last = [
        format!("UPDATE t SET big = '{big}' WHERE id = 1"),
        "COMMIT".to_owned(),
    ];
    let begin = connection.server().dialect.begin().to_owned();
    let statements: Vec<String> = std::iter::once(begin).chain(inserts).chain(last).collect();
    let statements: Vec<&str> = statements.iter().map(String::as_str).collect();
    let mut told = 0;
    connection
        .run(Batch::transaction(&statements), &mut |_| told += 1)
        .await?;
    ensure_eq!(told, statements.len(), "statements that were told");
    ensure_eq!(
        number(&mut connection, "SELECT sum(n) FROM t").await?,
        i64::try_from(MANY)?,
        "rows"
    );
    ensure_eq!(
        number(&mut connection, "SELECT length(big) FROM t WHERE id = 1").await?,
        1_000_000,
        "letters of the long text"
    );
    Ok(())
}

async fn a_batch_may_be_empty(bench: &Bench) -> Outcome {
    let mut connection = bench.connect().await?;
    for batch in [Batch::transaction(&[]), Batch::statements(&[])] {
        let mut told = 0;
        connection.run(batch, &mut |_| told += 1).await?;
        ensure_eq!(told, 0, "statements that were told");
    }
    ensure_eq!(number(&mut connection, "SELECT 1").await?, 1, "the next query");
    Ok(())
}

async fn a_transaction_is_seen_when_it_is_committed(bench: &Bench) -> Outcome {
    let mut connection = table(bench).await?;
    let mut other = bench
        .connect_with(&limbeck_core::driver::ConnectOptions::read_only())
        .await?;
    let first = [
        connection.server().dialect.begin(),
        "INSERT INTO t (id, n) VALUES (1, 0)",
    ];
    connection.run(Batch::transaction(&first), &mut |_| {}).await?;
    ensure_eq!(
        number(&mut other, "SELECT count(*) FROM t").await?,
        0,
        "rows before COMMIT"
    );
    run(&mut connection, "COMMIT").await?;
    ensure_eq!(
        number(&mut other, "SELECT count(*) FROM t").await?,
        1,
        "rows after COMMIT"
    );
    Ok(())
}
