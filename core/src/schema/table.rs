//! Tables.

use serde::Deserialize;
use serde::Serialize;

use super::Check;
use super::Column;
use super::Expression;
use super::ForeignKey;
use super::Index;
use super::IndexKey;
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

    /// All expressions in it: of columns, checks and indexes.
    pub(crate) fn expressions(&self) -> impl Iterator<Item = &Expression> {
        let columns = self.columns.iter().flat_map(|column| {
            let generated = column.generated.as_ref().map(|generated| &generated.expression);
            column.default.iter().chain(generated)
        });
        let checks = self.checks.iter().map(|check| &check.expression);
        let filters = self.indexes.iter().filter_map(|index| index.filter.as_ref());
        let keys = self.indexes.iter().flat_map(|index| &index.keys);
        let keys = keys.filter_map(|(key, _)| match key {
            IndexKey::Expression(expression) => Some(expression),
            IndexKey::Column(_) => None,
        });
        columns.chain(checks).chain(filters).chain(keys)
    }

    /// Whether the model says the same of both: the order of columns and constraints and the engine's own text are no
    /// difference.
    pub fn is_like(&self, other: &Self) -> bool {
        self.name == other.name
            && self.comment == other.comment
            && self.primary_key == other.primary_key
            && are_same(&self.columns, &other.columns)
            && are_same(&self.uniques, &other.uniques)
            && are_same(&self.foreign_keys, &other.foreign_keys)
            && are_same(&self.checks, &other.checks)
            && are_same(&self.indexes, &other.indexes)
    }

    /// The column of this name.
    pub fn column(&self, name: &Name) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == *name)
    }
}

/// Whether two lists of things that have names hold the same, in any order.
fn are_same<T: PartialEq>(one: &[T], other: &[T]) -> bool {
    one == other || (one.len() == other.len() && one.iter().all(|item| other.contains(item)))
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
