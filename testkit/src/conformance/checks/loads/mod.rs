//! Rows that are written by the thousand.

mod kinds;

use std::sync::Arc;

use limbeck_core::driver::Connection;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::LoadError;
use limbeck_core::driver::insert_rows;
use limbeck_core::operation::Operation;
use limbeck_core::operation::Operations;
use limbeck_core::operation::RowBatch;
use limbeck_core::operation::RowValue;
use limbeck_core::schema::Name;
use limbeck_core::schema::Table;

use self::kinds::KINDS;
use self::kinds::rows_of_all_kinds;
use crate::conformance::bench::Bench;
use crate::conformance::bench::lines;
use crate::conformance::bench::number;
use crate::conformance::bench::portable;
use crate::conformance::bench::run;
use crate::conformance::check::checks;
use crate::conformance::failure::Failure;
use crate::conformance::failure::Outcome;
use crate::conformance::failure::ensure;
use crate::conformance::failure::ensure_eq;

checks! { "loads":
    loaded_rows_are_inserted_rows = "Rows of every type that are loaded are the same rows as those that INSERT writes, with the same defaults.";
    a_row_that_breaks_a_constraint_is_refused = "A row in the middle of a load that breaks a constraint fails the load, which says among which rows it is, and nothing stays.";
    the_engine_goes_on_counting = "After a load that brings its numbers along, the engine numbers the next row behind them.";
    a_load_sees_its_transaction = "Rows are loaded into a table that the open transaction has made, and are gone when that is rolled back, where the engine takes a table back.";
}

/// The table that portable SQL creates first.
fn table(sql: &str) -> Result<Arc<Table>, Failure> {
    let mut operations = Operations::default();
    operations.execute(sql)?;
    let tables = operations.into_operations().into_iter();
    let mut found = tables.filter_map(|operation| match operation {
        Operation::CreateTable(table) => Some(table),
        _ => None,
    });
    let last = found.next_back();
    last.map(Arc::new)
        .ok_or_else(|| Failure::new(format!("{sql}: no table")))
}

fn batch(table: &Arc<Table>, columns: &[&str]) -> Result<RowBatch, Failure> {
    let names = columns.iter().map(|text| Name::exact(*text));
    let names: Result<Vec<Name>, _> = names.collect();
    let names = names.map_err(|error| Failure::new(error.to_string()))?;
    Ok(RowBatch::new(Arc::clone(table), Arc::from(names)))
}

async fn begin(connection: &mut Box<dyn Connection>) -> Outcome {
    let begin = connection.server().dialect.begin();
    run(connection, begin).await.map(drop)
}

fn loaded(answer: Result<(), LoadError>) -> Outcome {
    answer.map_err(|error| Failure::new(format!("the load: {error}")))
}

async fn loaded_rows_are_inserted_rows(bench: &Bench) -> Outcome {
    let mut connection = bench.connect().await?;
    let mut found = Vec::new();
    for name in ["inserted", "loaded"] {
        let sql = KINDS.replace("kinds", name);
        portable(&mut connection, &sql).await?;
        let rows = rows_of_all_kinds(batch(&table(&sql)?, &kinds::COLUMNS)?);
        begin(&mut connection).await?;
        let written = match name {
            "loaded" => connection.load(rows).await,
            _ => insert_rows(&mut *connection, &rows).await,
        };
        loaded(written)?;
        run(&mut connection, "COMMIT").await?;
        found.push(lines(&mut connection, &format!("SELECT * FROM {name} ORDER BY id")).await?);
    }
    let [inserted, loaded] = found.as_slice() else {
        return Err(Failure::new("two tables"));
    };
    ensure_eq!(loaded.len(), kinds::ROWS, "the number of rows");
    for (loaded, inserted) in loaded.iter().zip(inserted) {
        ensure_eq!(loaded, inserted, "a row that was loaded, and the same inserted");
    }
    Ok(())
}

const STRICT: &str = "CREATE TABLE keeper (id BIGINT PRIMARY KEY);\n\
    CREATE TABLE strict (id BIGINT PRIMARY KEY, name VARCHAR(9) NOT NULL, n INTEGER, keeper BIGINT, \
    CONSTRAINT uq_strict UNIQUE (name), CONSTRAINT ck_strict CHECK (n < 100), \
    CONSTRAINT fk_strict FOREIGN KEY (keeper) REFERENCES keeper (id));";

