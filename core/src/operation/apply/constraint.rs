//! Constraints.

use super::boolean;
use super::column;
use super::dependents;
use super::foreign_key;
use super::names;
use crate::operation::ApplyError;
use crate::operation::Object;
use crate::operation::find;
use crate::operation::references::columns_of;
use crate::schema::Constraint;
use crate::schema::Expression;
use crate::schema::IndexKey;
use crate::schema::Name;
use crate::schema::PrimaryKey;
use crate::schema::Schema;
use crate::schema::Table;

pub(super) fn add(schema: &mut Schema, table: &Name, constraint: &Constraint) -> Result<(), ApplyError> {
    let mut changed = find::table(schema, table)?.clone();
    place(schema, &mut changed, constraint)?;
    schema.tables.insert(changed.name.clone(), changed);
    Ok(())
}

/// Puts a constraint into a table that is being built or changed.
pub(super) fn place(schema: &Schema, table: &mut Table, constraint: &Constraint) -> Result<(), ApplyError> {
    names::constraint(table, constraint.name(), None)?;
    let object = Object::constraint(&table.name, constraint.name());
    match constraint {
        Constraint::PrimaryKey(key) => place_primary_key(table, &object, key)?,
        Constraint::Unique(unique) => {
            names::listed_columns(table, &object, &unique.columns)?;
            table.uniques.push(unique.clone());
        }
        Constraint::ForeignKey(key) => {
            names::listed_columns(table, &object, &key.columns)?;
            let key = foreign_key::complete(schema, table, key)?;
            table.foreign_keys.push(key);
        }
        Constraint::Check(check) => {
            check_reads(table, &check.expression)?;
            table.checks.push(check.clone());
        }
    }
    Ok(())
}

fn place_primary_key(table: &mut Table, object: &Object, key: &PrimaryKey) -> Result<(), ApplyError> {
    names::listed_columns(table, object, &key.columns)?;
    if let Some(present) = &table.primary_key {
        return Err(ApplyError::SecondPrimaryKey {
            table: table.name.clone(),
            constraint: present.name.clone(),
        });
    }
    for column in &mut table.columns {
        if key.columns.contains(&column.name) {
            column.nullable = false;
        }
    }
    table.primary_key = Some(key.clone());
    Ok(())
}

/// That an expression of a table reads columns of this table, and compares no truth value with a number.
pub(super) fn check_reads(table: &Table, expression: &Expression) -> Result<(), ApplyError> {
    for read in columns_of(expression) {
        find::column(table, &read)?;
    }
    boolean::comparisons_in(table, expression)
}

/// The same of every expression of a table, a type of which has changed.
pub(super) fn check_expressions(table: &Table) -> Result<(), ApplyError> {
    let checks = table.checks.iter().map(|check| &check.expression);
    let generated = table
        .columns
        .iter()
        .filter_map(|column| column.generated.as_ref());
    let filters = table.indexes.iter().filter_map(|index| index.filter.as_ref());
    let keys = table.indexes.iter().flat_map(|index| &index.keys);
    let key_expressions = keys.filter_map(|(key, _)| match key {
        IndexKey::Expression(expression) => Some(expression),
        IndexKey::Column(_) => None,
    });
    checks
        .chain(generated.map(|generated| &generated.expression))
        .chain(filters)
        .chain(key_expressions)
        .try_for_each(|expression| check_reads(table, expression))
}

pub(super) fn drop(schema: &mut Schema, table: &Name, name: &Name) -> Result<(), ApplyError> {
    let mut changed = find::table(schema, table)?.clone();
    find::constraint(&changed, name)?;
    if changed.primary_key.as_ref().is_some_and(|key| key.name == *name) {
        changed.primary_key = None;
    }
    changed.uniques.retain(|unique| unique.name != *name);
    changed.foreign_keys.retain(|key| key.name != *name);
    changed.checks.retain(|check| check.name != *name);
    for column in &changed.columns {
        column::check(&changed, column)?;
    }
    let object = Object::constraint(table, name);
    dependents::refuse(object, foreign_key::without_key(schema, &changed))?;
    schema.tables.insert(changed.name.clone(), changed);
    Ok(())
}

pub(super) fn rename(schema: &mut Schema, table: &Name, from: &Name, to: &Name) -> Result<(), ApplyError> {
    let table = find::table_mut(schema, table)?;
    find::constraint(table, from)?;
    names::constraint(table, to, Some(from))?;
    let keys = table.primary_key.iter_mut().map(|key| &mut key.name);
    let uniques = table.uniques.iter_mut().map(|unique| &mut unique.name);
    let foreign_keys = table.foreign_keys.iter_mut().map(|key| &mut key.name);
    let checks = table.checks.iter_mut().map(|check| &mut check.name);
    for name in keys.chain(uniques).chain(foreign_keys).chain(checks) {
        if name == from {
            *name = to.clone();
        }
    }
    Ok(())
}
