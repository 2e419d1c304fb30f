//! What a run says when something goes wrong, and what it leaves.

use limbeck_core::engine::EngineError;
use limbeck_core::engine::Ignore;

use crate::RevisionFile;
use crate::conformance::bench::Bench;
use crate::conformance::bench::lines;
use crate::conformance::bench::number;
use crate::conformance::check::checks;
use crate::conformance::failure::Failure;
use crate::conformance::failure::Outcome;
use crate::conformance::failure::Refused;
use crate::conformance::failure::ensure;
use crate::conformance::failure::ensure_eq;
use crate::conformance::histories::scripts;

checks! { "runs":
    an_error_names_statement_line_and_code = "A statement that fails is named by its position, its line and the engine's code.";
    a_failed_step_leaves_what_its_engine_cannot_take_back = "A step that fails leaves nothing where schema changes are transactional; elsewhere its rows are taken back, and the mended script goes on behind what ran.";
    a_script_cannot_end_its_transaction = "A script that ends the transaction of its step is refused or stopped, and is not recorded as applied.";
    an_upgrade_with_nothing_to_do_does_nothing = "An upgrade that finds nothing to do writes nothing.";
    a_history_goes_down_and_up_again = "A history goes up, down to nothing but the history tables, and up again.";
}

/// A table, a row, a second row with the same key on line 6, and a third.
fn broken() -> RevisionFile {
    RevisionFile::new("a1").upgrade(
        "CREATE TABLE t (id BIGINT PRIMARY KEY);\nINSERT INTO t (id) VALUES (1);\n\
         INSERT INTO t (id) VALUES (1);\nINSERT INTO t (id) VALUES (3);",
    )
}

async fn failed(bench: &Bench) -> Result<EngineError, Failure> {
    let migrator = bench.migrator(scripts(&[broken()])?)?;
    migrator
        .upgrade("heads", &mut Ignore)
        .await
        .refused("a key twice")
}

async fn an_error_names_statement_line_and_code(bench: &Bench) -> Outcome {
    let error = failed(bench).await?;
    let EngineError::Statement {
        statement,
        statements,
        place: Some(place),
        sql,
        error: cause,
        ..
    } = &error
    else {
        return Err(Failure::new(format!("it is no error of a statement: {error}")));
    };
    ensure_eq!((*statement, *statements), (3, 4), "the statement of {error}");
    let before = place.file().text().get(..place.span().start).unwrap_or_default();
    let expected = broken().text();
    let line = expected
        .lines()
        .enumerate()
        .filter(|(_, line)| line.contains("VALUES (1)"))
        .nth(1);
    ensure_eq!(
        Some(before.matches('\n').count()),
        line.map(|(number, _)| number),
        "the line of {error}, from 0"
    );
    ensure!(sql.contains("INSERT"), "the SQL of {error} is {sql}");
    ensure!(cause.code.is_some(), "no code in {cause:?}");
    Ok(())
}

async fn a_failed_step_leaves_what_its_engine_cannot_take_back(bench: &Bench) -> Outcome {
    failed(bench).await?;
    let mut connection = bench.connect().await?;
    let server = connection.server();
    let capabilities = server.dialect.capabilities(&server.version);
    if capabilities.transactional_ddl {
        let gone = connection.query("SELECT id FROM t", &[]).await;
        gone.refused("a table of a step that failed")?;
    } else {
        ensure_eq!(
            number(&mut connection, "SELECT count(*) FROM t").await?,
            0,
            "rows of a step that failed"
        );
    }
    let mended = RevisionFile::new("a1").upgrade(
        "CREATE TABLE t (id BIGINT PRIMARY KEY);\nINSERT INTO t (id) VALUES (1);\n\
         INSERT INTO t (id) VALUES (2);\nINSERT INTO t (id) VALUES (3);",
    );
    let migrator = bench.migrator(scripts(&[mended])?)?;
    migrator.upgrade("heads", &mut Ignore).await?;
    ensure_eq!(
        lines(&mut connection, "SELECT id FROM t ORDER BY id").await?,
        ["1", "2", "3"],
        "the rows of the mended script"
    );
    Ok(())
}

async fn a_script_cannot_end_its_transaction(bench: &Bench) -> Outcome {
    let section = format!("upgrade {}", bench.driver().name());
    let first = RevisionFile::new("a1").upgrade("CREATE TABLE t (id BIGINT PRIMARY KEY);");
    let ends = RevisionFile::new("b2").revises(["a1"]).section(
        &section,
        "INSERT INTO t (id) VALUES (1);\nCOMMIT;\nINSERT INTO t (id) VALUES (2);",
    );
    let migrator = bench.migrator(scripts(&[first, ends])?)?;
    let error = migrator
        .upgrade("heads", &mut Ignore)
        .await
        .refused("COMMIT in a script")?;
    ensure!(
        !migrator.current().await?.contains(&"b2".to_owned()),
        "the step is recorded as applied, after {error}"
    );
    Ok(())
}

async fn an_upgrade_with_nothing_to_do_does_nothing(bench: &Bench) -> Outcome {
    let scripts = scripts(&[RevisionFile::new("a1").upgrade("CREATE TABLE t (id BIGINT PRIMARY KEY);")])?;
    let migrator = bench.migrator(scripts)?;
    let report = migrator.upgrade("heads", &mut Ignore).await?;
    ensure_eq!(report.steps.len(), 1, "steps of the first run");
    let mut connection = bench.connect().await?;
    let journal = "SELECT count(*) FROM limbeck_journal";
    let before = number(&mut connection, journal).await?;
    let report = migrator.upgrade("heads", &mut Ignore).await?;
    ensure!(report.steps.is_empty(), "the second run has done something");
    ensure_eq!(
        number(&mut connection, journal).await?,
        before,
        "rows of the journal"
    );
    Ok(())
}

async fn a_history_goes_down_and_up_again(bench: &Bench) -> Outcome {
    let history = crate::conformance::histories::History::Portable;
    let migrator = bench
        .migrator(history.scripts(bench.driver().name())?)?
        .with_options(history.options()?);
    let mut connection = bench.connect().await?;
    for _ in 0..2 {
        migrator.upgrade("heads", &mut Ignore).await?;
        ensure_eq!(
            lines(&mut connection, "SELECT n, note FROM one").await?,
            ["1111|kept"],
            "the rows"
        );
        migrator.downgrade("base", &mut Ignore).await?;
        for table in ["one", "two", "noted"] {
            let gone = connection.query(&format!("SELECT id FROM {table}"), &[]).await;
            gone.refused(format!("{table}, after the downgrade"))?;
        }
        ensure!(migrator.current().await?.is_empty(), "something is applied");
    }
    Ok(())
}
