//! What is found.

use std::sync::Arc;

use serde::Serialize;

use crate::driver::DataFault;
use crate::engine::EngineError;
use crate::engine::replay::Misfit;
use crate::script::DirectiveWord;
use crate::script::LoadError;
use crate::script::Script;
use crate::sql::Place;

/// Something that `verify` found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Finding {
    /// What kind of trouble, one word.
    pub kind: String,
    /// The file.
    pub file: Option<String>,
    /// The line, from 1.
    pub line: Option<usize>,
    /// The sentence.
    pub message: String,
    /// What is wrong with the data; none for a finding about something else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<DataFault>,
    /// The place, for people.
    #[serde(skip)]
    pub place: Option<Place>,
    /// What to do about it.
    #[serde(skip)]
    pub hints: Vec<String>,
}

impl Finding {
    /// A finding of this kind without a place.
    pub fn new(kind: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            kind: kind.into(),
            file: None,
            line: None,
            message: message.into(),
            data: None,
            place: None,
            hints: Vec::new(),
        }
    }

    pub(super) fn of(kind: &str, file: &str, error: &EngineError) -> Self {
        let place = error.place();
        let message = error.to_string();
        let prefix = place.map(|place| format!("{place}: ")).unwrap_or_default();
        let message = message.strip_prefix(&prefix).unwrap_or(&message);
        Self {
            file: Some(place.map_or(file, |place| place.file().name()).to_owned()),
            line: place.map(|place| place.line_column().line),
            place: place.cloned(),
            hints: error.hints(),
            ..Self::new(kind, message)
        }
    }

    /// One about a revision as a whole, shown at a line of its header.
    pub(super) fn in_header(script: &Script, word: DirectiveWord, kind: &str, message: String) -> Self {
        let line = script.header_line(word);
        let place = line.map(|line| Place::new(Arc::clone(script.file()), line));
        Self {
            file: Some(script.file().name().to_owned()),
            line: place.as_ref().map(|place| place.line_column().line),
            place,
            ..Self::new(kind, message)
        }
    }

    pub(super) fn of_misfit(misfit: &Misfit) -> Self {
        Self {
            file: Some(misfit.place.file().name().to_owned()),
            line: Some(misfit.place.line_column().line),
            place: Some(misfit.place.clone()),
            hints: misfit.error.hint().into_iter().collect(),
            ..Self::new("schema", misfit.error.to_string())
        }
    }
}

impl From<&LoadError> for Finding {
    fn from(error: &LoadError) -> Self {
        Self {
            file: Some(error.file.clone()),
            line: error.line,
            place: error.place.clone(),
            hints: error.hint.clone().into_iter().collect(),
            ..Self::new(error.kind, error.message.clone())
        }
    }
}

impl From<DataFault> for Finding {
    fn from(fault: DataFault) -> Self {
        Self {
            hints: fault.hints(),
            data: Some(fault.clone()),
            ..Self::new(fault.kind.as_str(), fault.to_string())
        }
    }
}
