//! Columns.

use super::boolean;
use super::constraint;
use super::dependents;
use super::dependents::NativeText;
use super::foreign_key;
use super::names;
use super::readings;
use crate::operation::ApplyError;
use crate::operation::ColumnChange;
use crate::operation::ColumnFault;
use crate::operation::Object;
use crate::operation::find;
use crate::operation::references::columns_of;
use crate::schema::Column;
use crate::schema::Constraint;
use crate::schema::DataType;
use crate::schema::Name;
use crate::schema::Schema;
use crate::schema::Table;

pub(super) fn add(
    schema: &mut Schema,
    table: &Name,
    column: &Column,
    constraints: &[Constraint],
) -> Result<(), ApplyError> {
    let mut changed = find::table(schema, table)?.clone();
    names::column(&changed, &column.name, None)?;
    changed.columns.push(column.clone());
    for part in constraints {
        constraint::place(schema, &mut changed, part)?;
    }
    check(&changed, find::column(&changed, &column.name)?)?;
    let readings = readings::of_views(schema)?;
    let before = schema.tables.insert(table.clone(), changed);
    let proof = readings::prove(&readings, schema, &column.name);
    if let (Err(_), Some(before)) = (&proof, before) {
        schema.tables.insert(table.clone(), before);
    }
    proof
}

pub(super) fn drop(schema: &mut Schema, table: &Name, name: &Name) -> Result<(), ApplyError> {
    let owner = find::table(schema, table)?;
    find::column(owner, name)?;
    let object = Object::column(table, name);
    dependents::refuse(
        object,
        dependents::of_column(schema, owner, name, NativeText::Unread),
    )?;
    if owner.columns.len() == 1 {
        return Err(ApplyError::NoColumns {
            object: Object::Table(table.clone()),
        });
    }
    find::table_mut(schema, table)?
        .columns
        .retain(|column| column.name != *name);
    Ok(())
}

pub(super) fn alter(
    schema: &mut Schema,
    table: &Name,
    name: &Name,
    change: &ColumnChange,
) -> Result<(), ApplyError> {
    let mut changed = find::table(schema, table)?.clone();
    change.apply_to(find::column_mut(&mut changed, name)?);
    check(&changed, find::column(&changed, name)?)?;
    if matches!(change, ColumnChange::SetType(_)) {
        constraint::check_expressions(&changed)?;
        foreign_key::check_types_around(schema, &changed)?;
    }
    schema.tables.insert(changed.name.clone(), changed);
    Ok(())
}

pub(super) fn comment(
    schema: &mut Schema,
    table: &Name,
    name: &Name,
    comment: Option<&str>,
) -> Result<(), ApplyError> {
    let table = find::table_mut(schema, table)?;
    find::column_mut(table, name)?.comment = comment.map(str::to_owned);
    Ok(())
}

/// That a column fits its table.
pub(super) fn check(table: &Table, column: &Column) -> Result<(), ApplyError> {
    let fault = |fault| {
        Err(ApplyError::Column {
            table: table.name.clone(),
            column: column.name.clone(),
            fault,
        })
    };
    let origins = [
        column.identity,
        column.default.is_some(),
        column.generated.is_some(),
    ];
    if origins.iter().filter(|origin| **origin).count() > 1 {
        return fault(ColumnFault::TwoOrigins);
    }
    let key = table.primary_key.as_ref().map(|key| key.columns.as_slice());
    if column.identity {
        if key != Some(std::slice::from_ref(&column.name)) {
            return fault(ColumnFault::IdentityOutsideKey);
        }
        if !is_whole_number(&column.data_type) {
            return fault(ColumnFault::IdentityType);
        }
    }
    if column.nullable && key.is_some_and(|columns| columns.contains(&column.name)) {
        return fault(ColumnFault::NullInKey);
    }
    if let Some(read) = column
        .default
        .as_ref()
        .and_then(|default| columns_of(default).into_iter().next())
    {
        return fault(ColumnFault::DefaultReadsColumn(read));
    }
    if let Some(generated) = &column.generated {
        for read in columns_of(&generated.expression) {
            if find::column(table, &read)?.generated.is_some() {
                return fault(ColumnFault::GeneratedFromGenerated(read));
            }
        }
        boolean::comparisons_in(table, &generated.expression)?;
    }
    boolean::default(&table.name, column)
}

/// Whether rows can be numbered by this type; a driver's own type is the driver's to judge.
fn is_whole_number(data_type: &DataType) -> bool {
    matches!(
        data_type.base(),
        DataType::SmallInt | DataType::Integer | DataType::BigInt | DataType::Native { .. }
    )
}
