//! ALTER TABLE … DROP COLUMN, which leaves a column in use where it is.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::Rendered;
use limbeck_core::dialect::render;
use limbeck_core::operation::ApplyError;
use limbeck_core::operation::Object;
use limbeck_core::operation::Operation;
use limbeck_core::schema::Index;
use limbeck_core::schema::IndexKey;
use limbeck_core::schema::Name;
use limbeck_core::schema::Schema;
use limbeck_core::schema::Table;

use super::feature::Feature;
use super::implied;
use super::lookup;
use super::mention::mentions;
use super::refusal::refused;
use super::traits::SQLITE;
use super::trigger;

/// DROP COLUMN, from 3.35 on. None when only a rebuild does it.
///
/// # Errors
/// Something needs the column: the error names it and says what to write first.
pub(super) fn native(
    table: &Table,
    column: &Name,
    schema: Option<&Schema>,
    context: &RenderContext<'_>,
) -> Result<Option<Rendered>, RenderError> {
    lookup::column(table, column)?;
    allow(table, column, trigger::of_table(table), schema)?;
    if !Feature::DropColumn.is_in(&context.server) {
        return Ok(None);
    }
    let action = format!("DROP COLUMN {}", render::quoted(&SQLITE, column));
    Ok(Some(Rendered::statement(render::alter_table(
        &SQLITE,
        &table.name,
        &action,
    ))))
}

/// Refuses to drop a column that something of the table uses, or a trigger, of which `own` has those of the table, or a
/// view as far as the schema knows them: that no other does SQLite makes sure of.
pub(super) fn allow(
    table: &Table,
    column: &Name,
    own: &[String],
    schema: Option<&Schema>,
) -> Result<(), RenderError> {
    let user = table
        .indexes
        .iter()
        .find(|index| is_indexed(index, column))
        .map(|index| {
            (
                format!("the index {}", index.name),
                format!("write DROP INDEX {} before it", index.name),
            )
        });
    let trigger = || {
        let name = trigger::that_needs(column, &table.name, own, schema)?;
        let quoted = SQLITE.quote_identifier(&name);
        let first =
            format!("write DROP TRIGGER {quoted} in a native section (-- limbeck:upgrade sqlite) before it");
        Some((format!("the trigger {name}"), first))
    };
    let view = || {
        let name = view_of(table, column, schema)?;
        let first =
            format!("write DROP VIEW {name} before it, and CREATE VIEW, as it is then to be, after it");
        Some((format!("the view {name}"), first))
    };
    let user = user.or_else(|| constraint_on(table, column));
    match user.or_else(trigger).or_else(view) {
        Some((user, first)) => Err(refused(format!(
            "drop the column {column} of the table {} while {user} uses it",
            table.name
        ))
        .with_hint(first)),
        None => Ok(()),
    }
}

/// A view that reads a column.
fn view_of(table: &Table, column: &Name, schema: Option<&Schema>) -> Option<Name> {
    let mut schema = schema.filter(|schema| !schema.views.is_empty())?.clone();
    let drop = Operation::DropColumn {
        table: table.name.clone(),
        column: column.clone(),
    };
    match schema.apply(&drop) {
        Err(ApplyError::InUse { users, .. }) => users.into_iter().find_map(|user| match user {
            Object::View(name) => Some(name),
            _ => None,
        }),
        _ => None,
    }
}

/// What of the table uses a column, and what to write first.
fn constraint_on(table: &Table, column: &Name) -> Option<(String, String)> {
    let primary_key = table
        .primary_key
        .iter()
        .filter(|key| key.columns.contains(column))
        .map(|key| ("the primary key", &key.name));
    let uniques = table
        .uniques
        .iter()
        .filter(|unique| unique.columns.contains(column))
        .map(|unique| ("the UNIQUE constraint", &unique.name));
    let keys = table
        .foreign_keys
        .iter()
        .filter(|key| key.columns.contains(column))
        .map(|key| ("the foreign key", &key.name));
    let own = table
        .column(column)
        .and_then(|column| implied::check(&table.name, column));
    let checks = table
        .checks
        .iter()
        .filter(|check| {
            own.as_ref().is_none_or(|own| own.name != check.name) && mentions(&check.expression, column)
        })
        .map(|check| ("the check", &check.name));
    let mut constraints = primary_key.chain(uniques).chain(keys).chain(checks);
    let alter = format!("write ALTER TABLE {}", table.name);
    if let Some((kind, name)) = constraints.next() {
        return Some((
            format!("{kind} {name}"),
            format!("{alter} DROP CONSTRAINT {name} before it"),
        ));
    }
    let mut generated = table.columns.iter().filter(|other| {
        other.name != *column
            && other
                .generated
                .as_ref()
                .is_some_and(|generated| mentions(&generated.expression, column))
    });
    generated.next().map(|other| {
        (
            format!("the generated column {}", other.name),
            format!("{alter} DROP COLUMN {} before it", other.name),
        )
    })
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
