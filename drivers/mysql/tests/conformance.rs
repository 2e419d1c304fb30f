//! MySQL and MariaDB pass the conformance suite.

use std::process::ExitCode;

use limbeck_mysql::MySql;
use limbeck_testkit::Engine;
use limbeck_testkit::Offer;

fn main() -> ExitCode {
    limbeck_testkit::conformance(MySql, Engine::MySql)
        .and(Engine::MariaDb)
        .without([Offer::DataCheck])
        .setting("SET sql_mode = ''", "SELECT @@sql_mode")
        .setting("SET time_zone = '+09:00'", "SELECT @@time_zone")
        .setting("SET foreign_key_checks = 0", "SELECT @@foreign_key_checks")
        .setting("SET autocommit = 0", "SELECT @@autocommit")
        .setting("USE mysql", "SELECT database()")
        .run()
}
