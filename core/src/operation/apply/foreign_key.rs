//! Whether a foreign key fits what it references.

use super::dependents;
use super::names;
use crate::operation::ApplyError;
use crate::operation::ForeignKeyFault;
use crate::operation::Object;
use crate::operation::find;
use crate::schema::DataType;
use crate::schema::ForeignKey;
use crate::schema::IndexKey;
use crate::schema::Name;
use crate::schema::Schema;
use crate::schema::Table;

/// The foreign key with its referenced columns named, checked against the table it references. `owner` is its table
/// as it will be.
pub(super) fn complete(schema: &Schema, owner: &Table, key: &ForeignKey) -> Result<ForeignKey, ApplyError> {
    let target = target(schema, owner, key)?;
    let mut key = key.clone();
    if key.referenced_columns.is_empty() {
        let primary = target.primary_key.as_ref().map(|primary| primary.columns.clone());
        let missing = || fault(owner, &key, ForeignKeyFault::NoPrimaryKey(target.name.clone()));
        key.referenced_columns = primary.ok_or_else(missing)?;
    }
    if key.columns.len() != key.referenced_columns.len() {
        let count = ForeignKeyFault::ColumnCount {
            columns: key.columns.len(),
            referenced: key.referenced_columns.len(),
        };
        return Err(fault(owner, &key, count));
    }
    let object = Object::constraint(&owner.name, &key.name);
    names::listed_columns(target, &object, &key.referenced_columns)?;
    check_types(owner, target, &key)?;
    if !is_key(target, &key.referenced_columns) {
        let not_unique = ForeignKeyFault::NotUnique(target.name.clone());
        return Err(fault(owner, &key, not_unique));
    }
    Ok(key)
}

/// The types of all foreign keys of and to a table that is about to change.
pub(super) fn check_types_around(schema: &Schema, changed: &Table) -> Result<(), ApplyError> {
    for key in &changed.foreign_keys {
        check_types(changed, target(schema, changed, key)?, key)?;
    }
    for (owner, key) in dependents::foreign_keys_to(schema, &changed.name) {
        if owner.name != changed.name {
            check_types(owner, changed, key)?;
        }
    }
    Ok(())
}

/// The foreign keys that would reference columns which are no key of the table any more.
pub(crate) fn without_key(schema: &Schema, changed: &Table) -> Vec<Object> {
    let own = changed.foreign_keys.iter().map(|key| (changed, key));
    let others =
        dependents::foreign_keys_to(schema, &changed.name).filter(|(owner, _)| owner.name != changed.name);
    own.chain(others)
        .filter(|(_, key)| key.referenced_table == changed.name)
        .filter(|(_, key)| !is_key(changed, &key.referenced_columns))
        .map(|(owner, key)| Object::constraint(&owner.name, &key.name))
        .collect()
}

fn target<'a>(schema: &'a Schema, owner: &'a Table, key: &ForeignKey) -> Result<&'a Table, ApplyError> {
    if key.referenced_table == owner.name {
        Ok(owner)
    } else {
        find::table(schema, &key.referenced_table)
    }
}

fn check_types(owner: &Table, target: &Table, key: &ForeignKey) -> Result<(), ApplyError> {
    for (name, referenced) in key.columns.iter().zip(&key.referenced_columns) {
        let column = find::column(owner, name)?;
        let other = find::column(target, referenced)?;
        if !comparable(&column.data_type, &other.data_type) {
            let types = ForeignKeyFault::Types {
                column: name.clone(),
                referenced_table: target.name.clone(),
                referenced: referenced.clone(),
            };
            return Err(fault(owner, key, types));
        }
    }
    Ok(())
}

/// Whether every engine lets a column of one type reference the other: the types are equal, or both are bounded
/// text. A driver's own type is the driver's to judge.
fn comparable(one: &DataType, other: &DataType) -> bool {
    let bounded =
        |data_type: &DataType| matches!(data_type, DataType::Char { .. } | DataType::Varchar { .. });
    let native = |data_type: &DataType| matches!(data_type, DataType::Native { .. });
    let (one, other) = (one.base(), other.base());
    one == other || bounded(one) && bounded(other) || native(one) || native(other)
}

/// Whether no two rows have the same values in these columns: they are the primary key, or unique, in any order.
fn is_key(table: &Table, columns: &[Name]) -> bool {
    let same =
        |other: &[Name]| other.len() == columns.len() && columns.iter().all(|column| other.contains(column));
    let primary = table.primary_key.iter().map(|key| key.columns.as_slice());
    let uniques = table.uniques.iter().map(|unique| unique.columns.as_slice());
    primary.chain(uniques).any(same)
        || table
            .indexes
            .iter()
            .filter(|index| index.unique && index.filter.is_none())
            .any(|index| {
                let names: Vec<Name> = index.keys.iter().filter_map(|(key, _)| column_of(key)).collect();
                names.len() == index.keys.len() && same(&names)
            })
}

fn column_of(key: &IndexKey) -> Option<Name> {
    match key {
        IndexKey::Column(name) => Some(name.clone()),
        IndexKey::Expression(_) => None,
    }
}

fn fault(owner: &Table, key: &ForeignKey, fault: ForeignKeyFault) -> ApplyError {
    ApplyError::ForeignKey {
        table: owner.name.clone(),
        constraint: key.name.clone(),
        fault,
    }
}
