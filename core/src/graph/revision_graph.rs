//! The graph and what can be asked of it without a version table.

use std::sync::Arc;

use super::GraphFaults;
use super::Revision;
use super::build;
use super::build::Names;
use super::declared_edges::DeclaredEdges;
use super::index::Edges;
use super::index::PerRevision;
use super::index::Position;
use super::reach::Reach;

/// All revisions of a history, known to be free of faults.
///
/// Load order, the order of the revisions given to [`RevisionGraph::new`], decides wherever the graph leaves a choice.
#[derive(Clone, Debug)]
pub struct RevisionGraph {
    pub(super) revisions: PerRevision<Arc<Revision>>,
    pub(super) names: Names,
    /// The parents over *revises*.
    pub(super) revises: Edges,
    /// The children over *revises*.
    pub(super) children: Edges,
    /// The parents over all edges: those over *revises* first.
    pub(super) needs: Edges,
    /// The children over all edges.
    pub(super) needed_by: Edges,
    /// Over all edges.
    pub(super) reach: Reach,
}

impl RevisionGraph {
    /// The graph of these revisions, or everything that is wrong with them.
    pub fn new(revisions: Vec<Revision>) -> Result<Self, GraphFaults> {
        Self::of_shared(revisions.into_iter().map(Arc::new).collect())
    }

    /// The same of revisions that somebody else keeps too.
    pub(crate) fn of_shared(revisions: Vec<Arc<Revision>>) -> Result<Self, GraphFaults> {
        build::build(revisions)
    }

    pub(super) fn assemble(
        revisions: PerRevision<Arc<Revision>>,
        names: Names,
        declared: DeclaredEdges,
    ) -> Self {
        let edges = declared.reduced();
        Self {
            revisions,
            names,
            children: edges.revises.reversed(),
            revises: edges.revises,
            needed_by: edges.needs.reversed(),
            reach: Reach::new(&edges.needs, &edges.order),
            needs: edges.needs,
        }
    }

    /// How many revisions there are.
    pub fn len(&self) -> usize {
        self.revisions.len()
    }

    /// Whether there is no revision.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All revisions in load order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Revision> {
        self.revisions.positions().map(|position| self.node(position))
    }

    /// The revision of exactly this id.
    pub fn get(&self, id: impl AsRef<str>) -> Option<&Revision> {
        self.position(id).map(|position| self.node(position))
    }

    /// The revisions that no other one needs, over any edge: what a fully upgraded database has as rows.
    pub fn heads(&self) -> impl Iterator<Item = &Revision> {
        self.without(&self.needed_by)
    }

    /// The revisions that no other one revises. More than [`heads`](Self::heads) when a tip is a dependency of another branch.
    pub fn versioned_heads(&self) -> impl Iterator<Item = &Revision> {
        self.without(&self.children)
    }

    /// The revisions without parents.
    pub fn bases(&self) -> impl Iterator<Item = &Revision> {
        self.without(&self.revises)
    }

    /// The revisions that several others revise.
    pub fn branch_points(&self) -> impl Iterator<Item = &Revision> {
        self.revisions
            .positions()
            .filter(|&position| self.children.of(position).len() > 1)
            .map(|position| self.node(position))
    }

    /// The parents of a revision, without those that another parent implies; none for an unknown id.
    pub fn revises(&self, id: impl AsRef<str>) -> impl Iterator<Item = &Revision> {
        self.targets(&self.revises, id)
    }

    /// The revisions that a revision depends on, without those that its other edges imply.
    pub fn depends_on(&self, id: impl AsRef<str>) -> impl Iterator<Item = &Revision> {
        let position = self.position(id);
        let parents = position.map_or(0, |position| self.revises.of(position).len());
        let needs = position
            .map(|position| self.needs.of(position))
            .unwrap_or_default();
        needs.iter().skip(parents).map(|&position| self.node(position))
    }

    /// The revisions that revise a revision, in load order.
    pub fn children(&self, id: impl AsRef<str>) -> impl Iterator<Item = &Revision> {
        self.targets(&self.children, id)
    }

    /// The revisions that revise a revision or depend on it, in load order.
    pub fn needed_by(&self, id: impl AsRef<str>) -> impl Iterator<Item = &Revision> {
        self.targets(&self.needed_by, id)
    }

    pub(super) fn node(&self, position: Position) -> &Revision {
        &self.revisions[position]
    }

    pub(crate) fn position(&self, id: impl AsRef<str>) -> Option<Position> {
        self.names.ids.get(id.as_ref()).copied()
    }

    fn without(&self, edges: &Edges) -> impl Iterator<Item = &Revision> {
        self.revisions
            .positions()
            .filter(|&position| edges.of(position).is_empty())
            .map(|position| self.node(position))
    }

    fn targets<'a>(&'a self, edges: &'a Edges, id: impl AsRef<str>) -> impl Iterator<Item = &'a Revision> {
        let targets = self.position(id).map(|position| edges.of(position));
        targets
            .unwrap_or_default()
            .iter()
            .map(|&position| self.node(position))
    }
}
