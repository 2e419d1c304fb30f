//! ALTER TABLE … DROP COLUMN, which leaves a column in use where it is.

use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::Rendered;
use limbeck_core::dialect::render;
use limbeck_core::schema::Index;
use limbeck_core::schema::IndexKey;
use limbeck_core::schema::Name;
use limbeck_core::schema::Table;

use super::alter::known_table;
use super::feature::Feature;
use super::implied;
use super::mention::mentions;
use super::refusal::needs_rebuild;
use super::refusal::refused;
use super::traits::SQLITE;

/// DROP COLUMN, from 3.35 on. Where the table is not known, SQLite itself refuses.
pub(super) fn drop(
    table: &Name,
    column: &Name,
    context: &RenderContext<'_>,
) -> Result<Rendered, RenderError> {
    if !Feature::DropColumn.is_in(&context.server) {
        return Err(refused(format!(
            "drop the column {column} of the table {table} in version {}",
            context.server
        ))
        .with_hint("use SQLite 3.35 or newer"));
    }
    if let Some(table) = known_table(table, context) {
        allow(table, column)?;
    }
    let action = format!("DROP COLUMN {}", render::quoted(&SQLITE, column));
    Ok(Rendered::statement(render::alter_table(&SQLITE, table, &action)))
}

fn allow(table: &Table, column: &Name) -> Result<(), RenderError> {
    if let Some(index) = table.indexes.iter().find(|index| is_indexed(index, column)) {
        return Err(refused(format!(
            "drop the column {column} of the table {} while the index {} holds it",
            table.name, index.name
        ))
        .with_hint(format!("write DROP INDEX {} before it", index.name)));
    }
    match constraint_on(table, column) {
        Some(user) => Err(needs_rebuild(
            &format!(
                "drop the column {column} of the table {} while {user} uses it",
                table.name
            ),
            "keep the column",
        )),
        None => Ok(()),
    }
}

fn constraint_on(table: &Table, column: &Name) -> Option<String> {
    let primary_key = table
        .primary_key
        .iter()
        .filter(|key| key.columns.contains(column));
    let uniques = table
        .uniques
        .iter()
        .filter(|unique| unique.columns.contains(column));
    let keys = table
        .foreign_keys
        .iter()
        .filter(|key| key.columns.contains(column));
    let own = table
        .column(column)
        .and_then(|column| implied::check(&table.name, column));
    let checks = table.checks.iter().filter(|check| {
        own.as_ref().is_none_or(|own| own.name != check.name) && mentions(&check.expression, column)
    });
    let generated = table.columns.iter().filter(|other| {
        other.name != *column
            && other
                .generated
                .as_ref()
                .is_some_and(|generated| mentions(&generated.expression, column))
    });
    primary_key
        .map(|key| format!("the primary key {}", key.name))
        .chain(uniques.map(|unique| format!("the UNIQUE constraint {}", unique.name)))
        .chain(keys.map(|key| format!("the foreign key {}", key.name)))
        .chain(checks.map(|check| format!("the check {}", check.name)))
        .chain(generated.map(|other| format!("the generated column {}", other.name)))
        .next()
}

fn is_indexed(index: &Index, column: &Name) -> bool {
    index.keys.iter().any(|(key, _)| match key {
        IndexKey::Column(name) => name == column,
        IndexKey::Expression(expression) => mentions(expression, column),
        _ => false,
    }) || index
        .filter
        .as_ref()
        .is_some_and(|filter| mentions(filter, column))
}
