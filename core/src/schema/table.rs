//! Tables.

use serde::Deserialize;
use serde::Serialize;

use super::Check;
use super::Column;
use super::ForeignKey;
use super::Index;
use super::Name;
use super::NativeDdl;
use super::Unique;

/// A table with its columns, constraints and indexes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Table {
    /// The name.
    pub name: Name,
    /// The columns, in order.
    pub columns: Vec<Column>,
    /// The primary key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub primary_key: Option<PrimaryKey>,
    /// The unique constraints, in the order of their making.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uniques: Vec<Unique>,
    /// The foreign keys, in the order of their making.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub foreign_keys: Vec<ForeignKey>,
    /// The checks, in the order of their making.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Check>,
    /// The indexes that are not part of a constraint, in the order of their making.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indexes: Vec<Index>,
    /// `COMMENT ON TABLE`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// The engine's own text of it; none when the model says everything, as of a table that portable SQL has made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub native_ddl: Option<NativeDdl>,
}

impl Table {
    /// A table of these columns without constraints.
    pub fn new(name: Name, columns: Vec<Column>) -> Self {
        Self {
            name,
            columns,
            primary_key: None,
            uniques: Vec::new(),
            foreign_keys: Vec::new(),
            checks: Vec::new(),
            indexes: Vec::new(),
            comment: None,
            native_ddl: None,
        }
    }

    /// The column of this name.
    pub fn column(&self, name: &Name) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == *name)
    }
}

/// `PRIMARY KEY (columns)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PrimaryKey {
    /// The name.
    pub name: Name,
    /// The columns, in order.
    pub columns: Vec<Name>,
}

impl PrimaryKey {
    /// A primary key of these columns.
    pub fn new(name: Name, columns: Vec<Name>) -> Self {
        Self { name, columns }
    }
}
