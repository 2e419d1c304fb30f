//! The order of a plan: depth first, along one line for as long as possible.

use std::collections::BTreeSet;

use super::RevisionGraph;
use super::index::Edges;
use super::index::PerRevision;
use super::index::Position;
use super::index::Set;
use super::reach::Reach;

/// The members, children before parents.
///
/// The lines that are being followed stand side by side in *slots*, at first one for each member without a child, in
/// load order. From the slot at hand the walk goes down to the first parent; further parents get slots at the end.
/// A revision whose children are not all emitted waits, and the walk goes on in the first slot that lies above it. At
/// the end of a line its slot goes, and the walk goes on in the slot before it.
///
/// Between two members, all revisions must be members.
pub(super) fn newest_first(graph: &RevisionGraph, members: &Set) -> Vec<Position> {
    let mut walk = Walk::new(graph, members);
    while let Some(slot) = walk.at {
        walk.step(slot);
    }
    walk.emitted
}

/// How many slots and edges may be looked at in search of the slot above a waiting revision, for each edge of the graph.
const EFFORT_PER_EDGE: usize = 32;

/// And how many whatever the graph's size.
const LEAST_EFFORT: usize = 1_000_000;

type SlotId = usize;

#[derive(Clone, Copy)]
struct Slot {
    at: Position,
    previous: Option<SlotId>,
    next: Option<SlotId>,
}

struct Walk<'a> {
    needs: &'a Edges,
    needed_by: &'a Edges,
    reach: &'a Reach,
    /// What is not emitted.
    open: Set,
    /// How many open children each member has.
    open_children: PerRevision<usize>,
    /// How many children at the start of each list are known to be closed.
    closed_children: PerRevision<usize>,
    /// Only ever appended to, so that a smaller number is an earlier slot.
    slots: Vec<Slot>,
    first: Option<SlotId>,
    last: Option<SlotId>,
    slot_of: PerRevision<Option<SlotId>>,
    /// Slots whose revision waits for nothing.
    ready: BTreeSet<SlotId>,
    at: Option<SlotId>,
    seen: PerRevision<usize>,
    searches: usize,
    effort: usize,
    emitted: Vec<Position>,
}

impl<'a> Walk<'a> {
    fn new(graph: &'a RevisionGraph, members: &Set) -> Self {
        let RevisionGraph {
            needs,
            needed_by,
            reach,
            ..
        } = graph;
        let count = members.len();
        let mut walk = Self {
            needs,
            needed_by,
            reach,
            open: members.clone(),
            open_children: PerRevision::filled(count, 0),
            closed_children: PerRevision::filled(count, 0),
            slots: Vec::new(),
            first: None,
            last: None,
            slot_of: PerRevision::filled(count, None),
            ready: BTreeSet::new(),
            at: None,
            seen: PerRevision::filled(count, 0),
            searches: 0,
            effort: LEAST_EFFORT + EFFORT_PER_EDGE * (needs.count() + count),
            emitted: Vec::new(),
        };
        for member in members.iter() {
            let children = needed_by.of(member).iter();
            walk.open_children[member] = children.filter(|&&child| members.contains(child)).count();
        }
        for member in members.iter() {
            if walk.open_children[member] == 0 {
                walk.append(member);
            }
        }
        walk.at = walk.first;
        walk
    }

    fn step(&mut self, slot: SlotId) {
        let Some(revision) = self.slots.get(slot).map(|slot| slot.at) else {
            self.at = None;
            return;
        };
        if self.open_children[revision] > 0 {
            self.at = self.first_above(revision);
            return;
        }
        self.emit(slot, revision);
        let needs = self.needs;
        let mut parents = needs
            .of(revision)
            .iter()
            .copied()
            .filter(|&parent| self.open.contains(parent) && self.slot_of[parent].is_none())
            .collect::<Vec<Position>>()
            .into_iter();
        match parents.next() {
            Some(parent) => self.put(slot, parent),
            None => self.remove(slot),
        }
        for parent in parents {
            self.append(parent);
        }
    }

