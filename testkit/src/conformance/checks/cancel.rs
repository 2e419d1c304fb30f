//! Statements that are stopped, and futures that are dropped.

use std::time::Duration;

use limbeck_core::driver::Batch;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::Session;

use crate::conformance::bench::Bench;
use crate::conformance::bench::eventually;
use crate::conformance::bench::is_in_the_way;
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

checks! { "cancel":
    a_running_statement_can_be_stopped [Cancel] = "A statement that is cancelled fails with `Cancelled`, and the session works on.";
    a_stopped_transaction_can_be_rolled_back [Cancel] = "A transaction in which a statement was cancelled is rolled back, and leaves nothing.";
    a_dropped_future_leaves_a_session_that_answers_nothing = "A session whose future was dropped in its middle answers `Poisoned`, and what it had not committed is taken back once it is dropped.";
    a_dropped_batch_is_never_committed = "A batch that was dropped before its COMMIT was sent or done leaves nothing.";
}

/// Rows of which a join is endless.
pub(super) const ROWS: &str = "CREATE TABLE d (n INTEGER PRIMARY KEY);
    INSERT INTO d (n) VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9);
    CREATE TABLE t (id INTEGER PRIMARY KEY);";

/// A statement of plain SQL that never ends by itself: ten million million rows of which none is wanted, and the sum over
/// all tables keeps an optimizer from knowing that.
const ENDLESS: &str = "SELECT count(*) FROM d a, d b, d c, d e, d f, d g, d h, d i, d j, d k, d l, d m, d o \
    WHERE a.n + b.n + c.n + e.n + f.n + g.n + h.n + i.n + j.n + k.n + l.n + m.n + o.n = 118";

/// The same as a statement that writes.
pub(super) const ENDLESS_WRITE: &str = "INSERT INTO t (id) \
    SELECT a.n FROM d a, d b, d c, d e, d f, d g, d h, d i, d j, d k, d l, d m, d o \
    WHERE a.n + b.n + c.n + e.n + f.n + g.n + h.n + i.n + j.n + k.n + l.n + m.n + o.n = 118";

/// Cancels until the statement ends: the first request may come before the server has begun.
async fn cancelled<T>(
    canceller: Box<dyn limbeck_core::driver::Cancel>,
    statement: impl Future<Output = Result<T, limbeck_core::driver::DriverError>>,
) -> Result<limbeck_core::driver::DriverError, Failure> {
    let mut statement = std::pin::pin!(statement);
    loop {
        let pause = tokio::time::timeout(Duration::from_millis(200), &mut statement).await;
        if let Ok(answer) = pause {
            return answer.refused("an endless statement");
        }
        canceller.cancel().await.during("cancelling")?;
    }
}

async fn a_running_statement_can_be_stopped(bench: &Bench) -> Outcome {
    let mut connection = bench.connect().await?;
    portable(&mut connection, ROWS).await?;
    for sql in [ENDLESS, ENDLESS_WRITE] {
        let Some(canceller) = connection.canceller() else {
            return Err(Failure::new("there is no canceller"));
        };
        let error = cancelled(canceller, connection.query(sql, &[])).await?;
        ensure_eq!(error.kind, DriverErrorKind::Cancelled, "{error}");
        ensure_eq!(
            number(&mut connection, "SELECT count(*) FROM d").await?,
            10,
            "the next query"
        );
    }
    ensure_eq!(
        number(&mut connection, "SELECT count(*) FROM t").await?,
        0,
        "what was written"
    );
    Ok(())
}

async fn a_stopped_transaction_can_be_rolled_back(bench: &Bench) -> Outcome {
    let mut connection = bench.connect().await?;
    portable(&mut connection, ROWS).await?;
    let Some(canceller) = connection.canceller() else {
        return Err(Failure::new("there is no canceller"));
    };
    let batch = [
        connection.server().dialect.begin(),
        "INSERT INTO t (id) VALUES (1)",
        ENDLESS,
        "INSERT INTO t (id) VALUES (2)",
        "COMMIT",
    ];
    let mut at = None;
    let statement = async {
        let answer = connection.run(Batch::transaction(&batch), &mut |_| {}).await;
        answer.map_err(|error| {
            at = Some(error.at);
            error.error
        })
    };
    let error = cancelled(canceller, statement).await?;
    ensure_eq!(error.kind, DriverErrorKind::Cancelled, "{error}");
    ensure_eq!(at, Some(2), "the statement that was cancelled");
    run(&mut connection, "ROLLBACK").await?;
    ensure_eq!(
        number(&mut connection, "SELECT count(*) FROM t").await?,
        0,
        "what stays"
    );
    Ok(())
}

/// Lets a future begin, and drops it when `seen` says that it runs or, where nobody can see that, after some turns.
async fn begin_and_drop<F: Future>(future: F) -> Outcome {
    let mut future = std::pin::pin!(future);
    let begun = tokio::time::timeout(Duration::from_millis(300), &mut future).await;
    ensure!(begun.is_err(), "the endless statement ended");
    Ok(())
}

async fn a_dropped_future_leaves_a_session_that_answers_nothing(bench: &Bench) -> Outcome {
    let mut connection = bench.connect().await?;
    portable(&mut connection, ROWS).await?;
    let begin = connection.server().dialect.begin();
    let mut session = Session::new(connection);
    session.query(begin, &[]).await?;
    session.query("INSERT INTO t (id) VALUES (1)", &[]).await?;
    begin_and_drop(session.query(ENDLESS, &[])).await?;
    ensure!(
        session.is_poisoned(),
        "the session does not know that it was left"
    );
    let error = session
        .query("SELECT 1", &[])
        .await
        .refused("a query after that")?;
    ensure_eq!(error.kind, DriverErrorKind::Poisoned, "{error}");
    drop(session);
    same_row_can_be_written(bench).await
}

async fn a_dropped_batch_is_never_committed(bench: &Bench) -> Outcome {
    let mut connection = bench.connect().await?;
    portable(&mut connection, ROWS).await?;
    let batch = [
        connection.server().dialect.begin(),
        "INSERT INTO t (id) VALUES (1)",
        ENDLESS,
        "COMMIT",
    ];
    begin_and_drop(connection.run(Batch::transaction(&batch), &mut |_| {})).await?;
    drop(connection);
    same_row_can_be_written(bench).await
}

/// Nothing is there of what was left in its middle, and it is in nobody's way.
async fn same_row_can_be_written(bench: &Bench) -> Outcome {
    let mut other = bench.connect().await?;
    eventually("a write after a session was left", async || {
        match other.query("INSERT INTO t (id) VALUES (1)", &[]).await {
            Ok(_) => Ok(true),
            Err(error) if is_in_the_way(&error) => Ok(false),
            Err(error) => Err(error.into()),
        }
    })
    .await?;
    ensure_eq!(
        lines(&mut other, "SELECT id FROM t").await?,
        ["1"],
        "the rows after a session was left"
    );
    Ok(())
}
