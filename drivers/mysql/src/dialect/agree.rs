//! What an operation calls by a name or a word that the engine does not keep.
//!
//! A unique index and a unique constraint are one thing to the engines, and a primary key has no name. A schema that was
//! read from the catalogue has them as one and with the usual name; an operation knows them as they were made.

use limbeck_core::operation::Operation;
use limbeck_core::schema::Constraint;
use limbeck_core::schema::Index;
use limbeck_core::schema::IndexKey;
use limbeck_core::schema::Name;
use limbeck_core::schema::Schema;
use limbeck_core::schema::SortOrder;
use limbeck_core::schema::Table;
use limbeck_core::schema::Unique;

/// Makes the schema call what the operation names as the operation does.
pub(super) fn with(schema: &mut Schema, operation: &Operation) {
    match operation {
        Operation::DropIndex { index } if schema.index(index).is_none() => {
            for table in schema.tables.values_mut() {
                as_index(table, index);
            }
        }
        Operation::CreateIndex { table, index } if index.unique => {
            if let Some(table) = schema.tables.get_mut(table) {
                as_index(table, &index.name);
            }
        }
        Operation::AddConstraint {
            table,
            constraint: Constraint::Unique(unique),
        } => {
            if let Some(table) = schema.tables.get_mut(table) {
                as_unique(table, &unique.name);
            }
        }
        Operation::DropConstraint { table, constraint }
        | Operation::RenameConstraint {
            table,
            from: constraint,
            ..
        } => {
            if let Some(table) = schema.tables.get_mut(table)
                && !has(table, constraint)
            {
                as_constraint(table, constraint);
            }
        }
        _ => {}
    }
}

fn as_index(table: &mut Table, name: &Name) {
    let Some(at) = table.uniques.iter().position(|unique| unique.name == *name) else {
        return;
    };
    let unique = table.uniques.remove(at);
    let keys = unique.columns.into_iter().map(IndexKey::Column);
    let mut index = Index::new(unique.name, keys.map(|key| (key, SortOrder::Ascending)).collect());
    index.unique = true;
    table.indexes.push(index);
}

fn as_unique(table: &mut Table, name: &Name) -> bool {
    let found = table
        .indexes
        .iter()
        .position(|index| index.unique && index.name == *name);
    found.is_some_and(|at| {
        let index = table.indexes.remove(at);
        let columns = index.keys.into_iter().filter_map(|(key, _)| match key {
            IndexKey::Column(column) => Some(column),
            _ => None,
        });
        table.uniques.push(Unique::new(index.name, columns.collect()));
        true
    })
}

fn as_constraint(table: &mut Table, name: &Name) {
    if as_unique(table, name) {
        return;
    }
    // A name that looks like one of a primary key, where another one is only the usual name.
    let usual = format!("pk_{}", table.name);
    if let Some(key) = &mut table.primary_key
        && key.name.as_str() == usual
        && names_a_primary_key(name.as_str())
    {
        key.name = name.clone();
    }
}

fn names_a_primary_key(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.starts_with("pk_") || ["_pk", "_pkey", "_pkc"].iter().any(|end| name.ends_with(end))
}

fn has(table: &Table, name: &Name) -> bool {
    table.primary_key.iter().any(|key| key.name == *name)
        || table.uniques.iter().any(|unique| unique.name == *name)
        || table.foreign_keys.iter().any(|key| key.name == *name)
        || table.checks.iter().any(|check| check.name == *name)
}
