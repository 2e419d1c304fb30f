//! From revisions to a graph, or to all of their faults.

use std::collections::BTreeMap;
use std::collections::HashMap;
use std::sync::Arc;

use super::Label;
use super::Revision;
use super::RevisionGraph;
use super::RevisionId;
use super::cycle;
use super::declared_edges::DeclaredEdges;
use super::faults::CycleKind;
use super::faults::Declared;
use super::faults::GraphFault;
use super::faults::GraphFaults;
use super::index::Edges;
use super::index::PerRevision;
use super::index::Position;
use super::index::Set;
use crate::sql::near;

/// For how many faults near names are looked up: beyond, something else is wrong than a typing error.
const NEAR_NAMES_FOR: usize = 50;

/// All names of a set of revisions.
#[derive(Clone, Debug)]
pub(super) struct Names {
    pub(super) ids: HashMap<RevisionId, Position>,
    pub(super) labels: HashMap<Label, Position>,
}

pub(super) fn build(revisions: Vec<Arc<Revision>>) -> Result<RevisionGraph, GraphFaults> {
    let revisions = PerRevision::from(revisions);
    let mut faults = Vec::new();
    let names = Names {
        ids: index_ids(&revisions, &mut faults),
        labels: HashMap::new(),
    };
    let names = Names {
        labels: index_labels(&revisions, &names.ids, &mut faults),
        ..names
    };
    let edges = resolve_edges(&revisions, &names, &mut faults);
    find_cycles(&revisions, &edges, &mut faults);
    match GraphFaults::of(faults) {
        Some(faults) => Err(faults),
        None => Ok(RevisionGraph::assemble(revisions, names, edges)),
    }
}

fn declared(revisions: &PerRevision<Arc<Revision>>, position: Position) -> Declared {
    let revision = &revisions[position];
    Declared {
        id: revision.id.clone(),
        origin: revision.origin.clone(),
    }
}

fn index_ids(
    revisions: &PerRevision<Arc<Revision>>,
    faults: &mut Vec<GraphFault>,
) -> HashMap<RevisionId, Position> {
    let mut ids = HashMap::with_capacity(revisions.len());
    let mut copies: BTreeMap<Position, Vec<String>> = BTreeMap::new();
    for position in revisions.positions() {
        let Revision { id, origin, .. } = &*revisions[position];
        let first = *ids.entry(id.clone()).or_insert(position);
        if first == position {
            continue;
        }
        let origins = copies
            .entry(first)
            .or_insert_with(|| vec![revisions[first].origin.clone()]);
        origins.push(origin.clone());
    }
    faults.extend(
        copies
            .into_iter()
            .map(|(first, origins)| GraphFault::DuplicateId {
                id: revisions[first].id.clone(),
                origins,
            }),
    );
    ids
}

fn index_labels(
    revisions: &PerRevision<Arc<Revision>>,
    ids: &HashMap<RevisionId, Position>,
    faults: &mut Vec<GraphFault>,
) -> HashMap<Label, Position> {
    let mut declarations: Vec<(&Label, Position)> = Vec::new();
    for position in revisions.positions() {
        for label in &revisions[position].labels {
            declarations.push((label, position));
        }
    }
    declarations.sort();
    declarations.dedup();

    let mut labels = HashMap::with_capacity(declarations.len());
    for same in declarations.chunk_by(|(left, _), (right, _)| left == right) {
        let Some(&(label, position)) = same.first() else {
            continue;
        };
        if same.len() > 1 {
            faults.push(GraphFault::DuplicateLabel {
                label: label.clone(),
                revisions: same.iter().map(|&(_, by)| declared(revisions, by)).collect(),
            });
        }
        if let Some(&named) = ids.get(label.as_str()) {
            faults.push(GraphFault::LabelIsId {
                label: label.clone(),
                labelled: declared(revisions, position),
                named: declared(revisions, named),
            });
        }
        labels.insert(label.clone(), position);
    }
    labels
}

fn resolve_edges(
    revisions: &PerRevision<Arc<Revision>>,
    names: &Names,
    faults: &mut Vec<GraphFault>,
) -> DeclaredEdges {
    let ids = || {
        revisions
            .positions()
            .map(|position| revisions[position].id.as_str())
    };
    let ids_and_labels = || {
        revisions
            .positions()
            .flat_map(|position| revisions[position].names())
    };
    let mut all_revises = Vec::with_capacity(revisions.len());
    let mut all_depends_on = Vec::with_capacity(revisions.len());
    for position in revisions.positions() {
        let revision = &revisions[position];
        let mut revises = Vec::new();
        for parent in &revision.revises {
            match names.ids.get(parent) {
                Some(&parent) => revises.push(parent),
                None => faults.push(GraphFault::MissingParent {
                    child: declared(revisions, position),
                    parent: parent.clone(),
                    near: near_names(parent.as_str(), faults.len(), ids()),
                }),
            }
        }
        let mut depends_on = Vec::new();
        for dependency in &revision.depends_on {
            match names.exact(dependency) {
                Some(dependency) => depends_on.push(dependency),
                None => faults.push(GraphFault::MissingDependency {
                    child: declared(revisions, position),
                    dependency: dependency.clone(),
                    near: near_names(dependency, faults.len(), ids_and_labels()),
                }),
            }
        }
        all_revises.push(revises);
        all_depends_on.push(depends_on);
    }
    DeclaredEdges {
        revises: Edges::new(all_revises),
        depends_on: Edges::new(all_depends_on),
    }
}

/// The `candidates` that were perhaps meant, for the first faults.
fn near_names<'a>(wanted: &str, faults: usize, candidates: impl Iterator<Item = &'a str>) -> Vec<String> {
    if faults >= NEAR_NAMES_FOR {
        return Vec::new();
    }
    near(wanted, candidates).into_iter().map(str::to_owned).collect()
}

/// Cycles over *revises* first; then those that need a `depends_on`, among the rest.
fn find_cycles(revisions: &PerRevision<Arc<Revision>>, edges: &DeclaredEdges, faults: &mut Vec<GraphFault>) {
    let mut reported = Set::none(revisions.len());
    let mut report = |kind: CycleKind, cycles: Vec<Vec<Position>>, reported: &mut Set| {
        for path in cycles {
            for &position in &path {
                reported.insert(position);
            }
            faults.push(GraphFault::Cycle {
                kind,
                path: path
                    .into_iter()
                    .map(|position| declared(revisions, position))
                    .collect(),
            });
        }
    };
    let versioned = cycle::cycles(&edges.revises, &reported);
    report(CycleKind::Revises, versioned, &mut reported);
    let any = cycle::cycles(&edges.all(), &reported);
    report(CycleKind::Dependency, any, &mut reported);
}

impl Names {
    /// The revision of this id, or the one that declares this label.
    pub(super) fn exact(&self, name: &str) -> Option<Position> {
        let id = self.ids.get(name);
        id.or_else(|| self.labels.get(name)).copied()
    }
}
