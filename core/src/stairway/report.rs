//! What a walk tells.

use serde::Serialize;

use super::Check;
use super::FindingKind;
use crate::engine::EngineError;
use crate::graph::Revision;
use crate::graph::RevisionId;
use crate::sql::Place;

/// What a [`Stairway`](super::Stairway) has found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// The revisions that were tested, in the order of the walk.
    pub revisions: Vec<RevisionReport>,
    /// What is true of the history as a whole, one for each of its checks.
    pub history: Vec<HistoryReport>,
}

impl Report {
    /// All findings, those of the revisions first.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        let revisions = self.revisions.iter().flat_map(|report| &report.findings);
        revisions.chain(self.history.iter().flat_map(|report| &report.findings))
    }

    /// Whether nothing was found.
    pub fn is_clean(&self) -> bool {
        self.findings().next().is_none()
    }
}

/// What was found at one revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RevisionReport {
    /// The revision.
    pub revision: RevisionId,
    /// Its message.
    pub message: String,
    /// Its file.
    pub file: String,
    /// How far it was walked.
    pub way: Way,
    /// How many rows were written after its upgrade.
    pub rows: usize,
    /// What is wrong.
    pub findings: Vec<Finding>,
    /// What was left out, and why.
    pub notes: Vec<String>,
}

/// How far a revision was walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Way {
    /// Up, down and up again.
    UpDownUp,
    /// Up alone.
    Up,
    /// Not at all: one that it needs cannot be applied.
    NotReached,
}

impl RevisionReport {
    pub(super) fn new(revision: &Revision) -> Self {
        Self {
            revision: revision.id.clone(),
            message: revision.message.clone(),
            file: revision.origin.clone(),
            way: Way::Up,
            rows: 0,
            findings: Vec::new(),
            notes: Vec::new(),
        }
    }

    pub(super) fn has(&self, kind: FindingKind) -> bool {
        self.findings.iter().any(|finding| finding.kind == kind)
    }
}

/// What was found by a check of the history as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct HistoryReport {
    /// The check.
    pub check: Check,
    /// What is wrong.
    pub findings: Vec<Finding>,
    /// What was left out, and why.
    pub notes: Vec<String>,
}

impl HistoryReport {
    /// A check that has found nothing yet.
    pub const fn new(check: Check) -> Self {
        Self {
            check,
            findings: Vec::new(),
            notes: Vec::new(),
        }
    }
}

/// Something that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Finding {
    /// What kind of finding it is.
    pub kind: FindingKind,
    /// The sentence.
    pub message: String,
    /// The file, where one is to blame.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The line in it, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The place, for people.
    #[serde(skip)]
    pub place: Option<Place>,
    /// What is different, by object; or the rows.
    pub details: Vec<String>,
    /// The statements that would lead to what should be there.
    pub statements: Vec<String>,
    /// What to do about it.
    pub hints: Vec<String>,
}

impl Finding {
    /// A finding of this kind and this sentence.
    pub fn new(kind: FindingKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            file: None,
            line: None,
            place: None,
            details: Vec::new(),
            statements: Vec::new(),
            hints: Vec::new(),
        }
    }

    /// A step that has failed.
    pub(super) fn failed(kind: FindingKind, error: &EngineError) -> Self {
        let place = error.place();
        let message = error.to_string();
        let prefix = place.map(|place| format!("{place}: ")).unwrap_or_default();
        Self {
            file: place.map(|place| place.file().name().to_owned()),
            line: place.map(|place| place.line_column().line),
            place: place.cloned(),
            ..Self::new(kind, message.strip_prefix(&prefix).unwrap_or(&message))
        }
    }

    pub(super) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    pub(super) fn with_details(mut self, details: Vec<String>) -> Self {
        self.details = details;
        self
    }
}
