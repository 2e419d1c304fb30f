//! Rows that a server refused.

/// Rows of a file that one statement inserts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DataRows {
    /// The name of the file.
    pub file: String,
    /// The line on which the first of them begins, from 1.
    pub first_line: usize,
    /// The line on which the last of them begins.
    pub last_line: usize,
}
