//! A fault and its place.

use std::sync::Arc;

use super::ScriptFault;
use crate::sql::Place;
use crate::sql::SourceFile;
use crate::sql::Span;

/// A fault of one script, with its place. Prints as `file:line:column: sentence`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {fault}", self.whereabouts())]
pub struct ScriptError {
    file: String,
    place: Option<Place>,
    fault: ScriptFault,
}

impl ScriptError {
    /// A fault of a file as a whole, or of one that cannot be read.
    pub fn of_file(file: impl Into<String>, fault: ScriptFault) -> Self {
        Self {
            file: file.into(),
            place: None,
            fault,
        }
    }

    /// A fault at a place.
    pub fn at(file: &Arc<SourceFile>, span: Span, fault: ScriptFault) -> Self {
        Self {
            file: file.name().to_owned(),
            place: Some(Place::new(Arc::clone(file), span)),
            fault,
        }
    }

    /// The name of the file.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The text that is wrong, when there is one.
    pub fn place(&self) -> Option<&Place> {
        self.place.as_ref()
    }

    /// The line, from 1.
    pub fn line(&self) -> Option<usize> {
        match (&self.place, &self.fault) {
            (Some(place), _) => Some(place.line_column().line),
            (None, ScriptFault::NotUtf8 { line }) => Some(*line),
            (None, _) => None,
        }
    }

    /// What is wrong.
    pub fn fault(&self) -> &ScriptFault {
        &self.fault
    }

    /// The fault's word, the same in every release.
    pub fn kind(&self) -> &'static str {
        self.fault.kind()
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        self.fault.hint()
    }

    fn whereabouts(&self) -> String {
        match &self.place {
            Some(place) => place.to_string(),
            None => self.file.clone(),
        }
    }
}
