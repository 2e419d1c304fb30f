//! A new type in place of an old one, below the columns that have it.

use limbeck_core::catalogue::Alteration;
use limbeck_core::catalogue::Change;
use limbeck_core::catalogue::Disturbed;
use limbeck_core::catalogue::Kind;
use limbeck_core::catalogue::Object;

use super::noted;
use crate::catalogue::attribute;
use crate::catalogue::entry::quoted;

/// The longest name of a type that is on its way out, so that it is not cut.
const LONGEST: usize = 50;

/// The tables that stay.
fn tables<'a>(change: &Change<'a>) -> impl Iterator<Item = &'a Object> {
    let after = change.after;
    let tables = change.before.objects();
    tables.filter(move |object| object.id.kind == Kind::Table && after.contains(&object.id))
}

/// Whether a table that stays has a column of a type, or of one made from it.
pub(super) fn is_used(change: &Change<'_>) -> bool {
    tables(change).any(|table| table.needs.iter().any(|need| need.object == change.from.id))
}

/// The old type steps aside, columns become what their values are as text in the new one, and the old type goes. Whatever
/// else uses the type, or a column of it, is away meanwhile.
pub(super) fn replace(change: &Change<'_>) -> Alteration {
    let (from, to) = (change.from, change.to);
    if !is_used(change) {
        return Alteration::Anew;
    }
    let (sql, schema, name) = (noted(from, "sql"), noted(from, "schema"), noted(from, "name"));
    let end = (0..=LONGEST).rev().find(|end| name.is_char_boundary(*end));
    let short = name.get(..end.unwrap_or_default()).unwrap_or(name);
    let aside = quoted(&format!("{short}_replaced"));
    let mut statements = vec![format!("ALTER TYPE {sql} RENAME TO {aside}")];
    statements.extend(to.create.iter().cloned());
    for table in tables(change) {
        let actions = actions(table, change, sql);
        if !actions.is_empty() {
            let table = noted(table, attribute::TABLE);
            statements.push(format!("ALTER TABLE {table} {}", actions.join(", ")));
        }
    }
    statements.push(format!("DROP TYPE {schema}.{aside}"));
    statements.extend(to.settings.values().flat_map(|setting| setting.set.clone()));
    Alteration::InPlace {
        statements,
        disturbed: Disturbed::Everything,
        losses: Vec::new(),
    }
}

/// What is done to the columns of a table that have the type.
fn actions(table: &Object, change: &Change<'_>, sql: &str) -> Vec<String> {
    let mut actions = Vec::new();
    let after = change.after.get(&table.id);
    for column in &table.columns {
        let data_type = column.attributes.get(attribute::column::TYPE);
        let Some(data_type) = data_type.filter(|text| text.strip_suffix("[]").unwrap_or(text) == sql) else {
            continue;
        };
        let wanted = after.and_then(|after| after.column(&column.name));
        let default = |text: &limbeck_core::catalogue::ColumnText| {
            text.attributes.get(attribute::column::DEFAULT).cloned()
        };
        let alter = format!("ALTER COLUMN {}", quoted(&column.name));
        let name = quoted(&column.name);
        if default(column).is_some() {
            actions.push(format!("{alter} DROP DEFAULT"));
        }
        actions.push(format!(
            "{alter} TYPE {data_type} USING {name}::text::{data_type}"
        ));
        let is_typed_so = |text: &&limbeck_core::catalogue::ColumnText| {
            text.attributes.get(attribute::column::TYPE) == Some(data_type)
        };
        if default(column).is_some()
            && let Some(default) = wanted.filter(is_typed_so).and_then(default)
        {
            actions.push(format!("{alter} SET DEFAULT {default}"));
        }
    }
    actions
}
