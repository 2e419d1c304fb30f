//! What is to be done, in order.

use serde::Serialize;

use super::Direction;
use super::RevisionId;
use super::Rows;

/// The steps from the rows of a version table to a target.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Plan {
    /// What to run, in this order; empty when nothing is to be done, and for a stamp.
    pub steps: Vec<Step>,
    /// What a stamp writes without running anything; empty otherwise.
    pub stamp: RowChange,
    /// The rows when all is done: known ones in load order, then those that the graph does not know.
    pub rows_after: Rows,
}

/// One revision in one direction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Step {
    /// The revision to run.
    pub revision: RevisionId,
    /// Which part of it.
    pub direction: Direction,
    /// What changes in the version table with it.
    pub rows: RowChange,
}

impl Step {
    /// A step that is looked at and not run: the version table stays.
    pub(crate) fn bare(revision: &RevisionId, direction: Direction) -> Self {
        Self {
            revision: revision.clone(),
            direction,
            rows: RowChange::default(),
        }
    }
}

/// A change of the version table: first all of `delete`, then all of `insert`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RowChange {
    /// Rows that go, word for word as they were read.
    pub delete: Vec<String>,
    /// Rows that come.
    pub insert: Vec<RevisionId>,
}

impl RowChange {
    /// Whether the version table stays as it is.
    pub fn is_empty(&self) -> bool {
        self.delete.is_empty() && self.insert.is_empty()
    }

    /// Changes rows, and leaves them sorted.
    pub fn apply(&self, rows: &mut Vec<String>) {
        rows.retain(|row| !self.delete.contains(row));
        rows.extend(self.insert.iter().map(ToString::to_string));
        rows.sort();
    }
}
