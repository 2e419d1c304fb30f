//! Whether a new name is free.

use super::taken::TakenNames;
use crate::operation::ApplyError;
use crate::operation::Object;
use crate::operation::find;
use crate::schema::Name;
use crate::schema::Schema;
use crate::schema::Table;

/// A name for a table, view or index: they share one name space. `but` is the object that gets the new name.
pub(super) fn relation(
    schema: &Schema,
    taken: &dyn TakenNames,
    object: &Object,
    but: Option<&Name>,
) -> Result<(), ApplyError> {
    length(object)?;
    match taken.holder(schema, object.name(), but) {
        Some(other) => Err(clash(object, other)),
        None => Ok(()),
    }
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
    length(object)?;
    for (other, describe) in others {
        if other.eq_ignore_case(object.name()) {
            return Err(clash(object, describe()));
        }
    }
    Ok(())
}

fn length(object: &Object) -> Result<(), ApplyError> {
    if object.name().as_str().len() > Name::MAX_PORTABLE_BYTES {
        let object = object.clone();
        return Err(ApplyError::TooLong { object });
    }
    Ok(())
}

/// The error for a name that another object has, its letters in the same case or not.
fn clash(object: &Object, other: Object) -> ApplyError {
    let object = object.clone();
    if other.name() == object.name() {
        ApplyError::Taken { object, by: other }
    } else {
        ApplyError::CaseClash { object, other }
    }
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
