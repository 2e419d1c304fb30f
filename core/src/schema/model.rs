//! A whole schema.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::Serialize;

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
}
