//! Edges that other edges imply.

use super::index::Edges;
use super::index::PerRevision;
use super::index::Position;
use super::reach::Reach;

/// How many targets are searched for in one pass: as many bits.
const BATCH: usize = 64 * WORDS;
const WORDS: usize = 8;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Edge {
    pub(super) source: Position,
    pub(super) target: Position,
}

/// The edges whose source reaches their target over its other edges too.
///
/// Asked are, for each revision of `asked`, its edges from that number on; `order` has parents first. What [`Reach`]
/// does not tell is found for [`BATCH`] targets in one pass over `order`: exact for every graph, and nothing is done
/// for a graph without merges and dependencies.
pub(super) fn implied(
    edges: &Edges,
    order: &[Position],
    asked: impl Iterator<Item = (Position, usize)>,
) -> Vec<Edge> {
    let mut implied = Vec::new();
    let mut open = Vec::new();
    let mut reach = None;
    for (source, first) in asked {
        let targets = edges.of(source);
        let reach = reach.get_or_insert_with(|| Reach::new(edges, order));
        let siblings = reach.siblings(targets);
        for &target in targets.iter().skip(first) {
            match reach.leads_to(&siblings, target) {
                Some(true) => implied.push(Edge { source, target }),
                Some(false) => {}
                None => open.push(Edge { source, target }),
            }
        }
    }
    if !open.is_empty() {
        Search::new(edges, order).run(open, &mut implied);
    }
    implied
}

/// A set of the targets of one batch.
type Bits = [u64; WORDS];

struct Search<'a> {
    edges: &'a Edges,
    order: &'a [Position],
    /// The place of each revision in `order`.
    rank: PerRevision<usize>,
    /// Which targets of the batch each revision reaches, itself included.
    reached: PerRevision<Bits>,
    /// The bit of each target of the batch.
    bit_of: PerRevision<Option<usize>>,
}

impl<'a> Search<'a> {
    fn new(edges: &'a Edges, order: &'a [Position]) -> Self {
        let mut rank = PerRevision::filled(edges.len(), 0);
        for (index, &position) in order.iter().enumerate() {
            rank[position] = index;
        }
        Self {
            edges,
            order,
            rank,
            reached: PerRevision::filled(edges.len(), [0; WORDS]),
            bit_of: PerRevision::filled(edges.len(), None),
        }
    }

    fn run(mut self, mut asked: Vec<Edge>, implied: &mut Vec<Edge>) {
        asked.sort_by_key(|edge| (self.rank[edge.target], edge.source));
        let mut same_target = asked
            .chunk_by(|left, right| left.target == right.target)
            .peekable();
        while same_target.peek().is_some() {
            let batch: Vec<&[Edge]> = same_target.by_ref().take(BATCH).collect();
            self.batch(&batch, implied);
        }
    }

    fn batch(&mut self, batch: &[&[Edge]], implied: &mut Vec<Edge>) {
        let targets = || batch.iter().filter_map(|same| Some(same.first()?.target));
        for (bit, target) in targets().enumerate() {
            self.bit_of[target] = Some(bit);
        }
        let mut asked: Vec<Edge> = batch.iter().flat_map(|same| same.iter().copied()).collect();
        asked.sort();
        let first = targets()
            .map(|target| self.rank[target])
            .min()
            .unwrap_or_default();
        let last = asked
            .iter()
            .map(|edge| self.rank[edge.source])
            .max()
            .unwrap_or_default();
        for &position in self.order.get(first..=last).unwrap_or_default() {
            let mut bits = self.union_of_parents(position, first, |parent| self.reached[parent]);
            if let Some(bit) = self.bit_of[position] {
                set(&mut bits, bit, true);
            }
            self.reached[position] = bits;
        }
        for edges in asked.chunk_by(|left, right| left.source == right.source) {
            let Some(&Edge { source, .. }) = edges.first() else {
                continue;
            };
            let by_others = self.union_of_parents(source, first, |parent| self.reached_below(parent));
            let is_implied =
                |edge: &&Edge| self.bit_of[edge.target].is_some_and(|bit| is_set(&by_others, bit));
            implied.extend(edges.iter().filter(is_implied));
        }
        for target in targets() {
            self.bit_of[target] = None;
        }
    }

    /// What one of the parents has, of those that do not come before the whole batch.
    fn union_of_parents(&self, position: Position, first: usize, bits: impl Fn(Position) -> Bits) -> Bits {
        let mut union = [0; WORDS];
        for &parent in self.edges.of(position) {
            if self.rank[parent] >= first {
                for (word, more) in union.iter_mut().zip(bits(parent)) {
                    *word |= more;
                }
            }
        }
        union
    }

    /// Which targets a revision reaches, itself excluded.
    fn reached_below(&self, position: Position) -> Bits {
        let mut bits = self.reached[position];
        if let Some(own) = self.bit_of[position] {
            set(&mut bits, own, false);
        }
        bits
    }
}

fn set(bits: &mut Bits, bit: usize, value: bool) {
    if let Some(word) = bits.get_mut(bit / 64) {
        let mask = 1 << (bit % 64);
        *word = if value { *word | mask } else { *word & !mask };
    }
}

fn is_set(bits: &Bits, bit: usize) -> bool {
    bits.get(bit / 64).is_some_and(|word| word >> (bit % 64) & 1 == 1)
}
