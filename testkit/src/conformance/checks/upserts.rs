//! Rows that take the place of those with the same key.

use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::Upsert;
use limbeck_core::driver::Connection;
use limbeck_core::operation::Operation;
use limbeck_core::operation::Operations;
use limbeck_core::schema::Name;
use limbeck_core::schema::Schema;

use crate::conformance::bench::Bench;
use crate::conformance::bench::lines;
use crate::conformance::bench::portable;
use crate::conformance::bench::run;
use crate::conformance::check::checks;
use crate::conformance::failure::Failure;
use crate::conformance::failure::Outcome;
use crate::conformance::failure::Refused;
use crate::conformance::failure::ensure_eq;

checks! { "upserts":
    new_rows_are_inserted_and_others_changed = "An upsert inserts the rows whose key is new, and changes the named columns of the others, and only those.";
    the_same_rows_change_nothing = "An upsert that was done does nothing when it is done again.";
    a_key_may_have_several_columns = "An upsert finds a row by a key of several columns, with names in need of quoting, and takes NULL for a value like another.";
    another_unique_key_finds_no_row = "An upsert whose row agrees with another one in a unique key that is not the one that was asked for is refused, and leaves both alone.";
}

const PART: &str = "CREATE TABLE part (id BIGINT NOT NULL, name VARCHAR(20) NOT NULL, n INTEGER, note VARCHAR(20), \
    CONSTRAINT pk_part PRIMARY KEY (id), CONSTRAINT uq_part_name UNIQUE (name));";

/// Runs an INSERT as an upsert that finds rows by `key` and changes `update`.
async fn upsert(
    connection: &mut Box<dyn Connection>,
    table: &str,
    insert: &str,
    key: &[&str],
    update: &[&str],
) -> Outcome {
    for sql in written(connection.as_ref(), table, insert, key, update)? {
        run(connection, &sql).await?;
    }
    Ok(())
}

/// An INSERT as the dialect writes it as an upsert.
fn written(
    connection: &dyn Connection,
    table: &str,
    insert: &str,
    key: &[&str],
    update: &[&str],
) -> Result<Vec<String>, Failure> {
    let mut schema = Schema::new();
    for operation in operations(table)? {
        schema.apply(&operation)?;
    }
    let inserted = operations(insert)?;
    let Some(Operation::Data(statement)) = inserted.first() else {
        return Err(Failure::new(format!("{insert}: it is no INSERT")));
    };
    let written = statement.table.as_ref().and_then(|name| schema.table(name));
    let table = written.ok_or_else(|| Failure::new(format!("{insert}: there is no such table")))?;
    let (key, update) = (names(key)?, names(update)?);
    let server = connection.server();
    let context = RenderContext::new(server.version).with_schema(&schema);
    let rendered = server
        .dialect
        .upsert(&Upsert::new(statement, table, &key, &update), &context)?;
    Ok(rendered.statements)
}

fn operations(sql: &str) -> Result<Vec<Operation>, Failure> {
    let mut operations = Operations::default();
    operations.execute(sql)?;
    Ok(operations.into_operations())
}

fn names(texts: &[&str]) -> Result<Vec<Name>, Failure> {
    let names = texts.iter().map(|text| Name::exact(*text));
    names
        .collect::<Result<_, _>>()
        .map_err(|error| Failure::new(error.to_string()))
}

async fn parts(connection: &mut Box<dyn Connection>) -> Result<Vec<String>, Failure> {
    lines(connection, "SELECT id, name, n, note FROM part ORDER BY id").await
}

