//! Random graphs, and the definitions of revision graphs written as plainly as possible: with sets.

use std::collections::BTreeSet;

use limbeck_core::graph::Label;
use limbeck_core::graph::Plan;
use limbeck_core::graph::Revision;
use limbeck_core::graph::RevisionGraph;
use limbeck_core::graph::RevisionId;
use limbeck_core::graph::Rows;
use proptest::prelude::*;
use proptest::sample::Index;

pub(crate) type Set = BTreeSet<usize>;

/// A history; revisions are numbered in load order.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    pub(crate) ids: Vec<String>,
    pub(crate) labels: Vec<Option<String>>,
    /// As declared.
    pub(crate) revises: Vec<Vec<usize>>,
    /// As declared.
    pub(crate) depends_on: Vec<Vec<usize>>,
}

impl Model {
    pub(crate) fn graph(&self) -> RevisionGraph {
        RevisionGraph::new(self.revisions()).unwrap()
    }

    pub(crate) fn revisions(&self) -> Vec<Revision> {
        let revisions = (0..self.len()).map(|index| {
            let mut revision = Revision::new(self.id(index), format!("{}.sql", self.ids[index]));
            revision.revises = self.revises[index]
                .iter()
                .map(|&parent| self.id(parent))
                .collect();
            revision.depends_on = self.depends_on[index]
                .iter()
                .map(|&at| self.name(at).to_owned())
                .collect();
            revision.labels = self.labels[index]
                .iter()
                .map(|label| Label::new(label).unwrap())
                .collect();
            revision
        });
        revisions.collect()
    }

    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }

    pub(crate) fn all(&self) -> Set {
        (0..self.len()).collect()
    }

    pub(crate) fn id(&self, index: usize) -> RevisionId {
        RevisionId::new(&self.ids[index]).unwrap()
    }

    /// The label, where there is one, else the id.
    pub(crate) fn name(&self, index: usize) -> &str {
        self.labels[index].as_ref().unwrap_or(&self.ids[index])
    }

    pub(crate) fn index(&self, id: &str) -> usize {
        self.ids.iter().position(|known| known == id).unwrap()
    }

    pub(crate) fn indices<'a>(&self, ids: impl IntoIterator<Item = &'a str>) -> Set {
        ids.into_iter().map(|id| self.index(id)).collect()
    }

    pub(crate) fn rows(&self, rows: &Set) -> Rows {
        rows.iter().map(|&row| self.ids[row].clone()).collect()
    }

    pub(crate) fn versioned_parents(&self, index: usize) -> Set {
        self.revises[index].iter().copied().collect()
    }

    /// The parents that no other parent descends from.
    pub(crate) fn reduced_parents(&self, index: usize) -> Set {
        let parents = self.versioned_parents(index);
        let implied = |parent: &usize| {
            let mut others = parents.iter().filter(|&other| other != parent);
            others.any(|&other| self.versioned_ancestors(other).contains(parent))
        };
        parents
            .iter()
            .copied()
            .filter(|parent| !implied(parent))
            .collect()
    }

    /// Over all edges.
    pub(crate) fn parents(&self, index: usize) -> Set {
        self.revises[index]
            .iter()
            .chain(&self.depends_on[index])
            .copied()
            .collect()
    }

    pub(crate) fn versioned_children(&self, index: usize) -> Set {
        self.all()
            .into_iter()
            .filter(|&child| self.revises[child].contains(&index))
            .collect()
    }

    pub(crate) fn children(&self, index: usize) -> Set {
        self.all()
            .into_iter()
            .filter(|&child| self.parents(child).contains(&index))
            .collect()
    }

    pub(crate) fn closure(&self, of: &Set) -> Set {
        grow(of, |index| self.parents(index))
    }

    pub(crate) fn descendants(&self, of: &Set) -> Set {
        grow(of, |index| self.children(index))
    }

    pub(crate) fn versioned_ancestors(&self, of: usize) -> Set {
        grow(&Set::from([of]), |index| self.versioned_parents(index))
    }

    /// What is above, below or the same over *revises*.
    pub(crate) fn branch(&self, of: usize) -> Set {
        let above = grow(&Set::from([of]), |index| self.versioned_children(index));
        &above | &self.versioned_ancestors(of)
    }

    /// The members that no other member needs.
    pub(crate) fn maximal(&self, of: &Set) -> Set {
        let needed = |index: usize| {
            of.iter()
                .any(|&other| other != index && self.closure(&[other].into()).contains(&index))
        };
        of.iter().copied().filter(|&index| !needed(index)).collect()
    }

    pub(crate) fn bases(&self) -> Set {
        self.all()
            .into_iter()
            .filter(|&index| self.revises[index].is_empty())
            .collect()
    }

    pub(crate) fn heads(&self) -> Set {
        self.maximal(&self.all())
    }

    pub(crate) fn versioned_heads(&self) -> Set {
        self.all()
            .into_iter()
            .filter(|&index| self.versioned_children(index).is_empty())
            .collect()
    }

    pub(crate) fn steps(&self, plan: &Plan) -> Vec<usize> {
        plan.steps
            .iter()
            .map(|step| self.index(step.revision.as_str()))
            .collect()
    }
}

fn grow(from: &Set, next: impl Fn(usize) -> Set) -> Set {
    let mut found = from.clone();
    let mut open: Vec<usize> = from.iter().copied().collect();
    while let Some(index) = open.pop() {
        open.extend(next(index).into_iter().filter(|&next| found.insert(next)));
    }
    found
}

/// A random history of up to `most` revisions and a random set of applied ones.
pub(crate) fn history(most: usize) -> impl Strategy<Value = (Model, Set)> {
    let revision = (
        prop::collection::vec(any::<Index>(), 0..4),
        prop::option::weighted(0.3, prop::collection::vec(any::<Index>(), 1..4)),
        prop::bool::weighted(0.3),
    );
    (
        prop::collection::vec(revision, 1..most),
        prop::collection::vec(any::<Index>(), 0..4),
        prop::collection::vec(any::<u32>(), most),
    )
        .prop_map(|(drawn, applied, shuffle)| {
            let count = drawn.len();
            // Number `place[i]` in load order is the i-th in an order that has parents first.
            let mut by_key: Vec<usize> = (0..count).collect();
            by_key.sort_by_key(|&index| shuffle[index]);
            let mut place = vec![0; count];
            for (position, &index) in by_key.iter().enumerate() {
                place[index] = position;
            }
            let mut model = Model {
                // Ids share beginnings, for prefixes.
                ids: (0..count).map(|index| format!("{index:04b}{index:x}")).collect(),
                labels: vec![None; count],
                revises: vec![Vec::new(); count],
                depends_on: vec![Vec::new(); count],
            };
            for (index, (revises, depends_on, labelled)) in drawn.into_iter().enumerate() {
                let at = place[index];
                let earlier = |picked: Vec<Index>| match index {
                    0 => Vec::new(),
                    _ => picked.iter().map(|pick| place[pick.index(index)]).collect(),
                };
                model.revises[at] = earlier(revises);
                model.depends_on[at] = earlier(depends_on.unwrap_or_default());
                model.labels[at] = labelled.then(|| format!("l{at}"));
            }
            let applied: Set = applied.iter().map(|pick| pick.index(count)).collect();
            let applied = model.closure(&applied);
            (model, applied)
        })
}
