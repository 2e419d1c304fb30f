//! Names in need of quoting.

use limbeck_core::driver::Connection;
use limbeck_core::engine::DataLoss;
use limbeck_core::engine::Ignore;
use limbeck_core::history::HistoryTables;

use super::catalogue::Replayed;
use crate::RevisionFile;
use crate::conformance::bench::Bench;
use crate::conformance::bench::lines;
use crate::conformance::check::checks;
use crate::conformance::failure::During;
use crate::conformance::failure::Failure;
use crate::conformance::failure::Outcome;
use crate::conformance::failure::ensure_eq;
use crate::conformance::histories::scripts;
use crate::conformance::offer::Offer;

checks! { "names":
    tables_and_columns_may_have_any_name = "Tables, columns, constraints, indexes and views may be called by a keyword, with quotes, spaces and letters of any language in it, up to 63 bytes, and are renamed so.";
    mixed_case_is_kept = "A quoted name keeps its case, and an unquoted one is folded to lower case, in the catalogue too.";
    the_version_table_may_have_any_name = "The version table may have any name.";
    a_revision_may_be_called_by_any_id = "Revision ids are told apart by their case, and may be as long as an id can be.";
}

/// 63 bytes.
const LONG: &str = "a_name_of_sixty_three_bytes_as_long_as_a_name_can_be_everywhere";

const NAMES: [&str; 14] = [
    "select",
    "order",
    "user",
    "table name",
    "say \"so\"",
    "it's",
    "tick`tock",
    "semi;colon",
    "dash--dash",
    "back\\slash",
    "per%cent",
    "na\u{ef}ve \u{6f22}\u{5b57}",
    "1st",
    LONG,
];

/// As a quoted name of portable SQL.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn native(connection: &dyn Connection, name: &str) -> String {
    connection.server().dialect.quote_identifier(name)
}

async fn tables_and_columns_may_have_any_name(bench: &Bench) -> Outcome {
    for name in NAMES {
        let bench = bench.another()?;
        one_name(&bench, name)
            .await
            .during(format!("the name {name:?}"))?;
    }
    Ok(())
}

async fn one_name(bench: &Bench, name: &str) -> Outcome {
    let odd = quoted(name);
    let make = format!(
        "CREATE TABLE {odd} (id BIGINT PRIMARY KEY, {odd} INTEGER, b INTEGER, CONSTRAINT {odd} CHECK ({odd} < 10));\n\
         INSERT INTO {odd} (id, {odd}, b) VALUES (1, 2, 3);"
    );
    let change = format!(
        "ALTER TABLE {odd} RENAME COLUMN {odd} TO plain;\n\
         ALTER TABLE {odd} RENAME COLUMN b TO {odd};\n\
         ALTER TABLE {odd} RENAME TO plain_table;\n\
         CREATE VIEW {odd} (id, {odd}) AS SELECT id, plain FROM plain_table WHERE {odd} = 3;\n\
         CREATE TABLE indexed (id BIGINT PRIMARY KEY, {odd} INTEGER);\n\
         CREATE INDEX \"ix {}\" ON indexed ({odd});",
        name.get(..name.len().min(40))
            .unwrap_or("cut")
            .replace('"', "\"\"")
    );
    let scripts = scripts(&[
        RevisionFile::new("a1")
            .upgrade(&make)
            .downgrade(&format!("DROP TABLE {odd};")),
        RevisionFile::new("b2").revises(["a1"]).upgrade(&change),
    ])?;
    let migrator = bench.migrator(scripts)?;
    let mut options = migrator.options().clone();
    options.data_loss = DataLoss::Allow;
    let migrator = migrator.with_options(options);
    migrator.upgrade("heads", &mut Ignore).await?;
    let mut connection = bench.connect().await?;
    let odd = native(&*connection, name);
    ensure_eq!(
        lines(&mut connection, &format!("SELECT id, {odd} FROM {odd}")).await?,
        ["1|2"],
        "the rows of the view"
    );
    if bench.offers(Offer::Introspection) {
        let mut replayed = Replayed::of(&*connection, &make)?;
        replayed.apply(&change)?;
        replayed.compare(bench, &mut connection).await?;
    }
    migrator
        .downgrade("a1", &mut Ignore)
        .await
        .during("the downgrade")?;
    ensure_eq!(
        lines(&mut connection, &format!("SELECT id, {odd}, b FROM {odd}")).await?,
        ["1|2|3"],
        "the rows of the table"
    );
    migrator.downgrade("base", &mut Ignore).await?;
    Ok(())
}

