//! A graph drawn beside a list of revisions, newest first, like that of `git log --graph`.
//!
//! A *lane* is a column that leads down to one revision. It is two characters wide; what leads from lane to lane is
//! drawn in rows of its own, in the characters between. Layout only: colours are left to the caller.

use std::collections::VecDeque;
use std::fmt;

use super::Revision;
use super::RevisionGraph;
use super::index::Position;
use super::index::Set;

/// One line of the drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Row {
    /// The place in the list of the revision that this row shows; `None` for a row that only leads from lane to lane.
    pub revision: Option<usize>,
    /// The characters, from the left; none of them blank at the end.
    pub cells: Vec<Cell>,
}

/// One character of the drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cell {
    /// `*` for a revision, else one of `|`, `/`, `\`, `_` and blank.
    pub character: char,
    /// The number of the lane it belongs to, for colours: a lane keeps it from its start to its end.
    pub lane: usize,
}

/// Draws row by row.
#[derive(Debug)]
pub struct Lanes {
    nodes: std::iter::Enumerate<std::vec::IntoIter<Node>>,
    lanes: Vec<Lane>,
    next_number: usize,
    ready: VecDeque<Row>,
}

#[derive(Debug)]
struct Node {
    at: Position,
    parents: Vec<Position>,
}

#[derive(Clone, Copy, Debug)]
struct Lane {
    leads_to: Position,
    number: usize,
}

impl RevisionGraph {
    /// Draws the *revises* edges between these revisions, which come children first.
    ///
    /// ```
    /// use limbeck_core::graph::{Revision, RevisionGraph, RevisionId};
    ///
    /// let first = Revision::new(RevisionId::new("a1")?, "a1.sql");
    /// let mut second = Revision::new(RevisionId::new("b2")?, "b2.sql");
    /// second.revises = vec![first.id.clone()];
    /// let graph = RevisionGraph::new(vec![first, second])?;
    ///
    /// let revisions = graph.newest_first();
    /// let rows: Vec<String> = graph.lanes(&revisions).map(|row| row.to_string()).collect();
    /// assert_eq!(rows, ["*", "*"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn lanes(&self, revisions: &[&Revision]) -> Lanes {
        let positions = revisions
            .iter()
            .filter_map(|revision| self.position(&revision.id));
        let positions: Vec<Position> = positions.collect();
        let listed = Set::of(self.len(), positions.iter().copied());
        let nodes = positions.into_iter().map(|at| Node {
            at,
            parents: self
                .revises
                .of(at)
                .iter()
                .copied()
                .filter(|&parent| listed.contains(parent))
                .collect(),
        });
        Lanes {
            nodes: nodes.collect::<Vec<Node>>().into_iter().enumerate(),
            lanes: Vec::new(),
            next_number: 0,
            ready: VecDeque::new(),
        }
    }
}

impl Iterator for Lanes {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        if self.ready.is_empty() {
            let (index, node) = self.nodes.next()?;
            self.draw(index, &node);
        }
        self.ready.pop_front()
    }
}

impl Lanes {
    fn draw(&mut self, index: usize, node: &Node) {
        let column = self.column_of(node.at).unwrap_or_else(|| {
            let lane = self.new_lane(node.at);
            self.lanes.push(lane);
            self.lanes.len() - 1
        });
        let mut row = self.straight();
        row.put(2 * column, '*', self.number(column));
        self.ready.push_back(row.finish(Some(index)));

        let mut parents = node.parents.iter();
        let first = parents.next();
        for &parent in parents.rev() {
            self.add_parent(column, parent);
        }
        let Some(&parent) = first else {
            return self.close(column);
        };
        let other = self.column_of(parent);
        if let Some(lane) = self.lanes.get_mut(column) {
            lane.leads_to = parent;
        }
        if let Some(other) = other {
            self.join(column.min(other), column.max(other));
        }
    }

    /// Leads from a merge to one more parent.
    fn add_parent(&mut self, column: usize, parent: Position) {
        let row = match self.column_of(parent) {
            Some(other) => {
                let mut row = self.straight();
                if other > column {
                    row.line(column, other, '\\', self.number(other));
                } else {
                    row.line(other, column, '/', self.number(other));
                }
                row
            }
            None => {
                let mut row = RowWriter::default();
                let lane = self.new_lane(parent);
                self.lanes.insert(column + 1, lane);
                for (place, lane) in self.lanes.iter().enumerate() {
                    if place <= column {
                        row.put(2 * place, '|', lane.number);
                    } else {
                        row.put(2 * place - 1, '\\', lane.number);
                    }
                }
                row
            }
        };
        self.ready.push_back(row.finish(None));
    }

    /// Ends the right lane in the left one, which leads to the same revision.
    fn join(&mut self, left: usize, right: usize) {
        let mut row = self.straight_until(right);
        row.line(left, right, '/', self.number(right));
        self.take_out(right, row);
    }

    /// Ends a lane at a base.
    fn close(&mut self, column: usize) {
        let row = self.straight_until(column);
        self.take_out(column, row);
    }

    /// Takes a lane out, and moves those on its right to the left.
    fn take_out(&mut self, column: usize, mut row: RowWriter) {
        for (place, lane) in self.lanes.iter().enumerate().skip(column + 1) {
            row.put(2 * place - 1, '/', lane.number);
        }
        let is_last = column + 1 == self.lanes.len();
        let leads_somewhere = row.cells.iter().any(|cell| !matches!(cell.character, '|' | ' '));
        self.lanes.remove(column);
        if !is_last || leads_somewhere {
            self.ready.push_back(row.finish(None));
        }
    }

    fn new_lane(&mut self, leads_to: Position) -> Lane {
        let number = self.next_number;
        self.next_number += 1;
        Lane { leads_to, number }
    }

    fn column_of(&self, revision: Position) -> Option<usize> {
        self.lanes.iter().position(|lane| lane.leads_to == revision)
    }

    fn number(&self, column: usize) -> usize {
        self.lanes.get(column).map_or(0, |lane| lane.number)
    }

    fn straight(&self) -> RowWriter {
        self.straight_until(self.lanes.len())
    }

    fn straight_until(&self, column: usize) -> RowWriter {
        let mut row = RowWriter::default();
        for (place, lane) in self.lanes.iter().enumerate().take(column) {
            row.put(2 * place, '|', lane.number);
        }
        row
    }
}

#[derive(Default)]
struct RowWriter {
    cells: Vec<Cell>,
}

impl RowWriter {
    fn put(&mut self, place: usize, character: char, lane: usize) {
        if self.cells.len() <= place {
            self.cells.resize(place + 1, Cell { character: ' ', lane });
        }
        if let Some(cell) = self.cells.get_mut(place) {
            *cell = Cell { character, lane };
        }
    }

    /// Leads between two lanes: flat, and slanted at the right end.
    fn line(&mut self, left: usize, right: usize, slant: char, lane: usize) {
        for gap in left..right {
            let character = if gap + 1 == right { slant } else { '_' };
            self.put(2 * gap + 1, character, lane);
        }
    }

    fn finish(self, revision: Option<usize>) -> Row {
        let cells = self.cells;
        Row { revision, cells }
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text: String = self.cells.iter().map(|cell| cell.character).collect();
        f.pad(&text)
    }
}

#[cfg(test)]
mod tests;
