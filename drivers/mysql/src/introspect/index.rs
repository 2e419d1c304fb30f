//! Primary keys, unique constraints and indexes: one thing to the engines.

use limbeck_core::driver::DriverError;
use limbeck_core::driver::Row;
use limbeck_core::schema::Expression;
use limbeck_core::schema::Index;
use limbeck_core::schema::IndexKey;
use limbeck_core::schema::Name;
use limbeck_core::schema::PrimaryKey;
use limbeck_core::schema::SortOrder;
use limbeck_core::schema::Table;
use limbeck_core::schema::Unique;

use super::Catalogue;
use super::Server;
use super::expression;
use super::expression::Columns;
use super::literal;
use super::name;
use super::text;
use crate::rows::rows_of;

/// An index before it is known what it is to the model.
struct Found {
    name: Name,
    unique: bool,
    kind: String,
    keys: Vec<(IndexKey, SortOrder)>,
}

/// Reads those of a table into it, once its foreign keys are known.
pub(super) fn read(
    server: Server,
    catalogue: &Catalogue,
    columns: &Columns,
    table: &mut Table,
) -> Result<(), DriverError> {
    for found in all(server, catalogue, columns, table)? {
        if found.name.as_str() == "PRIMARY" {
            let key = Name::exact(format!("pk_{}", table.name)).unwrap_or(found.name);
            table.primary_key = columns_of(&found.keys).map(|columns| PrimaryKey::new(key, columns));
            continue;
        }
        // What searches for words or places is not in the model, nor is what a foreign key has made for itself.
        let is_own = !found.unique && table.foreign_keys.iter().any(|key| key.name == found.name);
        if is_own || !matches!(found.kind.as_str(), "BTREE" | "HASH") {
            continue;
        }
        match columns_of(&found.keys) {
            Some(columns) if found.unique => table.uniques.push(Unique::new(found.name, columns)),
            _ => {
                let mut index = Index::new(found.name, found.keys);
                index.unique = found.unique;
                table.indexes.push(index);
            }
        }
    }
    Ok(())
}

fn all(
    server: Server,
    catalogue: &Catalogue,
    columns: &Columns,
    table: &Table,
) -> Result<Vec<Found>, DriverError> {
    let mut all: Vec<Found> = Vec::new();
    for row in rows_of(&catalogue.indexes, table.name.as_str()) {
        let index = name(row, 1)?;
        if all.last().is_none_or(|last| last.name != index) {
            all.push(Found {
                name: index,
                unique: row.integer(2) == Some(0),
                kind: text(row, 6).to_owned(),
                keys: Vec::new(),
            });
        }
        let key = key(server, columns, row)?;
        let order = match row.text(4) {
            Some("D") => SortOrder::Descending,
            _ => SortOrder::Ascending,
        };
        if let Some(last) = all.last_mut() {
            last.keys.push((key, order));
        }
    }
    Ok(all)
}

/// A part of an index. A number of letters of a column is the engine's own.
fn key(server: Server, columns: &Columns, row: &Row) -> Result<IndexKey, DriverError> {
    if let Some(written) = row.text(7) {
        let written = literal::unescaped(written).unwrap_or_else(|| written.to_owned());
        return Ok(IndexKey::Expression(expression::read(
            server.dialect,
            &written,
            columns,
        )));
    }
    let column = name(row, 3)?;
    Ok(match row.integer(5) {
        Some(letters) => {
            let quoted = column.as_str().replace('`', "``");
            IndexKey::Expression(Expression::Native(format!("`{quoted}`({letters})")))
        }
        None => IndexKey::Column(column),
    })
}

/// The columns, when there is nothing else and all are in ascending order.
fn columns_of(keys: &[(IndexKey, SortOrder)]) -> Option<Vec<Name>> {
    keys.iter()
        .map(|key| match key {
            (IndexKey::Column(column), SortOrder::Ascending) => Some(column.clone()),
            _ => None,
        })
        .collect()
}
