//! Whether one revision is above another, where that is cheap to know.

use super::index::Edges;
use super::index::PerRevision;
use super::index::Position;

/// All revisions, parents before children; a line stays together where it can.
pub(super) fn parents_first(parents: &Edges) -> Vec<Position> {
    let children = parents.reversed();
    let mut waiting_for: PerRevision<usize> = PerRevision::filled(parents.len(), 0);
    let mut ready = Vec::new();
    for position in waiting_for.positions().rev() {
        waiting_for[position] = parents.of(position).len();
        if waiting_for[position] == 0 {
            ready.push(position);
        }
    }
    let mut order = Vec::with_capacity(parents.len());
    while let Some(position) = ready.pop() {
        order.push(position);
        for &child in children.of(position).iter().rev() {
            waiting_for[child] -= 1;
            if waiting_for[child] == 0 {
                ready.push(child);
            }
        }
    }
    order
}

/// Answers from two numbers a revision, computed in linear time.
pub(super) struct Reach {
    /// The length of the longest way to a base.
    level: PerRevision<usize>,
    /// Each revision hangs from its highest parent in a tree; in pre-order, those that hang from it follow it.
    number: PerRevision<usize>,
    /// How many hang from it, itself included.
    size: PerRevision<usize>,
}

impl Reach {
    pub(super) fn new(parents: &Edges, order: &[Position]) -> Self {
        let count = parents.len();
        let mut level = PerRevision::filled(count, 0);
        let mut highest = PerRevision::filled(count, None);
        for &position in order {
            for &parent in parents.of(position) {
                if level[position] <= level[parent] {
                    level[position] = level[parent] + 1;
                    highest[position] = Some(parent);
                }
            }
        }
        let mut size = PerRevision::filled(count, 1);
        for &position in order.iter().rev() {
            if let Some(parent) = highest[position] {
                size[parent] += size[position];
            }
        }
        let mut number = PerRevision::filled(count, 0);
        let mut next_below = PerRevision::filled(count, 0);
        let mut next_root = 0;
        for &position in order {
            let next = match highest[position] {
                Some(parent) => &mut next_below[parent],
                None => &mut next_root,
            };
            number[position] = *next;
            *next += size[position];
            next_below[position] = number[position] + 1;
        }
        Self { level, number, size }
    }

    /// Whether one of `others` descends from `target`; `None` when these numbers do not tell.
    pub(super) fn leads_to(&self, others: &Siblings, target: Position) -> Option<bool> {
        let first = self.number[target];
        let hanging = first + 1..first + self.size[target];
        let next = others.numbers.partition_point(|&number| number <= first);
        if others
            .numbers
            .get(next)
            .is_some_and(|number| hanging.contains(number))
        {
            Some(true)
        } else if self.level[target] >= others.highest {
            Some(false)
        } else {
            None
        }
    }

    /// Prepares questions about the parents of one revision.
    pub(super) fn siblings(&self, parents: &[Position]) -> Siblings {
        let mut numbers: Vec<usize> = parents.iter().map(|&parent| self.number[parent]).collect();
        numbers.sort_unstable();
        let levels = parents.iter().map(|&parent| self.level[parent]);
        Siblings {
            numbers,
            highest: levels.max().unwrap_or_default(),
        }
    }
}

/// The parents of one revision.
pub(super) struct Siblings {
    numbers: Vec<usize>,
    highest: usize,
}