async fn mixed_case_is_kept(bench: &Bench) -> Outcome {
    let sql = "CREATE TABLE \"Mixed\" (ID BIGINT PRIMARY KEY, \"Column\" INTEGER);\n\
               INSERT INTO \"Mixed\" (id, \"Column\") VALUES (1, 2);";
    let migrator = bench.migrator(scripts(&[RevisionFile::new("a1").upgrade(sql)])?)?;
    migrator.upgrade("heads", &mut Ignore).await?;
    let mut connection = bench.connect().await?;
    let [table, column] = ["Mixed", "Column"].map(|name| native(&*connection, name));
    let found = crate::conformance::bench::run(&mut connection, &format!("SELECT * FROM {table}")).await?;
    ensure_eq!(found.columns, ["id", "Column"], "the columns");
    ensure_eq!(
        lines(&mut connection, &format!("SELECT {column} FROM {table}")).await?,
        ["2"],
        "the rows"
    );
    if bench.offers(Offer::Introspection) {
        Replayed::of(&*connection, sql)?
            .compare(bench, &mut connection)
            .await?;
    }
    Ok(())
}

async fn the_version_table_may_have_any_name(bench: &Bench) -> Outcome {
    for name in [
        "alembic_version",
        "My \"Versions\"",
        "order",
        "na\u{ef}ve; -- it's",
    ] {
        let bench = bench.another()?;
        let history = crate::conformance::histories::History::Counting.scripts(bench.driver().name())?;
        let migrator = bench.migrator(history)?;
        let mut options = migrator.options().clone();
        options.tables = HistoryTables::new(name)?;
        let migrator = migrator.with_options(options);
        let up = migrator.upgrade("heads", &mut Ignore).await;
        up.during(format!("a version table called {name}"))?;
        ensure_eq!(migrator.current().await?.len(), 1, "rows of {name}");
        let down = migrator.downgrade("base", &mut Ignore).await;
        down.during(format!("a version table called {name}"))?;
        ensure_eq!(
            migrator.current().await?,
            Vec::<String>::new(),
            "rows of {name} after the downgrade"
        );
    }
    Ok(())
}

async fn a_revision_may_be_called_by_any_id(bench: &Bench) -> Outcome {
    let long = "x".repeat(255);
    let files = [
        ("Rev", "t1"),
        ("rev", "t2"),
        (long.as_str(), "t3"),
        ("a.b_C", "t4"),
    ]
    .map(|(id, table)| {
        RevisionFile::new(id)
            .upgrade(&format!("CREATE TABLE {table} (id BIGINT PRIMARY KEY);"))
            .downgrade(&format!("DROP TABLE {table};"))
    });
    let sources: Vec<(String, String)> = files
        .iter()
        .enumerate()
        .map(|(number, file)| (format!("{number}.sql"), file.text()))
        .collect();
    let source = limbeck_core::script::MemorySource::new(sources);
    let scripts = std::sync::Arc::new(limbeck_core::script::ScriptSet::load(&source)?);
    let migrator = bench.migrator(scripts)?;
    migrator.upgrade("heads", &mut Ignore).await?;
    let mut expected = vec!["Rev".to_owned(), "rev".to_owned(), long, "a.b_C".to_owned()];
    expected.sort();
    ensure_eq!(migrator.current().await?, expected, "the version table");
    migrator
        .downgrade("base", &mut Ignore)
        .await
        .map_err(Failure::from)?;
    Ok(())
}
