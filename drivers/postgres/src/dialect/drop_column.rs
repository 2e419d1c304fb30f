//! DROP COLUMN, which takes indexes and constraints along in silence, also those over other columns.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::Guard;
use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::Rendered;
use limbeck_core::dialect::render;
use limbeck_core::schema::Index;
use limbeck_core::schema::IndexKey;
use limbeck_core::schema::Name;
use limbeck_core::schema::Schema;
use limbeck_core::schema::Table;

use super::implied;
use super::mention;
use super::mention::mentions;
use super::refusal::refused;
use super::traits::POSTGRES;

/// DROP COLUMN. Where the table is not known, the catalogue is asked what uses the column.
pub(super) fn drop(
    table: &Name,
    column: &Name,
    context: &RenderContext<'_>,
) -> Result<Rendered, RenderError> {
    let action = format!("DROP COLUMN {}", render::quoted(&POSTGRES, column));
    let dropped = Rendered::statement(render::alter_table(&POSTGRES, table, &action));
    let known = context
        .schema
        .and_then(|schema| Some((schema, schema.table(table)?)));
    let Some((schema, known)) = known else {
        return Ok(dropped.with_guard(unused(table, column)));
    };
    match user(schema, known, column) {
        None => Ok(dropped),
        Some(User { what, first }) => Err(refused(format!(
            "drop the column {column} of the table {table} while {what} uses it"
        ))
        .with_hint(format!("write {first} before it"))),
    }
}

/// What uses a column, and the statement that has to come first.
struct User {
    what: String,
    first: String,
}

impl User {
    fn constraint(kind: &str, table: &Name, name: &Name) -> Self {
        Self {
            what: format!("the {kind} {name}"),
            first: format!("ALTER TABLE {table} DROP CONSTRAINT {name}"),
        }
    }
}

fn user(schema: &Schema, table: &Table, column: &Name) -> Option<User> {
    index_on(table, column)
        .or_else(|| key_on(table, column))
        .or_else(|| expression_on(table, column))
        .or_else(|| reference_to(schema, table, column))
}

fn index_on(table: &Table, column: &Name) -> Option<User> {
    let index = table.indexes.iter().find(|index| holds(index, column))?;
    Some(User {
        what: format!("the index {}", index.name),
        first: format!("DROP INDEX {}", index.name),
    })
}

fn holds(index: &Index, column: &Name) -> bool {
    let in_keys = index.keys.iter().any(|(key, _)| match key {
        IndexKey::Column(name) => name == column,
        IndexKey::Expression(expression) => mentions(expression, column),
        _ => false,
    });
    in_keys
        || index
            .filter
            .as_ref()
            .is_some_and(|filter| mentions(filter, column))
}

fn key_on(table: &Table, column: &Name) -> Option<User> {
    let primary = table
        .primary_key
        .iter()
        .map(|key| ("primary key", &key.name, &key.columns));
    let uniques = table
        .uniques
        .iter()
        .map(|unique| ("UNIQUE constraint", &unique.name, &unique.columns));
    let foreign = table
        .foreign_keys
        .iter()
        .map(|key| ("foreign key", &key.name, &key.columns));
    primary
        .chain(uniques)
        .chain(foreign)
        .find(|(_, _, columns)| columns.contains(column))
        .map(|(kind, name, _)| User::constraint(kind, &table.name, name))
}

fn expression_on(table: &Table, column: &Name) -> Option<User> {
    let own = implied::check_name(&table.name, column);
    let check = table
        .checks
        .iter()
        .find(|check| check.name != own && mentions(&check.expression, column));
    if let Some(check) = check {
        return Some(User::constraint("check", &table.name, &check.name));
    }
    let computed = mention::computed_from(table, column)?;
    Some(User {
        what: format!("the generated column {}", computed.name),
        first: format!("ALTER TABLE {} DROP COLUMN {}", table.name, computed.name),
    })
}

fn reference_to(schema: &Schema, table: &Table, column: &Name) -> Option<User> {
    schema.tables.values().find_map(|other| {
        let key = other
            .foreign_keys
            .iter()
            .find(|key| key.referenced_table == table.name && key.referenced_columns.contains(column))?;
        Some(User {
            what: format!("the foreign key {} of the table {}", key.name, other.name),
            first: format!("ALTER TABLE {} DROP CONSTRAINT {}", other.name, key.name),
        })
    })
}

/// What PostgreSQL itself refuses to leave behind, such as a view, is left to it. NOT NULL is a constraint from 18 on.
fn unused(table: &Name, column: &Name) -> Guard {
    let relation = POSTGRES.string_literal(&render::quoted(&POSTGRES, table));
    let name = POSTGRES.string_literal(column.as_str());
    let own = POSTGRES.string_literal(implied::check_name(table, column).as_str());
    Guard::new(
        format!(
            "SELECT DISTINCT pg_describe_object(d.classid, d.objid, d.objsubid) FROM pg_depend AS d \
             JOIN pg_attribute AS a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid \
             LEFT JOIN pg_constraint AS c ON d.classid = 'pg_constraint'::regclass AND c.oid = d.objid \
             LEFT JOIN pg_class AS i ON d.classid = 'pg_class'::regclass AND i.oid = d.objid AND i.relkind = 'i' \
             WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = {relation}::regclass AND a.attname = {name} \
             AND (i.oid IS NOT NULL OR (c.contype <> 'n' AND c.conname <> {own}))"
        ),
        format!("the column {column} of {table} can't be dropped while it is used, by"),
    )
}
