//! The rows of the version table, kept up to date step by step.

use super::Direction;
use super::Plan;
use super::RevisionGraph;
use super::RowChange;
use super::Rows;
use super::Step;
use super::applied::SplitRows;
use super::index::PerRevision;
use super::index::Position;
use super::index::Set;

/// Writes a plan: takes the steps one after the other and knows which rows each of them changes.
///
/// The rows are the applied revisions without an applied child over any edge.
pub(super) struct PlanWriter<'a> {
    graph: &'a RevisionGraph,
    unknown: Vec<String>,
    /// Rows that another row implies: written by hand, they go with the first step.
    implied: Vec<Position>,
    rows: Set,
    applied_children: PerRevision<usize>,
    steps: Vec<Step>,
}

impl<'a> PlanWriter<'a> {
    pub(super) fn new(graph: &'a RevisionGraph, split: SplitRows) -> Self {
        let maximal = graph.maximal(&split.known);
        let rows = Set::of(graph.len(), maximal);
        let mut applied_children = PerRevision::filled(graph.len(), 0);
        for position in graph.needs.reach(split.known.iter().copied()).iter() {
            for &parent in graph.needs.of(position) {
                applied_children[parent] += 1;
            }
        }
        Self {
            graph,
            unknown: split.unknown,
            implied: split
                .known
                .into_iter()
                .filter(|&row| !rows.contains(row))
                .collect(),
            rows,
            applied_children,
            steps: Vec::new(),
        }
    }

    /// Applies a revision whose parents are all applied.
    pub(super) fn upgrade(&mut self, revision: Position) {
        let mut rows = self.first_change();
        for &parent in self.graph.needs.of(revision) {
            self.applied_children[parent] += 1;
            if std::mem::replace(&mut self.rows[parent], false) {
                rows.delete.push(self.text(parent));
            }
        }
        self.rows.insert(revision);
        rows.insert.push(self.graph.revisions[revision].id.clone());
        self.push(revision, Direction::Upgrade, rows);
    }

    /// Takes back a revision without an applied child.
    pub(super) fn downgrade(&mut self, revision: Position) {
        let mut rows = self.first_change();
        self.rows[revision] = false;
        rows.delete.push(self.text(revision));
        for &parent in self.graph.needs.of(revision) {
            self.applied_children[parent] -= 1;
            if self.applied_children[parent] == 0 {
                self.rows.insert(parent);
                rows.insert.push(self.graph.revisions[parent].id.clone());
            }
        }
        self.push(revision, Direction::Downgrade, rows);
    }

    pub(super) fn finish(self) -> Plan {
        let known = self.rows.iter().map(|row| self.text(row));
        let implied = self.implied.iter().map(|&row| self.text(row));
        Plan {
            rows_after: Rows(known.chain(implied).chain(self.unknown.iter().cloned()).collect()),
            stamp: RowChange::default(),
            steps: self.steps,
        }
    }

    fn first_change(&mut self) -> RowChange {
        let implied = std::mem::take(&mut self.implied);
        RowChange {
            delete: implied.into_iter().map(|row| self.text(row)).collect(),
            insert: Vec::new(),
        }
    }

    fn push(&mut self, revision: Position, direction: Direction, rows: RowChange) {
        self.steps.push(Step {
            revision: self.graph.revisions[revision].id.clone(),
            direction,
            rows,
        });
    }

    fn text(&self, row: Position) -> String {
        self.graph.revisions[row].id.to_string()
    }
}
