//! Applied scripts that were edited.

use crate::graph::RevisionId;

/// An applied script whose statements are not those that ran.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ChangedScript {
    /// The revision.
    pub revision: RevisionId,
    /// Its file.
    pub file: String,
    /// The files that its rows come from: perhaps one of these was edited.
    pub data_files: Vec<String>,
    /// The checksum of what ran.
    pub recorded: String,
    /// The checksum of the file now.
    pub present: String,
    /// The target of a stamp that forgets the revision alone, where nothing of it ran and nothing else would be forgotten.
    pub forget: Option<String>,
}
