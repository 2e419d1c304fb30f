//! By which columns a row of a file is found in its table.

use std::collections::BTreeSet;

use super::RowSeed;
use super::SeedError;
use crate::schema::Index;
use crate::schema::IndexKey;
use crate::schema::Name;
use crate::schema::Table;

/// The columns that were asked for, or those of the primary key. All of them are in the file, and the database sees to it
/// that no two rows have the same.
pub(super) fn of(seed: &RowSeed, table: &Table, columns: &[Name]) -> Result<Vec<Name>, SeedError> {
    let file = || seed.file.name().to_owned();
    let could_be = || {
        let usable = candidates(table)
            .into_iter()
            .filter(|key| key.iter().all(|name| columns.contains(name)));
        usable.map(|key| listed(&key)).collect()
    };
    let key = match &seed.key {
        Some(names) => {
            let key = asked(seed, table, names)?;
            let wanted: BTreeSet<&Name> = key.iter().collect();
            let is_it = |candidate: &Vec<Name>| candidate.iter().collect::<BTreeSet<_>>() == wanted;
            if key.is_empty() || !candidates(table).iter().any(is_it) {
                return Err(SeedError::NotUnique {
                    file: file(),
                    table: table.name.to_string(),
                    key: listed(&key),
                    could_be: could_be(),
                });
            }
            key
        }
        None => match &table.primary_key {
            Some(key) => key.columns.clone(),
            None => {
                return Err(SeedError::NoKey {
                    file: file(),
                    table: table.name.to_string(),
                    could_be: could_be(),
                });
            }
        },
    };
    match key.iter().find(|name| !columns.contains(name)) {
        Some(missing) => Err(SeedError::KeyNotInFile {
            file: file(),
            column: missing.to_string(),
            table: table.name.to_string(),
            could_be: could_be(),
        }),
        None => Ok(key),
    }
}

/// The columns of the table that were asked for.
fn asked(seed: &RowSeed, table: &Table, names: &[String]) -> Result<Vec<Name>, SeedError> {
    let column = |text: &String| {
        let names = [Name::exact(text.as_str()), Name::folded(text)];
        let found = names
            .into_iter()
            .flatten()
            .find(|name| table.column(name).is_some());
        found.ok_or_else(|| SeedError::NoKeyColumn {
            file: seed.file.name().to_owned(),
            table: table.name.to_string(),
            column: text.clone(),
        })
    };
    names.iter().map(column).collect()
}

/// The columns of which the database takes no values twice.
fn candidates(table: &Table) -> Vec<Vec<Name>> {
    let primary = table.primary_key.iter().map(|key| key.columns.clone());
    let uniques = table.uniques.iter().map(|unique| unique.columns.clone());
    primary
        .chain(uniques)
        .chain(table.indexes.iter().filter_map(unique_index))
        .collect()
}

/// The columns of an index that is unique for all rows and whole values.
fn unique_index(index: &Index) -> Option<Vec<Name>> {
    if !index.unique || index.filter.is_some() {
        return None;
    }
    let column = |(key, _): &(IndexKey, _)| match key {
        IndexKey::Column(name) => Some(name.clone()),
        IndexKey::Expression(_) => None,
    };
    index.keys.iter().map(column).collect()
}

fn listed(names: &[Name]) -> String {
    let names: Vec<&str> = names.iter().map(Name::as_str).collect();
    names.join(", ")
}