    fn emit(&mut self, slot: SlotId, revision: Position) {
        self.emitted.push(revision);
        self.open[revision] = false;
        self.slot_of[revision] = None;
        self.ready.remove(&slot);
        for &parent in self.needs.of(revision) {
            if !self.open.contains(parent) {
                continue;
            }
            self.open_children[parent] -= 1;
            if let Some(slot) = self.slot_of[parent].filter(|_| self.open_children[parent] == 0) {
                self.ready.insert(slot);
            }
        }
    }

    fn put(&mut self, id: SlotId, revision: Position) {
        if let Some(slot) = self.slots.get_mut(id) {
            slot.at = revision;
        }
        self.slot_of[revision] = Some(id);
        if self.open_children[revision] == 0 {
            self.ready.insert(id);
        }
    }

    fn append(&mut self, revision: Position) {
        let id = self.slots.len();
        self.slots.push(Slot {
            at: revision,
            previous: self.last,
            next: None,
        });
        match self.last.and_then(|last| self.slots.get_mut(last)) {
            Some(last) => last.next = Some(id),
            None => self.first = Some(id),
        }
        self.last = Some(id);
        self.put(id, revision);
    }

    /// Takes the slot out and goes to the one before it, or to the first one.
    fn remove(&mut self, id: SlotId) {
        let Some(&Slot { previous, next, .. }) = self.slots.get(id) else {
            return;
        };
        match previous.and_then(|previous| self.slots.get_mut(previous)) {
            Some(previous) => previous.next = next,
            None => self.first = next,
        }
        match next.and_then(|next| self.slots.get_mut(next)) {
            Some(next) => next.previous = previous,
            None => self.last = previous,
        }
        self.at = previous.or(self.first);
    }

    /// The first slot above a waiting revision.
    ///
    /// Some graphs could make all these searches quadratic together. When their effort is used up, the first slot
    /// that waits for nothing is taken instead: still children before parents, and still the same every time.
    fn first_above(&mut self, revision: Position) -> Option<SlotId> {
        let mut next = self.first;
        while let Some((id, slot)) = next.and_then(|id| Some((id, *self.slots.get(id)?))) {
            match self.reach.is_below(revision, slot.at) {
                _ if slot.at == revision => next = slot.next,
                Some(true) => return Some(id),
                Some(false) => next = slot.next,
                None => {
                    return self
                        .search_above(revision, id)
                        .or_else(|| self.ready.first().copied());
                }
            }
            if !self.spend() {
                break;
            }
        }
        self.ready.first().copied()
    }

    /// Looks at everything open above a revision; `earliest` is the first slot that could be found.
    fn search_above(&mut self, revision: Position, earliest: SlotId) -> Option<SlotId> {
        self.searches += 1;
        let mut found: Option<SlotId> = None;
        let mut path = vec![(revision, 0)];
        while let Some((below, skip)) = path.pop() {
            let children = self.needed_by.of(below);
            let skip = skip.max(self.skip_closed(below, children));
            let Some(&child) = children.get(skip) else {
                continue;
            };
            path.push((below, skip + 1));
            if !self.spend() {
                return None;
            }
            if !self.open.contains(child) || self.seen[child] == self.searches {
                continue;
            }
            self.seen[child] = self.searches;
            if let Some(slot) = self.slot_of[child] {
                found = Some(found.map_or(slot, |found| found.min(slot)));
                if found == Some(earliest) {
                    break;
                }
            }
            path.push((child, 0));
        }
        found
    }

    /// Whether there was effort left for one more look.
    fn spend(&mut self) -> bool {
        let left = self.effort.checked_sub(1);
        self.effort = left.unwrap_or_default();
        left.is_some()
    }

    fn skip_closed(&mut self, below: Position, children: &[Position]) -> usize {
        let mut skip = self.closed_children[below];
        while children
            .get(skip)
            .is_some_and(|&child| !self.open.contains(child))
        {
            skip += 1;
        }
        self.closed_children[below] = skip;
        skip
    }
}
