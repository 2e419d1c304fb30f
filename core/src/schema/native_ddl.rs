//! A table in its engine's own words.

use serde::Deserialize;
use serde::Serialize;

/// The text that the engine keeps of a table. It holds what the model has no word for, so a dialect that must write a
/// table anew edits this text. A table without it is wholly described by the model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NativeDdl {
    /// The statement that makes the table.
    pub table: String,
    /// The statements that make what goes with the table when it is dropped (indexes and triggers), in the order of
    /// their making.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dependents: Vec<String>,
}

impl NativeDdl {
    /// A table that this statement makes, and nothing that goes with it.
    pub fn new(table: impl Into<String>) -> Self {
        Self {
            table: table.into(),
            dependents: Vec::new(),
        }
    }
}
