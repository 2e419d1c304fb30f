//! What models say.

use crate::diff::Rename;
use crate::schema::Schema;

/// The schema that somebody wants.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct DesiredSchema {
    /// The schema.
    pub schema: Schema,
    /// What has another name in it than it had.
    pub renames: Vec<Rename>,
}

impl DesiredSchema {
    /// A schema, and what has another name in it.
    pub fn new(schema: Schema, renames: Vec<Rename>) -> Self {
        Self { schema, renames }
    }
}
