//! Indexes.

use super::constraint;
use super::dependents;
use super::foreign_key;
use super::names;
use super::taken::TakenNames;
use crate::operation::ApplyError;
use crate::operation::Object;
use crate::operation::find;
use crate::schema::Expression;
use crate::schema::Index;
use crate::schema::IndexKey;
use crate::schema::Name;
use crate::schema::Schema;
use crate::schema::Table;

pub(super) fn create(
    schema: &mut Schema,
    taken: &dyn TakenNames,
    table: &Name,
    index: &Index,
) -> Result<(), ApplyError> {
    let mut changed = find::table(schema, table)?.clone();
    place(schema, taken, &mut changed, index)?;
    schema.tables.insert(changed.name.clone(), changed);
    Ok(())
}

/// Puts an index into a table that is being built or changed.
pub(super) fn place(
    schema: &Schema,
    taken: &dyn TakenNames,
    table: &mut Table,
    index: &Index,
) -> Result<(), ApplyError> {
    let object = Object::Index(index.name.clone());
    names::relation(schema, taken, &object, None)?;
    if index.keys.is_empty() {
        return Err(ApplyError::NoColumns { object });
    }
    let mut columns = Vec::new();
    let mut expressions: Vec<&Expression> = index.filter.iter().collect();
    for (key, _) in &index.keys {
        match key {
            IndexKey::Column(column) => columns.push(column.clone()),
            IndexKey::Expression(expression) => expressions.push(expression),
        }
    }
    if !columns.is_empty() {
        names::listed_columns(table, &object, &columns)?;
    }
    for expression in expressions {
        constraint::check_reads(table, expression)?;
    }
    table.indexes.push(index.clone());
    Ok(())
}

pub(super) fn drop(schema: &mut Schema, name: &Name) -> Result<(), ApplyError> {
    let (table, _) = find::index(schema, name)?;
    let mut changed = table.clone();
    changed.indexes.retain(|index| index.name != *name);
    dependents::refuse(
        Object::Index(name.clone()),
        foreign_key::without_key(schema, &changed),
    )?;
    schema.tables.insert(changed.name.clone(), changed);
    Ok(())
}
