//! Views.

use serde::Deserialize;
use serde::Serialize;

use super::Expression;
use super::Name;

/// A view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct View {
    /// The name.
    pub name: Name,
    /// The names of its columns; empty when the query names them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<Name>,
    /// The query.
    pub query: Expression,
}

impl View {
    /// A view of this query.
    pub fn new(name: Name, columns: Vec<Name>, query: Expression) -> Self {
        Self { name, columns, query }
    }
}
