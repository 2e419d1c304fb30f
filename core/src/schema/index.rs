//! Indexes.

use serde::Deserialize;
use serde::Serialize;

use super::Expression;
use super::Name;

/// An index of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Index {
    /// The name, unique in the schema.
    pub name: Name,
    /// Whether it refuses equal rows.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unique: bool,
    /// What is indexed, in order.
    pub keys: Vec<(IndexKey, SortOrder)>,
    /// Only rows that meet this are indexed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<Expression>,
}

impl Index {
    /// An index that is not unique and holds all rows.
    pub fn new(name: Name, keys: Vec<(IndexKey, SortOrder)>) -> Self {
        Self {
            name,
            unique: false,
            keys,
            filter: None,
        }
    }
}

/// One part of an index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum IndexKey {
    /// A column.
    Column(Name),
    /// An expression.
    Expression(Expression),
}

/// The order of an index part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SortOrder {
    /// `ASC`
    #[default]
    Ascending,
    /// `DESC`
    Descending,
}
