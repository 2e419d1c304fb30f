//! The edges as revisions declare them, and the ones that count.

use std::collections::HashSet;

use super::index::Edges;
use super::index::PerRevision;
use super::index::Position;
use super::reach::parents_first;
use super::reduce::Edge;
use super::reduce::implied;

/// The edges as they are declared.
pub(super) struct DeclaredEdges {
    pub(super) revises: Edges,
    pub(super) depends_on: Edges,
}

/// The edges without those that others imply.
pub(super) struct ReducedEdges {
    pub(super) revises: Edges,
    /// All edges: the parents of each revision, then its dependencies.
    pub(super) needs: Edges,
    /// All revisions, parents before children.
    pub(super) order: Vec<Position>,
}

impl DeclaredEdges {
    /// The parents of each revision, then its dependencies.
    pub(super) fn all(&self) -> Edges {
        union(&self.revises, &self.depends_on)
    }

    /// Drops a parent that another parent descends from, and a dependency that anything else leads to.
    ///
    /// A parent that only a dependency implies stays: it says which branches a merge joins.
    pub(super) fn reduced(&self) -> ReducedEdges {
        let order = parents_first(&self.all());
        let revises = union(&self.revises, &Edges::none(self.revises.len()));
        let merges = positions(&revises).filter(|&source| revises.of(source).len() > 1);
        let revises = without(
            &revises,
            &implied(&revises, &order, merges.map(|source| (source, 0))),
        );

        let needs = union(&revises, &self.depends_on);
        let dependents = positions(&needs).map(|source| (source, revises.of(source).len()));
        let dependents = dependents.filter(|&(source, parents)| needs.of(source).len() > parents);
        let needs = without(&needs, &implied(&needs, &order, dependents));
        ReducedEdges {
            revises,
            needs,
            order,
        }
    }
}

fn positions(edges: &Edges) -> impl Iterator<Item = Position> + use<> {
    (0..edges.len()).map(Position::new)
}

/// The targets in `first`, then those in `second`, each once.
fn union(first: &Edges, second: &Edges) -> Edges {
    let mut named_by: PerRevision<Option<Position>> = PerRevision::filled(first.len(), None);
    Edges::new(positions(first).map(|source| {
        let targets = first.of(source).iter().chain(second.of(source));
        let once = targets.filter(|&&target| named_by[target].replace(source) != Some(source));
        once.copied().collect()
    }))
}

fn without(edges: &Edges, dropped: &[Edge]) -> Edges {
    if dropped.is_empty() {
        return edges.clone();
    }
    let dropped: HashSet<Edge> = dropped.iter().copied().collect();
    Edges::new(positions(edges).map(|source| {
        let kept = edges.of(source).iter().copied();
        kept.filter(|&target| !dropped.contains(&Edge { source, target }))
            .collect()
    }))
}
