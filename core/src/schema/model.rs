//! A whole schema.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::Serialize;

use super::Expression;
use super::Name;
use super::Table;
use super::View;

/// Everything that a history has made, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Schema {
    /// The tables.
    #[serde(default)]
    pub tables: BTreeMap<Name, Table>,
    /// The views.
    #[serde(default)]
    pub views: BTreeMap<Name, View>,
}

impl Schema {
    /// A schema without objects.
    pub fn new() -> Self {
        Self::default()
    }

    /// The table of this name.
    pub fn table(&self, name: &Name) -> Option<&Table> {
        self.tables.get(name)
    }

    /// The table that has this index, and the index. Index names are unique in a schema.
    pub fn index(&self, name: &Name) -> Option<(&Table, &super::Index)> {
        self.tables.values().find_map(|table| {
            table
                .indexes
                .iter()
                .find(|index| index.name == *name)
                .map(|index| (table, index))
        })
    }

    /// Whether nothing in it is an engine's own text: it means the same on every engine.
    pub fn is_portable(&self) -> bool {
        let views = self.views.values().map(|view| &view.query);
        let tables = self.tables.values().flat_map(Table::expressions);
        tables
            .chain(views)
            .all(|expression| matches!(expression, Expression::Portable(_)))
    }

    /// The same without the engine's own texts: what the model says is left.
    pub fn without_native_ddl(mut self) -> Self {
        for table in self.tables.values_mut() {
            table.native_ddl = None;
        }
        self
    }

    /// The same with everything within the tables in the order of the names. What was dropped and created again
    /// stands in another place; two schemas that differ only in that are equal after this.
    pub fn in_name_order(mut self) -> Self {
        for table in self.tables.values_mut() {
            table.columns.sort_by(|a, b| a.name.cmp(&b.name));
            table.uniques.sort_by(|a, b| a.name.cmp(&b.name));
            table.foreign_keys.sort_by(|a, b| a.name.cmp(&b.name));
            table.checks.sort_by(|a, b| a.name.cmp(&b.name));
            table.indexes.sort_by(|a, b| a.name.cmp(&b.name));
        }
        self
    }
}
