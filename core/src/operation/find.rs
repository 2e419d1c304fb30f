//! Looking objects up, with a suggestion when they are not there.

use super::ApplyError;
use super::Object;
use crate::schema::Column;
use crate::schema::Constraint;
use crate::schema::Index;
use crate::schema::Name;
use crate::schema::Schema;
use crate::schema::Table;
use crate::schema::View;
use crate::sql::nearest;

/// The error for an object that does not exist.
pub(super) fn missing<'a>(object: Object, candidates: impl IntoIterator<Item = &'a Name>) -> ApplyError {
    let near = nearest(object.name().as_str(), candidates.into_iter().map(Name::as_str));
    let near = near.and_then(|near| Name::exact(near).ok());
    ApplyError::Missing { object, near }
}

pub(super) fn table<'a>(schema: &'a Schema, name: &Name) -> Result<&'a Table, ApplyError> {
    schema.tables.get(name).ok_or_else(|| no_table(schema, name))
}

pub(super) fn table_mut<'a>(schema: &'a mut Schema, name: &Name) -> Result<&'a mut Table, ApplyError> {
    if !schema.tables.contains_key(name) {
        return Err(no_table(schema, name));
    }
    schema
        .tables
        .get_mut(name)
        .ok_or_else(|| missing(Object::Table(name.clone()), []))
}

pub(super) fn view<'a>(schema: &'a Schema, name: &Name) -> Result<&'a View, ApplyError> {
    schema.views.get(name).ok_or_else(|| {
        if schema.tables.contains_key(name) {
            ApplyError::WrongKind {
                found: Object::Table(name.clone()),
            }
        } else {
            missing(Object::View(name.clone()), schema.views.keys())
        }
    })
}

pub(super) fn column<'a>(table: &'a Table, name: &Name) -> Result<&'a Column, ApplyError> {
    table.column(name).ok_or_else(|| no_column(table, name))
}

pub(super) fn column_mut<'a>(table: &'a mut Table, name: &Name) -> Result<&'a mut Column, ApplyError> {
    let Some(position) = table.columns.iter().position(|column| column.name == *name) else {
        return Err(no_column(table, name));
    };
    table
        .columns
        .get_mut(position)
        .ok_or_else(|| missing(Object::column(&table.name, name), []))
}

pub(super) fn index<'a>(schema: &'a Schema, name: &Name) -> Result<(&'a Table, &'a Index), ApplyError> {
    schema.index(name).ok_or_else(|| {
        let indexes = schema.tables.values().flat_map(|table| &table.indexes);
        missing(Object::Index(name.clone()), indexes.map(|index| &index.name))
    })
}

/// The constraint of this name, whatever its kind.
pub(super) fn constraint(table: &Table, name: &Name) -> Result<Constraint, ApplyError> {
    constraints(table)
        .find(|constraint| constraint.name() == name)
        .ok_or_else(|| {
            let names: Vec<Name> = constraints(table)
                .map(|constraint| constraint.name().clone())
                .collect();
            missing(Object::constraint(&table.name, name), &names)
        })
}

/// All constraints of a table.
pub(crate) fn constraints(table: &Table) -> impl Iterator<Item = Constraint> {
    let keys = table.primary_key.iter().cloned().map(Constraint::PrimaryKey);
    let uniques = table.uniques.iter().cloned().map(Constraint::Unique);
    let foreign_keys = table.foreign_keys.iter().cloned().map(Constraint::ForeignKey);
    let checks = table.checks.iter().cloned().map(Constraint::Check);
    keys.chain(uniques).chain(foreign_keys).chain(checks)
}

fn no_table(schema: &Schema, name: &Name) -> ApplyError {
    if schema.views.contains_key(name) {
        return ApplyError::WrongKind {
            found: Object::View(name.clone()),
        };
    }
    missing(Object::Table(name.clone()), schema.tables.keys())
}

fn no_column(table: &Table, name: &Name) -> ApplyError {
    let columns = table.columns.iter().map(|column| &column.name);
    missing(Object::column(&table.name, name), columns)
}
