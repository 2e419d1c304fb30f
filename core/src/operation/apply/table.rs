//! Tables.

use super::column;
use super::constraint;
use super::dependents;
use super::dependents::NativeText;
use super::index;
use super::names;
use super::taken::TakenNames;
use crate::operation::ApplyError;
use crate::operation::Object;
use crate::operation::find;
use crate::schema::Name;
use crate::schema::Schema;
use crate::schema::Table;

pub(super) fn create(schema: &mut Schema, taken: &dyn TakenNames, table: &Table) -> Result<(), ApplyError> {
    let object = Object::Table(table.name.clone());
    names::relation(schema, taken, &object, None)?;
    if table.columns.is_empty() {
        return Err(ApplyError::NoColumns { object });
    }
    let mut built = Table::new(table.name.clone(), Vec::new());
    built.comment = table.comment.clone();
    for column in &table.columns {
        names::column(&built, &column.name, None)?;
        built.columns.push(column.clone());
    }
    for part in find::constraints(table) {
        constraint::place(schema, &mut built, &part)?;
    }
    for column in &built.columns {
        column::check(&built, column)?;
    }
    for part in &table.indexes {
        index::place(schema, taken, &mut built, part)?;
    }
    schema.tables.insert(built.name.clone(), built);
    Ok(())
}

pub(super) fn drop(schema: &mut Schema, name: &Name) -> Result<(), ApplyError> {
    find::table(schema, name)?;
    dependents::refuse(
        Object::Table(name.clone()),
        dependents::of_table(schema, name, NativeText::Unread),
    )?;
    schema.tables.remove(name);
    Ok(())
}

pub(super) fn comment(schema: &mut Schema, name: &Name, comment: Option<&str>) -> Result<(), ApplyError> {
    find::table_mut(schema, name)?.comment = comment.map(str::to_owned);
    Ok(())
}
