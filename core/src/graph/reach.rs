//! Whether one revision is above another, where that is cheap to know.

use super::index::Edges;
use super::index::PerRevision;
use super::index::Position;
use super::index::Set;

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

/// Answers from a few numbers a revision, computed in linear time.
#[derive(Clone, Debug)]
pub(super) struct Reach {
    /// The length of the longest way to a base.
    level: PerRevision<usize>,
    /// Each revision hangs from its highest parent in a tree; in pre-order, those that hang from it follow it.
    number: PerRevision<usize>,
    /// How many hang from it, itself included.
    size: PerRevision<usize>,
    /// Two walks that visit a revision's parents first to last and last to first.
    walks: [PerRevision<Interval>; 2],
}

/// When a walk down left the revision, and when it first left one that the revision reaches.
///
/// The interval of all that a revision reaches lies within its own.
#[derive(Clone, Copy, Debug, Default)]
struct Interval {
    first: usize,
    last: usize,
}

/// Up to how many parents are compared each with each.
const COMPARED: usize = 16;

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
        let first_to_last = |parents: &[Position], taken: usize| parents.get(taken).copied();
        let last_to_first = |parents: &[Position], taken: usize| parents.iter().rev().nth(taken).copied();
        let walks = [
            intervals(parents, order, first_to_last),
            intervals(parents, order, last_to_first),
        ];
        Self {
            level,
            number,
            size,
            walks,
        }
    }

    /// Whether `below` is an ancestor of `above`, or the same; `None` when these numbers do not tell.
    pub(super) fn is_below(&self, below: Position, above: Position) -> Option<bool> {
        let first = self.number[below];
        if (first..first + self.size[below]).contains(&self.number[above]) {
            Some(true)
        } else if self.level[below] >= self.level[above] || self.is_apart(below, above) {
            Some(false)
        } else {
            None
        }
    }

    fn is_apart(&self, below: Position, above: Position) -> bool {
        self.walks.iter().any(|walk| {
            let (below, above) = (walk[below], walk[above]);
            below.first < above.first || below.last > above.last
        })
    }

    /// Whether one of `others` descends from `target`; `None` when these numbers do not tell.
    pub(super) fn leads_to(&self, others: &Siblings<'_>, target: Position) -> Option<bool> {
        let first = self.number[target];
        let hanging = first + 1..first + self.size[target];
        let next = others.numbers.partition_point(|&number| number <= first);
        if others
            .numbers
            .get(next)
            .is_some_and(|number| hanging.contains(number))
        {
            return Some(true);
        }
        let is_apart = |&other: &Position| other == target || self.is_below(target, other) == Some(false);
        let compared = others.parents.len() <= COMPARED;
        (self.level[target] >= others.highest || compared && others.parents.iter().all(is_apart))
            .then_some(false)
    }

    /// Prepares questions about the parents of one revision.
    pub(super) fn siblings<'a>(&self, parents: &'a [Position]) -> Siblings<'a> {
        let mut numbers: Vec<usize> = parents.iter().map(|&parent| self.number[parent]).collect();
        numbers.sort_unstable();
        let levels = parents.iter().map(|&parent| self.level[parent]);
        Siblings {
            parents,
            numbers,
            highest: levels.max().unwrap_or_default(),
        }
    }
}

/// The parents of one revision.
pub(super) struct Siblings<'a> {
    parents: &'a [Position],
    numbers: Vec<usize>,
    highest: usize,
}

/// Walks down from the heads, depth first; `parent` picks the next parent when some are taken.
fn intervals(
    parents: &Edges,
    order: &[Position],
    parent: impl Fn(&[Position], usize) -> Option<Position>,
) -> PerRevision<Interval> {
    let mut intervals = PerRevision::filled(parents.len(), Interval::default());
    let mut seen = Set::none(parents.len());
    let mut left = 0;
    for &start in order.iter().rev() {
        let mut path = Vec::new();
        if seen.insert(start) {
            path.push((start, 0));
        }
        while let Some((position, taken)) = path.pop() {
            if let Some(next) = parent(parents.of(position), taken) {
                path.push((position, taken + 1));
                if seen.insert(next) {
                    path.push((next, 0));
                }
                continue;
            }
            let below = parents.of(position).iter().map(|&parent| intervals[parent].first);
            let first = below.min().unwrap_or(left).min(left);
            intervals[position] = Interval { first, last: left };
            left += 1;
        }
    }
    intervals
}
