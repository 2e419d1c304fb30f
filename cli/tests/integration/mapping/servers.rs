//! Real servers take what stands on the page.

use limbeck_core::dialect::Version;
use limbeck_testkit::Client;
use limbeck_testkit::ClientDatabase;

use super::engine::Engine;
use super::engine::engines;
use super::engine::is_refused;
use super::examples::COLUMNS;
use super::examples::PARTS;
use super::examples::TYPES;

/// What the examples make.
const MADE: [&str; 6] = [
    "VIEW IF EXISTS big_team",
    "TABLE IF EXISTS member",
    "TABLE IF EXISTS part",
    "TABLE IF EXISTS team",
    "TABLE IF EXISTS crew",
    "TABLE IF EXISTS t",
];

/// All examples, as statements after other statements.
fn examples() -> Vec<(String, String)> {
    let types = TYPES.iter().map(|entry| format!("CREATE TABLE t (c {entry})"));
    let columns = COLUMNS
        .iter()
        .map(|entry| format!("CREATE TABLE t (name VARCHAR(20), c {entry})"));
    let tables = types
        .chain(columns)
        // The type of an extension, which is not there.
        .filter(|table| !table.contains("citext"))
        .map(|table| (String::new(), table));
    let parts = PARTS.iter().flat_map(|part| part.examples);
    let parts = parts.map(|example| (example.before.to_owned(), example.statements.to_owned()));
    tables.chain(parts).collect()
}

fn run(engine: &Engine, version: Version, database: &ClientDatabase) {
    let dialect = engine.dialect;
    let end = |statement: &str| dialect.client_statement(statement) + "\n";
    for (before, statements) in examples() {
        let mut text: String = dialect
            .client_prologue()
            .iter()
            .map(|line| format!("{line}\n"))
            .collect();
        text.extend(dialect.session_settings().iter().map(|setting| end(setting)));
        text.extend(MADE.iter().map(|made| end(&format!("DROP {made}"))));
        let answer = engine.written(version, &before, &statements);
        if is_refused(&answer) {
            continue;
        }
        text.push_str(&engine.written(version, "", &before));
        text.push_str(&format!("\n{answer}\n"));
        let label = engine.label;
        database
            .apply(&text)
            .unwrap_or_else(|error| panic!("{label} as {version}: {statements}\n{error}\n{answer}"));
    }
}

#[test]
fn servers_take_what_stands_on_the_page() {
    for engine in engines() {
        let client = match engine.label {
            "PostgreSQL" => Client::Psql,
            "MySQL" => Client::MySql,
            "MariaDB" => Client::MariaDb,
            // Its own tests run every statement.
            _ => continue,
        };
        if let Some(database) = client.database() {
            run(&engine, engine.floor(), &database);
            run(&engine, database.server_version().parse().unwrap(), &database);
        }
    }
}
