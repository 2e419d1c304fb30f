//! The whole history of the registry, up and down, as each engine would get it.

use std::fmt::Write;

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::Version;
use limbeck_core::graph::Ahead;
use limbeck_core::graph::Direction;
use limbeck_core::graph::Rows;
use limbeck_core::operation::Operation;
use limbeck_core::operation::Operations;
use limbeck_core::operation::PortableOptions;
use limbeck_core::operation::parse_statement;
use limbeck_core::schema::Schema;
use limbeck_core::script::Audience;
use limbeck_core::script::Script;
use limbeck_core::script::ScriptSet;
use limbeck_core::script::SourceKind;
use limbeck_core::sql::LexicalRules;
use limbeck_mysql::MARIADB;
use limbeck_mysql::MYSQL;
use limbeck_mysql::MySqlDialect;

use super::support::*;

/// The statements of the history in one direction after the other.
fn history(dialect: &MySqlDialect, server: Version) -> String {
    let set = ScriptSet::load(&limbeck_registry::scripts()).unwrap();
    let plan = set
        .graph()
        .plan_upgrade(&Rows::default(), "heads", Ahead::Refuse)
        .unwrap();
    let mut schema = Schema::new();
    let mut text = String::new();
    let upgrade = plan.steps.iter().map(|step| (step, Direction::Upgrade));
    let downgrade = plan.steps.iter().rev().map(|step| (step, Direction::Downgrade));
    for (step, direction) in upgrade.chain(downgrade) {
        let script = set.script(&step.revision).unwrap();
        writeln!(text, "-- {} {direction}", step.revision).unwrap();
        for statement in statements(script, direction, dialect, server, &mut schema) {
            writeln!(text, "{statement};").unwrap();
        }
    }
    assert!(schema.tables.is_empty());
    text
}

fn statements(
    script: &Script,
    direction: Direction,
    dialect: &MySqlDialect,
    server: Version,
    schema: &mut Schema,
) -> Vec<String> {
    let mut written = Vec::new();
    let mut portable = |operations: &[Operation]| {
        let rendering = rendering(dialect, server, schema, operations)
            .unwrap_or_else(|error| panic!("{}: {error}", script.file().name()));
        for operation in operations {
            schema.apply(operation).unwrap();
        }
        let statements = rendering.statements.into_iter();
        statements.map(|statement| statement.sql).collect::<Vec<_>>()
    };
    if script.is_rust() {
        written.extend(portable(&from_code(script, direction)));
    }
    for section in script.sections_of(direction) {
        if !section.audience.runs_on("mysql", dialect.name()) {
            continue;
        }
        if section.audience.is_native() {
            let sources = section
                .statements(script.file(), dialect.lexical_rules())
                .unwrap();
            let sources = sources
                .iter()
                .map(|source| source.span.slice(script.file().text()));
            written.extend(sources.map(str::to_owned));
        } else if matches!(section.audience, Audience::Portable { .. }) {
            let sources = section
                .statements(script.file(), &LexicalRules::STANDARD)
                .unwrap();
            let operations = sources.iter().filter(|source| source.kind == SourceKind::Sql);
            let operations = operations.flat_map(|source| {
                parse_statement(script.file().text(), source.span, &PortableOptions::default()).unwrap()
            });
            written.extend(portable(&operations.collect::<Vec<_>>()));
        }
    }
    written
}

fn from_code(script: &Script, direction: Direction) -> Vec<Operation> {
    let mut operations = Operations::default();
    let migrations = limbeck_registry::migrations();
    let migration = migrations
        .iter()
        .find(|migration| migration.revision() == script.node().id.as_str())
        .unwrap();
    match direction {
        Direction::Upgrade => migration.upgrade(&mut operations).unwrap(),
        Direction::Downgrade => migration.downgrade(&mut operations).unwrap(),
    }
    operations.into_operations()
}

#[test]
fn mysql() {
    insta::assert_snapshot!(history(&MYSQL, MYSQL_FLOOR));
}

#[test]
fn mariadb() {
    insta::assert_snapshot!(history(&MARIADB, MARIADB_FLOOR));
}

#[test]
fn newer_servers_get_the_same_but_for_uuids() {
    assert_eq!(
        history(&MYSQL, MYSQL_FLOOR),
        history(&MYSQL, Version::new(9, 7, 0))
    );
    let oldest = history(&MARIADB, MARIADB_FLOOR);
    let newest = history(&MARIADB, Version::new(11, 8, 0));
    assert_eq!(
        oldest.replace("CHAR(36) CHARACTER SET ascii COLLATE ascii_bin", "UUID"),
        newest
    );
}
