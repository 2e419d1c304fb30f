//! What the version table holds.

use serde::Deserialize;
use serde::Serialize;

/// The rows of the version table, as text: they may name revisions that the graph does not know.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rows(pub Vec<String>);

impl Rows {
    /// The table of a database to which nothing was applied.
    pub const fn empty() -> Self {
        Self(Vec::new())
    }

    /// The rows in the order in which they were read.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing is applied.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T: Into<String>> FromIterator<T> for Rows {
    fn from_iter<I: IntoIterator<Item = T>>(rows: I) -> Self {
        Self(rows.into_iter().map(Into::into).collect())
    }
}
