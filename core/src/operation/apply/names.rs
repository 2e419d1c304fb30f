//! Whether a new name is free.

use crate::operation::ApplyError;
use crate::operation::Object;
use crate::operation::find;
use crate::schema::Name;
use crate::schema::Schema;
use crate::schema::Table;

/// A name for a table, view or index: they share one name space. `but` is the object that gets the new name.
pub(super) fn relation(schema: &Schema, object: &Object, but: Option<&Name>) -> Result<(), ApplyError> {
    let tables = schema.tables.values();
    let indexes = tables.clone().flat_map(|table| &table.indexes);
    let others = tables
        .map(|table| (&table.name, Object::Table as fn(Name) -> Object))
        .chain(
            schema
                .views
                .keys()
                .map(|view| (view, Object::View as fn(Name) -> Object)),
        )
        .chain(indexes.map(|index| (&index.name, Object::Index as fn(Name) -> Object)));
    free(
        object,
        others
            .filter(|(name, _)| Some(*name) != but)
            .map(|(name, kind)| (name, move || kind(name.clone()))),
    )
}

/// A name for a column of a table.
pub(super) fn column(table: &Table, name: &Name, but: Option<&Name>) -> Result<(), ApplyError> {
    let others = table.columns.iter().map(|column| &column.name);
    free(
        &Object::column(&table.name, name),
        others
            .filter(|other| Some(*other) != but)
            .map(|other| (other, || Object::column(&table.name, other))),
    )
}

/// A name for a constraint of a table.
pub(super) fn constraint(table: &Table, name: &Name, but: Option<&Name>) -> Result<(), ApplyError> {
    let others: Vec<Name> = find::constraints(table)
        .map(|constraint| constraint.name().clone())
        .filter(|other| Some(other) != but)
        .collect();
    free(
        &Object::constraint(&table.name, name),
        others
            .iter()
            .map(|other| (other, || Object::constraint(&table.name, other))),
    )
}

fn free<'a, F: FnOnce() -> Object>(
    object: &Object,
    others: impl Iterator<Item = (&'a Name, F)>,
) -> Result<(), ApplyError> {
    let name = object.name();
    if name.as_str().len() > Name::MAX_PORTABLE_BYTES {
        let object = object.clone();
        return Err(ApplyError::TooLong { object });
    }
    for (other, describe) in others {
        if other.eq_ignore_case(name) {
            let object = object.clone();
            return Err(if other == name {
                ApplyError::Taken {
                    object,
                    by: describe(),
                }
            } else {
                ApplyError::CaseClash {
                    object,
                    other: describe(),
                }
            });
        }
    }
    Ok(())
}

/// That a key, index or list names each column of the table, and each once. `object` is what names them.
pub(super) fn listed_columns(table: &Table, object: &Object, columns: &[Name]) -> Result<(), ApplyError> {
    if columns.is_empty() {
        let object = object.clone();
        return Err(ApplyError::NoColumns { object });
    }
    for (index, name) in columns.iter().enumerate() {
        find::column(table, name)?;
        if columns.iter().take(index).any(|earlier| earlier == name) {
            return Err(ApplyError::ColumnTwice {
                object: object.clone(),
                column: name.clone(),
            });
        }
    }
    Ok(())
}
