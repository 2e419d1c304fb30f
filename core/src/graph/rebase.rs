//! Plans that put revisions on top of others.

use std::collections::HashSet;

use super::GraphFaults;
use super::Revision;
use super::RevisionGraph;
use super::RevisionId;
use super::Rows;
use super::index::Position;

/// Other parents for some revisions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rebase {
    /// The revisions whose parents change.
    pub changes: Vec<Reparented>,
    /// The revisions that come to stand elsewhere: those that changed parents, and those that stand on them. One that
    /// only loses what was put below it is none of them.
    pub moved: Vec<RevisionId>,
}

/// A revision with other parents.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reparented {
    /// The revision.
    pub revision: RevisionId,
    /// Its parents up to now, as declared.
    pub from: Vec<RevisionId>,
    /// Its new parents.
    pub to: Vec<RevisionId>,
}

/// Why revisions cannot be put on top of others.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RebaseError {
    /// There is no such revision.
    #[error("there is no revision {0}")]
    Unknown(RevisionId),
    /// A revision cannot stand on itself.
    #[error("revision {0} cannot be put on top of itself")]
    Itself(RevisionId),
    /// The result would be no graph.
    #[error("with {revision} on top of {onto}, {faults}")]
    NoGraph {
        /// What was to be moved.
        revision: RevisionId,
        /// On top of what.
        onto: RevisionId,
        /// What would be wrong.
        faults: GraphFaults,
    },
}

impl RevisionGraph {
    /// The parents that put revisions on top of another: the first on top of `onto`, each further one on top of the one
    /// before it.
    ///
    /// With a revision come those below it that `onto` does not stand on; the lowest of them change parents. A revision
    /// that `onto` stands on comes alone: what stood on it stands on its parents then.
    ///
    /// ```
    /// use limbeck_core::graph::{Revision, RevisionGraph, RevisionId};
    ///
    /// let revision = |id: &str, parent: &str| {
    ///     let mut revision = Revision::new(RevisionId::new(id)?, format!("{id}.sql"));
    ///     revision.revises = vec![RevisionId::new(parent)?];
    ///     Ok::<_, limbeck_core::graph::IdError>(revision)
    /// };
    /// let first = Revision::new(RevisionId::new("a1")?, "a1.sql");
    /// let graph = RevisionGraph::new(vec![first, revision("theirs", "a1")?, revision("own", "a1")?])?;
    /// let rebase = graph.plan_rebase(&[RevisionId::new("own")?], &RevisionId::new("theirs")?)?;
    /// assert_eq!(rebase.changes[0].to, [RevisionId::new("theirs")?]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// A revision is unknown or would stand on itself, or the result would be no graph: what depends on a revision cannot
    /// come below it.
    pub fn plan_rebase(&self, revisions: &[RevisionId], onto: &RevisionId) -> Result<Rebase, RebaseError> {
        let mut graph = self.clone();
        let mut onto = onto.clone();
        let mut moved = HashSet::new();
        for revision in revisions {
            let step = graph.rebase_one(revision, &onto)?;
            graph = graph
                .with_parents(&step.changes)
                .map_err(|faults| RebaseError::NoGraph {
                    revision: revision.clone(),
                    onto: onto.clone(),
                    faults,
                })?;
            moved.extend(step.moved);
            onto.clone_from(revision);
        }
        Ok(Rebase {
            changes: self.changes_to(&graph),
            moved: self
                .iter()
                .map(|revision| revision.id.clone())
                .filter(|id| moved.contains(id))
                .collect(),
        })
    }

    fn rebase_one(&self, revision: &RevisionId, onto: &RevisionId) -> Result<Rebase, RebaseError> {
        if revision == onto {
            return Err(RebaseError::Itself(revision.clone()));
        }
        let position = self.known(revision)?;
        let below: HashSet<Position> = self.needs.reach([self.known(onto)?]).iter().collect();
        if below.contains(&position) {
            return Ok(self.take_out(position, onto));
        }
        let own = self.own(position, &below);
        let is_lowest = |own_one: &&Position| {
            let mut parents = self.revises.of(**own_one).iter();
            !parents.any(|parent| own.contains(parent))
        };
        let lowest = own.iter().filter(is_lowest);
        let changes: Vec<Reparented> = lowest
            .map(|&position| self.reparented(position, vec![onto.clone()]))
            .filter(|change| change.from != change.to)
            .collect();
        let moved = match changes.is_empty() {
            true => Vec::new(),
            false => own.iter().map(|&own| self.revisions[own].id.clone()).collect(),
        };
        Ok(Rebase { changes, moved })
    }

    /// A revision and those below it over *revises*, without those that are below already.
    fn own(&self, position: Position, below: &HashSet<Position>) -> HashSet<Position> {
        let mut own = HashSet::new();
        let mut waiting = vec![position];
        while let Some(next) = waiting.pop() {
            if !below.contains(&next) && own.insert(next) {
                waiting.extend_from_slice(self.revises.of(next));
            }
        }
        own
    }

    /// Takes a revision out of the line below `onto`, and puts it on top.
    fn take_out(&self, position: Position, onto: &RevisionId) -> Rebase {
        let id = &self.revisions[position].id;
        let parents = &self.revisions[position].revises;
        let without = |child: &Revision| {
            let mut to = Vec::new();
            for parent in &child.revises {
                let instead = match parent == id {
                    true => parents.as_slice(),
                    false => std::slice::from_ref(parent),
                };
                for parent in instead {
                    if !to.contains(parent) {
                        to.push(parent.clone());
                    }
                }
            }
            to
        };
        let children = self.iter().filter(|child| child.revises.contains(id));
        let mut changes: Vec<Reparented> = children
            .map(|child| Reparented {
                revision: child.id.clone(),
                from: child.revises.clone(),
                to: without(child),
            })
            .collect();
        changes.push(self.reparented(position, vec![onto.clone()]));
        Rebase {
            changes,
            moved: vec![id.clone()],
        }
    }