async fn new_rows_are_inserted_and_others_changed(bench: &Bench) -> Outcome {
    let mut connection = bench.connect().await?;
    let rows = "INSERT INTO part (id, name, n, note) VALUES (1, 'a', 1, 'kept'), (2, 'b', 2, 'kept');";
    portable(&mut connection, &format!("{PART}\n{rows}")).await?;
    let insert = "INSERT INTO part (id, name, n) VALUES (2, 'B', NULL), (3, 'c', 3);";
    upsert(&mut connection, PART, insert, &["id"], &["name", "n"]).await?;
    let expected = ["1|a|1|kept", "2|B|NULL|kept", "3|c|3|NULL"];
    ensure_eq!(parts(&mut connection).await?, expected, "the rows");
    let insert = "INSERT INTO part (id, name) VALUES (3, 'never'), (4, 'd');";
    upsert(&mut connection, PART, insert, &["id"], &[]).await?;
    let expected = ["1|a|1|kept", "2|B|NULL|kept", "3|c|3|NULL", "4|d|NULL|NULL"];
    ensure_eq!(
        parts(&mut connection).await?,
        expected,
        "the rows, of which none was to be changed"
    );
    Ok(())
}

async fn the_same_rows_change_nothing(bench: &Bench) -> Outcome {
    let mut connection = bench.connect().await?;
    portable(&mut connection, PART).await?;
    let insert = "INSERT INTO part (id, name, n) VALUES (1, 'a', NULL), (2, 'b', 2);";
    for _ in 0..3 {
        upsert(&mut connection, PART, insert, &["id"], &["name", "n"]).await?;
        let expected = ["1|a|NULL|NULL", "2|b|2|NULL"];
        ensure_eq!(parts(&mut connection).await?, expected, "the rows");
    }
    Ok(())
}

async fn a_key_may_have_several_columns(bench: &Bench) -> Outcome {
    let mut connection = bench.connect().await?;
    let table = "CREATE TABLE \"Odd one\" (\"say \"\"so\"\"\" VARCHAR(9) NOT NULL, \"select\" BIGINT NOT NULL, \
        n INTEGER, CONSTRAINT pk_odd PRIMARY KEY (\"say \"\"so\"\"\", \"select\"));";
    portable(&mut connection, table).await?;
    let insert =
        |rows: &str| format!("INSERT INTO \"Odd one\" (\"say \"\"so\"\"\", \"select\", n) VALUES {rows};");
    let key = ["say \"so\"", "select"];
    let first = insert("('it''s', 1, NULL), ('it''s', 2, 2)");
    upsert(&mut connection, table, &first, &key, &["n"]).await?;
    let second = insert("('it''s', 1, 7), ('it''s', 2, NULL), ('so', 2, 3)");
    upsert(&mut connection, table, &second, &key, &["n"]).await?;
    let dialect = connection.server().dialect;
    let sql = format!(
        "SELECT {1}, {2}, n FROM {0} ORDER BY 1, 2",
        dialect.quote_identifier("Odd one"),
        dialect.quote_identifier("say \"so\""),
        dialect.quote_identifier("select"),
    );
    let found = lines(&mut connection, &sql).await?;
    ensure_eq!(found, ["it's|1|7", "it's|2|NULL", "so|2|3"], "the rows");
    Ok(())
}

async fn another_unique_key_finds_no_row(bench: &Bench) -> Outcome {
    let mut connection = bench.connect().await?;
    portable(&mut connection, PART).await?;
    let first = "INSERT INTO part (id, name, n) VALUES (1, 'a', 1), (2, 'b', 2);";
    upsert(&mut connection, PART, first, &["id"], &["name", "n"]).await?;
    let wrong = "INSERT INTO part (id, name, n) VALUES (7, 'a', 7), (8, 'h', 8);";
    let statements = written(connection.as_ref(), PART, wrong, &["id"], &["n"])?;
    let sql = statements.first().map(String::as_str).unwrap_or_default();
    connection.query(sql, &[]).await.refused(sql)?;
    let expected = ["1|a|1|NULL", "2|b|2|NULL"];
    ensure_eq!(parts(&mut connection).await?, expected, "the rows");
    // By the other key it is the row that is meant.
    let right = "INSERT INTO part (id, name, n) VALUES (9, 'a', 7);";
    upsert(&mut connection, PART, right, &["name"], &["n"]).await?;
    let expected = ["1|a|7|NULL", "2|b|2|NULL"];
    ensure_eq!(parts(&mut connection).await?, expected, "the rows by their names");
    Ok(())
}
