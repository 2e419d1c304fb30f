//! Foreign keys that need an index. The engines make one with a key that has none, under its name, forget it when another
//! index does as well, and then refuse to drop that one (1553).

use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::render;
use limbeck_core::schema::ForeignKey;
use limbeck_core::schema::Index;
use limbeck_core::schema::IndexKey;
use limbeck_core::schema::Name;
use limbeck_core::schema::Table;

use super::constraint;
use super::traits::MySqlDialect;

/// What dropping an index must do besides.
pub(super) struct Around {
    /// The clauses before that which drops the index.
    pub(super) before: Vec<String>,
    /// The statement after it; one statement cannot drop a key and make it again under its name.
    pub(super) after: Option<String>,
}

/// Drops the foreign keys that have no other index than the one of this name, and makes them again, whereby the engine
/// gives them their own.
pub(super) fn around(
    dialect: &MySqlDialect,
    table: &Table,
    dropped: &Name,
    context: &RenderContext<'_>,
) -> Result<Around, RenderError> {
    let mut before = Vec::new();
    let mut again = Vec::new();
    for key in bare(table, dropped) {
        let name = render::quoted(dialect, &key.name);
        before.push(format!("DROP FOREIGN KEY {name}"));
        let clause = constraint::foreign_key(dialect, key, Some(table), context)?;
        again.push(format!("ADD {clause}"));
    }
    let after = (!again.is_empty()).then(|| render::alter_table(dialect, &table.name, &again.join(", ")));
    Ok(Around { before, after })
}

/// Drops the index that the engine has made with a foreign key, which stays when the key goes. None where another index
/// serves the key, so that it has none of its own. Of keys that share an index one may have given it its name, also when
/// the others are gone: so it stays where there were such at `first`, before the statements at hand.
pub(super) fn own_index(
    dialect: &MySqlDialect,
    table: &Table,
    key: &ForeignKey,
    first: &RenderContext<'_>,
) -> Option<String> {
    let is_served = indexes(table).any(|(_, columns)| columns.starts_with(&key.columns));
    let then = first.schema.and_then(|schema| schema.table(&table.name));
    let keys = then
        .unwrap_or(table)
        .foreign_keys
        .iter()
        .chain(&table.foreign_keys);
    let mut others = keys.filter(|other| other.name != key.name);
    let is_shared = others
        .any(|other| other.columns.starts_with(&key.columns) || key.columns.starts_with(&other.columns));
    (!is_served && !is_shared).then(|| format!("DROP INDEX {}", render::quoted(dialect, &key.name)))
}

/// The foreign keys that the index of this name, or the constraint with one, serves alone.
fn bare<'a>(table: &'a Table, dropped: &Name) -> impl Iterator<Item = &'a ForeignKey> {
    let mut gone = Vec::new();
    let mut stay = Vec::new();
    for (name, columns) in indexes(table) {
        if name == dropped {
            gone.push(columns);
        } else {
            stay.push(columns);
        }
    }
    table.foreign_keys.iter().filter(move |key| {
        let served = |all: &[Vec<Name>]| all.iter().any(|columns| columns.starts_with(&key.columns));
        served(&gone) && !served(&stay)
    })
}

/// The columns that the indexes begin with, by the names of the indexes or their constraints.
fn indexes(table: &Table) -> impl Iterator<Item = (&Name, Vec<Name>)> {
    let primary = table
        .primary_key
        .iter()
        .map(|key| (&key.name, key.columns.clone()));
    let uniques = table
        .uniques
        .iter()
        .map(|unique| (&unique.name, unique.columns.clone()));
    let others = table.indexes.iter().map(|index| (&index.name, leading(index)));
    primary.chain(uniques).chain(others)
}

fn leading(index: &Index) -> Vec<Name> {
    let columns = index.keys.iter().map_while(|(key, _)| match key {
        IndexKey::Column(name) => Some(name.clone()),
        _ => None,
    });
    columns.collect()
}
