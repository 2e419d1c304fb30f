//! Errors say what can be done about them.

use limbeck_core::driver::Batch;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Connection;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;

use crate::conformance::bench::Bench;
use crate::conformance::bench::number;
use crate::conformance::bench::portable;
use crate::conformance::bench::run;
use crate::conformance::check::checks;
use crate::conformance::failure::Failure;
use crate::conformance::failure::Outcome;
use crate::conformance::failure::Refused;
use crate::conformance::failure::ensure;
use crate::conformance::failure::ensure_eq;

checks! { "errors":
    a_table_that_does_not_exist_is_named_so = "A query of a table that does not exist fails with `UndefinedTable`, in a query and in a batch.";
    what_is_no_sql_is_a_syntax_error = "What is no SQL fails with `Syntax`; the byte at which the engine stopped, where the driver gives one, is that byte also behind other letters than English.";
    a_broken_constraint_is_named_so = "A broken key, reference, check or NOT NULL fails with `Constraint` and the engine's code.";
    a_session_goes_on_after_an_error = "After an error outside of a transaction the session works on.";
    a_url_that_cannot_be_opened_is_an_error = "A URL with a parameter that the driver does not know is refused with `Url`.";
}

async fn refused(connection: &mut Box<dyn Connection>, sql: &str) -> Result<DriverError, Failure> {
    let error = connection.query(sql, &[]).await.refused(sql)?;
    ensure!(!error.message.is_empty(), "{sql}: the error has no message");
    Ok(error)
}

async fn a_table_that_does_not_exist_is_named_so(bench: &Bench) -> Outcome {
    let mut connection = bench.connect().await?;
    for sql in [
        "SELECT id FROM nowhere",
        "INSERT INTO nowhere (id) VALUES (1)",
        "DELETE FROM nowhere",
    ] {
        let error = refused(&mut connection, sql).await?;
        ensure_eq!(error.kind, DriverErrorKind::UndefinedTable, "{sql}: {error}");
        let statements = [sql];
        let batch = connection.run(Batch::statements(&statements), &mut |_| {}).await;
        let error = batch.refused(sql)?;
        ensure_eq!(
            (error.at, error.error.kind),
            (0, DriverErrorKind::UndefinedTable),
            "{sql} in a batch: {error}"
        );
    }
    Ok(())
}

async fn what_is_no_sql_is_a_syntax_error(bench: &Bench) -> Outcome {
    let mut connection = bench.connect().await?;
    portable(&mut connection, "CREATE TABLE t (id INTEGER PRIMARY KEY);").await?;
    let sql = "SELECT 'naïve 漢字' FROM t WHERE ) = 1";
    let error = refused(&mut connection, sql).await?;
    ensure_eq!(error.kind, DriverErrorKind::Syntax, "{sql}: {error}");
    ensure!(error.code.is_some(), "{sql}: no code in {error:?}");
    if let Some(offset) = error.offset {
        ensure_eq!(Some(offset), sql.find(')'), "{sql}: the byte of {error}");
    }
    let sql = "SELEKT 1";
    let error = refused(&mut connection, sql).await?;
    ensure_eq!(error.kind, DriverErrorKind::Syntax, "{sql}: {error}");
    if let Some(offset) = error.offset {
        ensure_eq!(offset, 0, "{sql}: the byte of {error}");
    }
    Ok(())
}

async fn a_broken_constraint_is_named_so(bench: &Bench) -> Outcome {
    let mut connection = bench.connect().await?;
    portable(
        &mut connection,
        "CREATE TABLE parent (id INTEGER PRIMARY KEY);
         INSERT INTO parent (id) VALUES (1);
         CREATE TABLE child (
             id INTEGER PRIMARY KEY,
             parent_id INTEGER NOT NULL REFERENCES parent (id),
             n INTEGER UNIQUE,
             CONSTRAINT ck_child_n CHECK (n < 100)
         );
         INSERT INTO child (id, parent_id, n) VALUES (1, 1, 1);",
    )
    .await?;
    for (what, sql) in [
        (
            "primary key",
            "INSERT INTO child (id, parent_id, n) VALUES (1, 1, 2)",
        ),
        ("unique", "INSERT INTO child (id, parent_id, n) VALUES (2, 1, 1)"),
        ("check", "INSERT INTO child (id, parent_id, n) VALUES (2, 1, 100)"),
        (
            "foreign key",
            "INSERT INTO child (id, parent_id, n) VALUES (2, 7, 2)",
        ),
        ("foreign key", "DELETE FROM parent"),
        (
            "NOT NULL",
            "INSERT INTO child (id, parent_id, n) VALUES (2, NULL, 2)",
        ),
    ] {
        let error = refused(&mut connection, sql).await?;
        ensure_eq!(error.kind, DriverErrorKind::Constraint, "{what}: {error}");
        ensure!(error.code.is_some(), "{what}: no code in {error:?}");
    }
    ensure_eq!(
        number(&mut connection, "SELECT count(*) FROM child").await?,
        1,
        "rows that are left"
    );
    Ok(())
}

async fn a_session_goes_on_after_an_error(bench: &Bench) -> Outcome {
    let mut connection = bench.connect().await?;
    portable(&mut connection, "CREATE TABLE t (id INTEGER PRIMARY KEY);").await?;
    for sql in [
        "SELECT id FROM nowhere",
        "SELEKT 1",
        "INSERT INTO t (id) VALUES (NULL, 2)",
    ] {
        refused(&mut connection, sql).await?;
        run(&mut connection, "INSERT INTO t (id) VALUES (1)").await?;
        run(&mut connection, "DELETE FROM t").await?;
    }
    Ok(())
}

async fn a_url_that_cannot_be_opened_is_an_error(bench: &Bench) -> Outcome {
    let url = bench.database().secret().reveal();
    let sign = if url.contains('?') { '&' } else { '?' };
    let url = format!("{url}{sign}limbeck_no_such_parameter=1").parse()?;
    let answer = bench.driver().connect(&url, &ConnectOptions::read_write()).await;
    match answer {
        Ok(_) => Err(Failure::new("a parameter that nobody knows was taken")),
        Err(error) => {
            ensure_eq!(error.kind, DriverErrorKind::Url, "{error}");
            Ok(())
        }
    }
}
