//! Short ways from portable SQL to the statements of both engines.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::Rendering;
use limbeck_core::dialect::Version;
use limbeck_core::operation::Operation;
use limbeck_core::operation::Operations;
use limbeck_core::schema::Name;
use limbeck_core::schema::Schema;
use limbeck_mysql::MARIADB;
use limbeck_mysql::MYSQL;
use limbeck_mysql::MySqlDialect;

/// The oldest MySQL whose collations compare byte by byte.
pub(super) const MYSQL_FLOOR: Version = Version::new(8, 0, 17);

/// The oldest MariaDB that renames columns.
pub(super) const MARIADB_FLOOR: Version = Version::new(10, 5, 2);

pub(super) fn parse(text: &str) -> Vec<Operation> {
    let mut operations = Operations::default();
    operations
        .execute(text)
        .unwrap_or_else(|error| panic!("{error}: {text}"));
    operations.into_operations()
}

/// The schema that these statements make.
pub(super) fn schema(text: &str) -> Schema {
    let mut schema = Schema::new();
    for operation in parse(text) {
        schema.apply(&operation).unwrap_or_else(|error| panic!("{error}"));
    }
    schema
}

/// Renders portable SQL in a schema.
pub(super) fn rendering(
    dialect: &MySqlDialect,
    server: Version,
    schema: &Schema,
    operations: &[Operation],
) -> Result<Rendering, RenderError> {
    dialect.render(operations, &RenderContext::new(server).with_schema(schema))
}

/// The statements of a rendering as one text.
pub(super) fn text(rendering: &Rendering) -> String {
    let statements: Vec<_> = rendering
        .statements
        .iter()
        .map(|statement| statement.sql.as_str())
        .collect();
    statements.join(";\n")
}

/// What both engines get for these statements, after the first ones have made a schema; once when it is the same.
pub(super) fn both(before: &str, statements: &str) -> String {
    let schema = schema(before);
    let operations = parse(statements);
    both_of(&schema, &operations)
}

/// What both engines get for these operations.
pub(super) fn both_of(schema: &Schema, operations: &[Operation]) -> String {
    let mysql = written(&MYSQL, MYSQL_FLOOR, schema, operations);
    let mariadb = written(&MARIADB, MARIADB_FLOOR, schema, operations);
    if mysql == mariadb {
        mysql
    } else {
        format!("-- mysql\n{mysql}\n-- mariadb\n{mariadb}")
    }
}

/// The statements, or why there are none.
pub(super) fn written(
    dialect: &MySqlDialect,
    server: Version,
    schema: &Schema,
    operations: &[Operation],
) -> String {
    match rendering(dialect, server, schema, operations) {
        Ok(rendering) => {
            let notes = rendering
                .notes
                .iter()
                .map(|note| format!("\nnote: {}", note.message));
            text(&rendering) + &notes.collect::<String>()
        }
        Err(error) => match error.hint() {
            Some(hint) => format!("{error}\nhint: {hint}"),
            None => error.to_string(),
        },
    }
}

/// What MySQL of this version gets.
pub(super) fn mysql(version: (u32, u32, u32), before: &str, statements: &str) -> String {
    let version = Version::new(version.0, version.1, version.2);
    written(&MYSQL, version, &schema(before), &parse(statements))
}

/// What MariaDB of this version gets.
pub(super) fn mariadb(version: (u32, u32, u32), before: &str, statements: &str) -> String {
    let version = Version::new(version.0, version.1, version.2);
    written(&MARIADB, version, &schema(before), &parse(statements))
}

pub(super) fn name(text: &str) -> Name {
    Name::exact(text).unwrap()
}
