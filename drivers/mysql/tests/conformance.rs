//! MySQL and MariaDB pass the conformance suite.

use std::process::ExitCode;

use limbeck_mysql::MySql;
use limbeck_testkit::Engine;
use limbeck_testkit::Offer;

/// Why the engines cannot tell what was made.
const ONE_THING: &str = "a unique index and a unique constraint are one thing";

/// What the engines cannot do.
const EXCEPTIONS: [(&str, &str); 2] = [
    ("introspection::create_unique_index", ONE_THING),
    ("introspection::drop_index", ONE_THING),
];

fn main() -> ExitCode {
    let suite = limbeck_testkit::conformance(MySql, Engine::MySql)
        .and(Engine::MariaDb)
        .without([Offer::Backup, Offer::DataCheck])
        .setting("SET sql_mode = ''", "SELECT @@sql_mode")
        .setting("SET time_zone = '+09:00'", "SELECT @@time_zone")
        .setting("SET foreign_key_checks = 0", "SELECT @@foreign_key_checks")
        .setting("SET autocommit = 0", "SELECT @@autocommit")
        .setting("USE mysql", "SELECT database()");
    let engines = ["mysql", "mariadb"].into_iter();
    engines
        .flat_map(|engine| EXCEPTIONS.map(|(check, why)| (format!("{engine}::{check}"), why)))
        .fold(suite, |suite, (check, why)| suite.except(check, why))
        .run()
}