/// The row at fault, from 0.
const AT: usize = 700;

async fn a_row_that_breaks_a_constraint_is_refused(bench: &Bench) -> Outcome {
    let mut connection = bench.connect().await?;
    portable(&mut connection, STRICT).await?;
    run(&mut connection, "INSERT INTO keeper (id) VALUES (1)").await?;
    let table = table(STRICT)?;
    let faults = [
        ("the key of another row", ["5", "x", "1", "1"]),
        ("the name of another row", ["9000", "n5", "1", "1"]),
        ("no name", ["9000", "", "1", "1"]),
        ("a number that the check refuses", ["9000", "x", "100", "1"]),
        ("a keeper that is not there", ["9000", "x", "1", "2"]),
    ];
    for (what, [id, name, n, keeper]) in faults {
        let mut rows = batch(&table, &["id", "name", "n", "keeper"])?;
        for at in 0..2 * AT {
            let own = [at.to_string(), format!("n{at}")];
            let [own_id, own_name] = &own;
            let values = match at == AT {
                true => [id, name, n, keeper],
                false => [own_id, own_name, "1", "1"],
            };
            let [id, name, n, keeper] = values;
            rows.push(RowValue::Number(id));
            rows.push(if name.is_empty() {
                RowValue::Null
            } else {
                RowValue::Text(name)
            });
            rows.push(RowValue::Number(n));
            rows.push(RowValue::Number(keeper));
        }
        begin(&mut connection).await?;
        let answer = connection.load(rows).await;
        run(&mut connection, "ROLLBACK").await?;
        let Err(LoadError { rows, error }) = answer else {
            return Err(Failure::new(format!("{what} was taken")));
        };
        ensure_eq!(
            error.kind,
            DriverErrorKind::Constraint,
            "the kind of {error}, for {what}"
        );
        ensure!(
            rows.contains(&AT),
            "{what} is in row {AT}, and was told of {rows:?}"
        );
        let kept = number(&mut connection, "SELECT count(*) FROM strict").await?;
        ensure_eq!(kept, 0, "the rows that stay, with {what}");
    }
    Ok(())
}

async fn the_engine_goes_on_counting(bench: &Bench) -> Outcome {
    let mut connection = bench.connect().await?;
    let sql = "CREATE TABLE counted (id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, n INTEGER);";
    portable(&mut connection, sql).await?;
    let mut rows = batch(&table(sql)?, &["id", "n"])?;
    for id in ["3", "41", "7"] {
        rows.push(RowValue::Number(id));
        rows.push(RowValue::Null);
    }
    rows.end();
    begin(&mut connection).await?;
    loaded(connection.load(rows).await)?;
    run(&mut connection, "COMMIT").await?;
    run(&mut connection, "INSERT INTO counted (n) VALUES (1)").await?;
    let next = number(&mut connection, "SELECT id FROM counted WHERE n = 1").await?;
    ensure_eq!(next, 42, "the number of the next row");
    Ok(())
}

async fn a_load_sees_its_transaction(bench: &Bench) -> Outcome {
    let mut connection = bench.connect().await?;
    let sql = "CREATE TABLE fresh (id BIGINT PRIMARY KEY);";
    let (server, made) = (connection.server(), table(sql)?);
    let takes_back = server.dialect.capabilities(&server.version).transactional_ddl;
    begin(&mut connection).await?;
    portable(&mut connection, sql).await?;
    if !takes_back {
        run(&mut connection, "COMMIT").await?;
        begin(&mut connection).await?;
    }
    let mut rows = batch(&made, &["id"])?;
    rows.push(RowValue::Number("1"));
    loaded(connection.load(rows).await)?;
    let count = "SELECT count(*) FROM fresh";
    ensure_eq!(
        number(&mut connection, count).await?,
        1,
        "the rows in the transaction"
    );
    run(&mut connection, "ROLLBACK").await?;
    match takes_back {
        true => ensure!(
            connection.query(count, &[]).await.is_err(),
            "the table is there after the rollback"
        ),
        false => ensure_eq!(
            number(&mut connection, count).await?,
            0,
            "the rows after the rollback"
        ),
    }
    Ok(())
}
