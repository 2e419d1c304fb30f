//! A table in its engine's own words.

use serde::Deserialize;
use serde::Serialize;

/// What the engine keeps of a table in its own words: it holds what the model has no word for, so a dialect that must
/// write a table anew edits this text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum NativeDdl {
    /// The text as it was read.
    Known {
        /// The statement that makes the table.
        table: String,
        /// The statements that make what goes when the table is dropped (indexes and triggers), in the order of their
        /// making.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        dependents: Vec<String>,
    },
    /// There is a text, and the table has changed since it was read: only the engine can tell what it is now.
    Stale,
}
