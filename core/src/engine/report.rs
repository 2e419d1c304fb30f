//! What a run has done.

use std::time::Duration;

use crate::engine::HookFailure;
use crate::graph::Direction;
use crate::graph::RevisionId;
use crate::history::Position;

/// What a run has done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// The steps that were run, in order.
    pub steps: Vec<AppliedStep>,
    /// The rows of the version table afterwards, sorted.
    pub revisions: Vec<String>,
    /// The hooks that failed after what they were to be told of: the run has gone on, and it has come to its end.
    pub hook_failures: Vec<HookFailure>,
    /// Where the history stands, if everything was applied already, is as it ran, and is known: while it stands there and no
    /// script changes, the same upgrade has nothing to do either. See [`Migrator::stands_at`](super::Migrator::stands_at).
    pub position: Option<Position>,
}

/// A step that was run and recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AppliedStep {
    /// The revision.
    pub revision: RevisionId,
    /// The direction.
    pub direction: Direction,
    /// The revision's message.
    pub message: String,
    /// How long it took, on the client's monotonic clock.
    pub elapsed: Duration,
}

impl Report {
    /// The revisions of the steps so far.
    pub(crate) fn revisions_applied(&self) -> Vec<RevisionId> {
        self.steps.iter().map(|step| step.revision.clone()).collect()
    }
}
