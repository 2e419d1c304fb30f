//! New names for tables and columns, everywhere.

use super::names;
use super::readings;
use super::taken::TakenNames;
use crate::operation::ApplyError;
use crate::operation::Object;
use crate::operation::find;
use crate::operation::references::Referent;
use crate::operation::references::rename_column_in;
use crate::operation::references::rename_table_in;
use crate::schema::Expression;
use crate::schema::IndexKey;
use crate::schema::Name;
use crate::schema::Piece;
use crate::schema::Schema;
use crate::schema::Table;

pub(super) fn table(
    schema: &mut Schema,
    taken: &dyn TakenNames,
    from: &Name,
    to: &Name,
) -> Result<(), ApplyError> {
    find::table(schema, from)?;
    names::relation(schema, taken, &Object::Table(to.clone()), Some(from))?;
    let mut changed = schema.clone();
    if let Some(mut table) = changed.tables.remove(from) {
        table.name = to.clone();
        for_expressions(&mut table, |expression| rename_table_in(expression, from, to));
        changed.tables.insert(to.clone(), table);
    }
    for key in changed
        .tables
        .values_mut()
        .flat_map(|table| &mut table.foreign_keys)
    {
        replace(&mut key.referenced_table, from, to);
    }
    rename_in_views(schema, &mut changed, to, |referent| match referent {
        Referent::Relation(relation) => replace(relation, from, to),
        Referent::Column { relation, .. } => {
            replace(relation, from, to);
            false
        }
    })?;
    *schema = changed;
    Ok(())
}

pub(super) fn column(schema: &mut Schema, table: &Name, from: &Name, to: &Name) -> Result<(), ApplyError> {
    let owner = find::table(schema, table)?;
    find::column(owner, from)?;
    names::column(owner, to, Some(from))?;
    let mut changed = schema.clone();
    rename_in_table(find::table_mut(&mut changed, table)?, from, to);
    for key in changed
        .tables
        .values_mut()
        .flat_map(|table| &mut table.foreign_keys)
    {
        if key.referenced_table == *table {
            replace_all(&mut key.referenced_columns, from, to);
        }
    }
    rename_in_views(schema, &mut changed, to, |referent| match referent {
        Referent::Column { relation, column } if relation == table => replace(column, from, to),
        _ => false,
    })?;
    *schema = changed;
    Ok(())
}

fn rename_in_table(table: &mut Table, from: &Name, to: &Name) {
    for column in &mut table.columns {
        replace(&mut column.name, from, to);
    }
    let keys = table.primary_key.iter_mut().map(|key| &mut key.columns);
    let uniques = table.uniques.iter_mut().map(|unique| &mut unique.columns);
    let foreign_keys = table.foreign_keys.iter_mut().map(|key| &mut key.columns);
    for columns in keys.chain(uniques).chain(foreign_keys) {
        replace_all(columns, from, to);
    }
    for (key, _) in table.indexes.iter_mut().flat_map(|index| &mut index.keys) {
        if let IndexKey::Column(column) = key {
            replace(column, from, to);
        }
    }
    for_expressions(table, |expression| rename_column_in(expression, from, to));
}

/// Visits every expression of a table that can speak of its columns.
fn for_expressions(table: &mut Table, mut visit: impl FnMut(&mut Expression)) {
    for generated in table
        .columns
        .iter_mut()
        .filter_map(|column| column.generated.as_mut())
    {
        visit(&mut generated.expression);
    }
    for check in &mut table.checks {
        visit(&mut check.expression);
    }
    for index in &mut table.indexes {
        for (key, _) in &mut index.keys {
            if let IndexKey::Expression(expression) = key {
                visit(expression);
            }
        }
        if let Some(filter) = &mut index.filter {
            visit(filter);
        }
    }
}

/// Writes the new name into every view, and proves that the views still read what they read before. `rename` gives a
/// referent its new name and says whether the token that stands for it must change.
fn rename_in_views(
    before: &Schema,
    after: &mut Schema,
    to: &Name,
    rename: impl Fn(&mut Referent) -> bool,
) -> Result<(), ApplyError> {
    let mut readings = readings::of_views(before)?;
    for reading in &mut readings {
        let Some(Expression::Portable(run)) = after.views.get_mut(&reading.view).map(|view| &mut view.query)
        else {
            continue;
        };
        for (index, several) in &mut reading.referents {
            let mut touched = false;
            for referent in several.iter_mut() {
                touched |= rename(referent);
            }
            if let (true, Some(Piece::Name(token))) = (touched, run.0.get_mut(*index)) {
                *token = to.clone();
            }
        }
    }
    readings::prove(&readings, after, to)
}

fn replace(name: &mut Name, from: &Name, to: &Name) -> bool {
    let same = name == from;
    if same {
        *name = to.clone();
    }
    same
}

fn replace_all(names: &mut [Name], from: &Name, to: &Name) {
    for name in names {
        replace(name, from, to);
    }
}
