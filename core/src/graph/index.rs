//! Positions of revisions, and tables over them.

use std::ops::Index;
use std::ops::IndexMut;

/// A revision's place in load order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Position(u32);

impl Position {
    /// The position of the revision that was loaded as number `index`, from 0.
    pub(crate) fn new(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// One value for each revision.
#[derive(Clone, Debug)]
pub(crate) struct PerRevision<T>(Vec<T>);

impl<T> PerRevision<T> {
    /// The same value for each of `count` revisions.
    pub(crate) fn filled(count: usize, value: T) -> Self
    where
        T: Clone,
    {
        Self(vec![value; count])
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn positions(&self) -> impl DoubleEndedIterator<Item = Position> + use<T> {
        (0..self.0.len()).map(Position::new)
    }
}

impl<T> From<Vec<T>> for PerRevision<T> {
    fn from(values: Vec<T>) -> Self {
        Self(values)
    }
}

#[expect(
    clippy::indexing_slicing,
    reason = "a position is made only from the revisions of the graph whose table this is"
)]
impl<T> Index<Position> for PerRevision<T> {
    type Output = T;

    fn index(&self, position: Position) -> &T {
        &self.0[position.index()]
    }
}

#[expect(
    clippy::indexing_slicing,
    reason = "a position is made only from the revisions of the graph whose table this is"
)]
impl<T> IndexMut<Position> for PerRevision<T> {
    fn index_mut(&mut self, position: Position) -> &mut T {
        &mut self.0[position.index()]
    }
}

/// A set of revisions.
pub(crate) type Set = PerRevision<bool>;

impl Set {
    pub(crate) fn none(count: usize) -> Self {
        Self::filled(count, false)
    }

    pub(crate) fn of(count: usize, members: impl IntoIterator<Item = Position>) -> Self {
        let mut set = Self::none(count);
        for member in members {
            set.insert(member);
        }
        set
    }

    pub(crate) fn contains(&self, position: Position) -> bool {
        self[position]
    }

    /// Whether it was not yet in the set.
    pub(crate) fn insert(&mut self, position: Position) -> bool {
        !std::mem::replace(&mut self[position], true)
    }

    /// The members in load order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Position> {
        self.positions().filter(|&position| self.contains(position))
    }
}

/// Directed edges between revisions; the targets of one revision lie side by side.
#[derive(Clone, Debug)]
pub(crate) struct Edges {
    starts: Vec<u32>,
    targets: Vec<Position>,
}

impl Edges {
    /// The edges of each revision, in load order.
    pub(crate) fn new(lists: impl IntoIterator<Item = Vec<Position>>) -> Self {
        let mut starts = vec![0];
        let mut targets = Vec::new();
        for list in lists {
            targets.extend(list);
            starts.push(u32::try_from(targets.len()).unwrap_or(u32::MAX));
        }
        Self { starts, targets }
    }

    /// No edge at all.
    pub(crate) fn none(count: usize) -> Self {
        Self {
            starts: vec![0; count + 1],
            targets: Vec::new(),
        }
    }

    /// Of how many revisions these are the edges.
    pub(crate) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// How many edges there are.
    pub(crate) fn count(&self) -> usize {
        self.targets.len()
    }

    pub(crate) fn of(&self, position: Position) -> &[Position] {
        let bound = |index: usize| self.starts.get(index).map_or(0, |&start| start as usize);
        let range = bound(position.index())..bound(position.index() + 1);
        self.targets.get(range).unwrap_or_default()
    }

    /// The same edges the other way round; the sources of one revision are in load order.
    pub(crate) fn reversed(&self) -> Self {
        let mut lists = PerRevision::filled(self.len(), Vec::new());
        for source in (0..self.len()).map(Position::new) {
            for &target in self.of(source) {
                lists[target].push(source);
            }
        }
        Self::new(lists.0)
    }

    /// All that is reached from `starts`, these included.
    pub(crate) fn reach(&self, starts: impl IntoIterator<Item = Position>) -> Set {
        let mut reached = Set::none(self.len());
        let mut stack = Vec::new();
        for start in starts {
            if reached.insert(start) {
                stack.push(start);
            }
        }
        while let Some(position) = stack.pop() {
            for &target in self.of(position) {
                if reached.insert(target) {
                    stack.push(target);
                }
            }
        }
        reached
    }
}
