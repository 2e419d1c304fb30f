//! The whole history as each engine would get it, up and down.

use std::fmt::Write;
use std::sync::Arc;

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::Version;
use limbeck_core::driver::Driver;
use limbeck_core::engine::CompiledStep;
use limbeck_core::engine::Message;
use limbeck_core::engine::Offline;
use limbeck_core::graph::Direction;
use limbeck_mysql::MARIADB;
use limbeck_mysql::MYSQL;
use limbeck_mysql::MySql;
use limbeck_postgres::POSTGRES;
use limbeck_postgres::Postgres;
use limbeck_sqlite::SQLITE;
use limbeck_sqlite::Sqlite;
use limbeck_testkit::OperationsOnly;

use crate::graph::registry;

fn history(driver: impl Driver, dialect: &'static dyn Dialect, server: Version) -> String {
    let offline = Offline::new(Arc::new(driver), dialect, Arc::new(registry())).with_server(server);
    let offline = limbeck_registry::migrations()
        .into_iter()
        .fold(offline, |offline, code| {
            offline.with_migration(Arc::new(OperationsOnly(code)))
        });
    let mut text = String::new();
    for (direction, from, to) in [
        (Direction::Upgrade, [].as_slice(), "heads"),
        (Direction::Downgrade, &["heads"], "base"),
    ] {
        let plan = offline.plan(direction, from, to).unwrap();
        plan.steps.iter().for_each(|step| show(step, &mut text));
    }
    text
}

fn show(step: &CompiledStep, text: &mut String) {
    writeln!(text, "-- {} {}", step.revision, step.direction).unwrap();
    let before = step.before.iter().map(|sql| Message::Statement(sql));
    let sent = step
        .statements
        .iter()
        .flat_map(|statement| statement.action.messages());
    for message in before.chain(sent) {
        match message {
            Message::Guard(guard) => writeln!(text, "-- asks: {}\n-- else: {} …", guard.query, guard.refusal),
            Message::Assertion(sql) => writeln!(text, "-- must find nothing:\n{sql};"),
            other => writeln!(text, "{};", other.sql()),
        }
        .unwrap();
    }
}

#[test]
fn on_sqlite() {
    insta::assert_snapshot!("sqlite", history(Sqlite, &SQLITE, Version::new(3, 35, 0)));
}

#[test]
fn on_postgres() {
    insta::assert_snapshot!("postgres", history(Postgres, &POSTGRES, Version::new(18, 0, 0)));
}

#[test]
fn on_mysql() {
    insta::assert_snapshot!("mysql", history(MySql, &MYSQL, Version::new(9, 7, 0)));
}

#[test]
fn on_mariadb() {
    insta::assert_snapshot!("mariadb", history(MySql, &MARIADB, Version::new(11, 8, 0)));
}
