//! What the rows of a version table say about the graph.

use std::collections::HashSet;

use super::RevisionGraph;
use super::RevisionId;
use super::Rows;
use super::index::Position;
use super::index::Set;

/// The rows that the graph knows, and those that it does not.
pub(super) struct SplitRows {
    /// In the order of the rows, each once.
    pub(super) known: Vec<Position>,
    pub(super) unknown: Vec<String>,
}

impl RevisionGraph {
    /// All revisions that are applied: those of the rows and whatever they need, over any edge.
    ///
    /// Rows that the graph does not know say nothing here.
    pub fn applied(&self, rows: &Rows) -> HashSet<RevisionId> {
        let applied = self.needs.reach(self.split(rows).known);
        applied
            .iter()
            .map(|position| self.revisions[position].id.clone())
            .collect()
    }

    /// The rows that name no revision of the graph: the database is ahead of the files.
    pub fn unknown_rows(&self, rows: &Rows) -> Vec<String> {
        self.split(rows).unknown
    }

    pub(super) fn split(&self, rows: &Rows) -> SplitRows {
        let mut seen = Set::none(self.len());
        let mut known = Vec::new();
        let mut unknown = Vec::new();
        for row in rows.iter() {
            match self.position(row) {
                Some(position) if seen.insert(position) => known.push(position),
                Some(_) => {}
                None => unknown.push(row.to_owned()),
            }
        }
        SplitRows { known, unknown }
    }
}