    fn reparented(&self, position: Position, to: Vec<RevisionId>) -> Reparented {
        let revision = &self.revisions[position];
        Reparented {
            revision: revision.id.clone(),
            from: revision.revises.clone(),
            to,
        }
    }

    fn with_parents(&self, changes: &[Reparented]) -> Result<Self, GraphFaults> {
        let mut revisions: Vec<Revision> = self.iter().cloned().collect();
        for revision in &mut revisions {
            if let Some(change) = changes.iter().find(|change| change.revision == revision.id) {
                revision.revises.clone_from(&change.to);
            }
        }
        Self::new(revisions)
    }

    /// The revisions whose declared parents are others in `after`, in load order.
    fn changes_to(&self, after: &Self) -> Vec<Reparented> {
        let both = self.iter().zip(after.iter());
        both.filter(|(before, after)| before.revises != after.revises)
            .map(|(before, after)| Reparented {
                revision: before.id.clone(),
                from: before.revises.clone(),
                to: after.revises.clone(),
            })
            .collect()
    }

    /// Whether a revision is another one or stands on it, over any edge.
    pub fn stands_on(&self, above: &RevisionId, below: &RevisionId) -> bool {
        self.applied(&Rows(vec![above.to_string()])).contains(below)
    }

    fn known(&self, id: &RevisionId) -> Result<Position, RebaseError> {
        self.position(id).ok_or_else(|| RebaseError::Unknown(id.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `b:a` is a revision b that revises a; `c:a,b` has two parents; `c:a>b` depends on b.
    fn graph(text: &str) -> RevisionGraph {
        let id = |text: &str| RevisionId::new(text).unwrap();
        let revisions = text.split_whitespace().map(|word| {
            let (name, rest) = word.split_once(':').unwrap_or((word, ""));
            let (parents, depends_on) = rest.split_once('>').unwrap_or((rest, ""));
            let list = |text: &str| -> Vec<String> {
                let parts = text.split(',').filter(|part| !part.is_empty());
                parts.map(str::to_owned).collect()
            };
            let mut revision = Revision::new(id(name), format!("{name}.sql"));
            revision.revises = list(parents).iter().map(|parent| id(parent)).collect();
            revision.depends_on = list(depends_on);
            revision
        });
        RevisionGraph::new(revisions.collect()).unwrap()
    }

    fn ids(text: &str) -> Vec<RevisionId> {
        let words = text.split_whitespace();
        words.map(|id| RevisionId::new(id).unwrap()).collect()
    }

    /// The changes as `b:a`, a `;`, and what moved.
    fn rebase(text: &str, revisions: &str, onto: &str) -> String {
        let rebase = graph(text).plan_rebase(&ids(revisions), &ids(onto)[0]);
        let rebase = match rebase {
            Ok(rebase) => rebase,
            Err(error) => return error.to_string(),
        };
        let list = |ids: &[RevisionId]| {
            ids.iter()
                .map(RevisionId::to_string)
                .collect::<Vec<_>>()
                .join(",")
        };
        let changes: Vec<String> = rebase
            .changes
            .iter()
            .map(|change| format!("{}:{}", change.revision, list(&change.to)))
            .collect();
        format!("{}; {}", changes.join(" "), list(&rebase.moved))
    }

    #[test]
    fn the_lowest_of_a_branch_gets_the_parent() {
        assert_eq!(rebase("a b:a c:b t:a", "c", "t"), "b:t; b,c");
        assert_eq!(rebase("a b:a c:b d:c t:a u:t", "c", "u"), "b:u; b,c");
        assert_eq!(rebase("a b:a t:a", "b", "a"), "; ");
        assert_eq!(rebase("a b t:a", "b", "t"), "b:t; b");
    }

    #[test]
    fn a_branch_that_joins_stays_joined() {
        assert_eq!(rebase("a b:a c:a d:b,c t:a", "d", "t"), "b:t c:t; b,c,d");
        assert_eq!(rebase("a t:a b:a m:t,b", "m", "t"), "b:t; b,m");
    }

    #[test]
    fn several_come_one_on_top_of_the_other() {
        assert_eq!(rebase("a b:a c:a t:a", "b c", "t"), "b:t c:b; b,c");
        assert_eq!(rebase("a p:a b:p c:p t:a", "b c", "t"), "p:t c:b; p,b,c");
    }

    #[test]
    fn what_is_only_needed_stays() {
        assert_eq!(rebase("a o b:a>o t:a", "b", "t"), "b:t; b");
    }

    #[test]
    fn one_comes_out_from_below_others() {
        assert_eq!(rebase("a x:a b:x c:b", "x", "c"), "x:c b:a; x");
        assert_eq!(rebase("x b:x", "x", "b"), "x:b b:; x");
        assert_eq!(rebase("a d:a x:a,d b:x,d e:x", "x", "b"), "x:b b:a,d e:a,d; x");
    }

    #[test]
    fn what_depends_cannot_come_below() {
        assert_eq!(
            rebase("a b:a", "b", "b"),
            "revision b cannot be put on top of itself"
        );
        assert_eq!(rebase("a b:a", "b", "z"), "there is no revision z");
        let refused = rebase("a x:a b:a>x", "x", "b");
        assert!(refused.starts_with("with x on top of b, "), "{refused}");
    }
}
