//! What can be wrong with the scripts as a whole.

use std::fmt;

use super::ScriptError;
use crate::sql::Place;

/// One thing that is wrong with the scripts: in a file, or between files.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LoadError {
    /// The fault's word, the same in every release.
    pub kind: &'static str,
    /// The name of the file.
    pub file: String,
    /// The line, from 1.
    pub line: Option<usize>,
    /// What is wrong, without the place.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// The text that is wrong.
    pub place: Option<Place>,
}

impl From<ScriptError> for LoadError {
    fn from(error: ScriptError) -> Self {
        Self {
            kind: error.kind(),
            file: error.file().to_owned(),
            line: error.line(),
            message: error.fault().to_string(),
            hint: error.hint(),
            place: error.place().cloned(),
        }
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.place, self.line) {
            (Some(place), _) => write!(f, "{place}: {}", self.message),
            (None, Some(line)) => write!(f, "{}:{line}: {}", self.file, self.message),
            (None, None) => write!(f, "{}: {}", self.file, self.message),
        }
    }
}

/// Everything that is wrong with the scripts, file by file, then the graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadErrors(pub(super) Vec<LoadError>);

impl LoadErrors {
    /// The faults; there is one at least.
    pub fn iter(&self) -> impl Iterator<Item = &LoadError> {
        self.0.iter()
    }
}

impl fmt::Display for LoadErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.0.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            error.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for LoadErrors {}
