//! From syntax trees to revisions.

use super::GraphError;
use super::RevisionGraph;
use super::RevisionId;
use super::Rows;
use super::expression::Expression;
use super::expression::Offset;
use super::expression::Point;
use super::expression::Symbol;
use super::expression::Target;
use super::id::RESERVED;
use super::index::Edges;
use super::index::Position;
use super::index::Set;
use super::walk::Place;
use crate::sql::near;

impl RevisionGraph {
    /// The revisions that an expression means; none for `base`, and for `head` of an empty graph.
    ///
    /// `current`, `+N` and `-N` start at the rows that the graph knows. A range is an error here.
    pub fn resolve(&self, expression: &str, rows: &Rows) -> Result<Vec<RevisionId>, GraphError> {
        let resolver = Resolver::new(self, self.split(rows).known, expression);
        let target = resolver.parse_target()?;
        Ok(match resolver.target(&target)? {
            Resolved::Base => Vec::new(),
            Resolved::Revisions(revisions) => self.ids(&revisions),
        })
    }

    pub(super) fn unknown_name(&self, name: &str) -> GraphError {
        let names = self.iter().flat_map(|revision| revision.names());
        GraphError::UnknownName {
            name: name.to_owned(),
            near: near(name, RESERVED.into_iter().chain(names))
                .into_iter()
                .map(str::to_owned)
                .collect(),
        }
    }

    pub(super) fn ids(&self, positions: &[Position]) -> Vec<RevisionId> {
        positions
            .iter()
            .map(|&position| self.revisions[position].id.clone())
            .collect()
    }

    /// What of `positions` no other one of them needs, in load order.
    pub(super) fn maximal(&self, positions: &[Position]) -> Vec<Position> {
        let below = positions
            .iter()
            .flat_map(|&position| self.needs.of(position))
            .copied();
        let below = self.needs.reach(below);
        let mut maximal: Vec<Position> = positions
            .iter()
            .copied()
            .filter(|&position| !below.contains(position))
            .collect();
        maximal.sort();
        maximal.dedup();
        maximal
    }
}

/// What an expression means.
pub(super) enum Resolved {
    /// Below all bases.
    Base,
    /// These revisions, in load order; perhaps none.
    Revisions(Vec<Position>),
}

/// A revision with all that is above and below it over *revises*.
pub(super) struct Branch {
    pub(super) name: String,
    pub(super) at: Position,
    pub(super) members: Set,
}

/// Resolves one expression against a graph and the known rows of a version table.
pub(super) struct Resolver<'a> {
    pub(super) graph: &'a RevisionGraph,
    /// The known rows that no other row needs, in load order.
    pub(super) rows: Vec<Position>,
    /// The text, for messages.
    pub(super) expression: &'a str,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(graph: &'a RevisionGraph, rows: Vec<Position>, expression: &'a str) -> Self {
        Self {
            graph,
            rows: graph.maximal(&rows),
            expression,
        }
    }

    /// The expression's syntax tree; a range is an error.
    pub(super) fn parse_target(&self) -> Result<Target, GraphError> {
        match self.expression.parse()? {
            Expression::Target(target) => Ok(target),
            Expression::Range { .. } => Err(GraphError::RangeNotAllowed {
                expression: self.expression.to_owned(),
            }),
        }
    }

    pub(super) fn target(&self, target: &Target) -> Result<Resolved, GraphError> {
        let branch = self.branch(target)?;
        match &target.point {
            Point::Symbol(symbol) => self.symbol(symbol, branch.as_ref()),
            Point::Relative(symbol, offset) => {
                let start = self.start(symbol.as_ref(), *offset, branch.as_ref())?;
                let place = self.walk_all(start, *offset, branch.as_ref())?;
                Ok(match place {
                    Place::Base => Resolved::Base,
                    Place::At(revision) => Resolved::Revisions(vec![revision]),
                })
            }
        }
    }

    pub(super) fn branch(&self, target: &Target) -> Result<Option<Branch>, GraphError> {
        let Some(name) = &target.branch else {
            return Ok(None);
        };
        let at = self.name(name, None)?;
        let mut members = self.graph.revises.reach([at]);
        for above in self.graph.children.reach([at]).iter() {
            members.insert(above);
        }
        let name = name.clone();
        Ok(Some(Branch { name, at, members }))
    }

    pub(super) fn symbol(&self, symbol: &Symbol, branch: Option<&Branch>) -> Result<Resolved, GraphError> {
        let in_branch = |position: &Position| branch.is_none_or(|branch| branch.members.contains(*position));
        let revisions = match symbol {
            Symbol::Base => return Ok(Resolved::Base),
            Symbol::Head => {
                let heads = self.tips(&self.graph.children, branch);
                if heads.len() > 1 {
                    return Err(self.multiple_heads(&heads));
                }
                heads
            }
            Symbol::Heads if branch.is_some() => self.tips(&self.graph.children, branch),
            Symbol::Heads => self.heads(),
            Symbol::Current => self.rows.iter().copied().filter(in_branch).collect(),
            Symbol::Name(name) => vec![self.name(name, branch)?],
        };
        Ok(Resolved::Revisions(revisions))
    }

    /// One place to start a walk from: a symbol, or what is current.
    pub(super) fn start(
        &self,
        symbol: Option<&Symbol>,
        offset: Offset,
        branch: Option<&Branch>,
    ) -> Result<Place, GraphError> {
        match symbol {
            None => self.current_place(branch),
            // Going up, the branch chooses the way and need not hold the start: `accounts@a1+1` may lead into it.
            Some(Symbol::Name(name)) if matches!(offset, Offset::Up(_)) => {
                self.name(name, None).map(Place::At)
            }
            Some(symbol) => self.single(self.symbol(symbol, branch)?),
        }
    }

    /// The only revision of several, or base.
    pub(super) fn single(&self, resolved: Resolved) -> Result<Place, GraphError> {
        match resolved {
            Resolved::Base => Ok(Place::Base),
            Resolved::Revisions(revisions) => match revisions.as_slice() {
                [] => Ok(Place::Base),
                [revision] => Ok(Place::At(*revision)),
                several => Err(self.multiple_heads(several)),
            },
        }
    }

    /// The revision that an id, a label or the start of one means; in the branch, when one is given.
    fn name(&self, name: &str, branch: Option<&Branch>) -> Result<Position, GraphError> {
        let graph = self.graph;
        if let Some(position) = graph.names.exact(name) {
            return match branch {
                Some(branch) if !branch.members.contains(position) => Err(not_in_branch(name, branch)),
                _ => Ok(position),
            };
        }
        let all: Vec<(&str, Position)> = graph
            .revisions
            .positions()
            .flat_map(|position| {
                graph.revisions[position]
                    .names()
                    .map(move |name| (name, position))
            })
            .filter(|(candidate, _)| candidate.starts_with(name))
            .collect();
        let mut candidates = all.clone();
        candidates.retain(|(_, position)| branch.is_none_or(|branch| branch.members.contains(*position)));
        match (candidates.as_slice(), branch) {
            ([], Some(branch)) if !all.is_empty() => Err(not_in_branch(name, branch)),
            ([], _) => Err(graph.unknown_name(name)),
            ([(_, first), others @ ..], _) if others.iter().all(|(_, other)| other == first) => Ok(*first),
            (several, _) => Err(GraphError::AmbiguousPrefix {
                prefix: name.to_owned(),
                candidates: several.iter().map(|(name, _)| (*name).to_owned()).collect(),
            }),
        }
    }

    /// The real heads: nothing needs them.
    pub(super) fn heads(&self) -> Vec<Position> {
        self.tips(&self.graph.needed_by, None)
    }

    /// The revisions without an edge, in load order.
    fn tips(&self, edges: &Edges, branch: Option<&Branch>) -> Vec<Position> {
        let positions = self.graph.revisions.positions();
        positions
            .filter(|&position| edges.of(position).is_empty())
            .filter(|&position| branch.is_none_or(|branch| branch.members.contains(position)))
            .collect()
    }

    pub(super) fn multiple_heads(&self, heads: &[Position]) -> GraphError {
        GraphError::MultipleHeads {
            expression: self.expression.to_owned(),
            heads: self.graph.ids(heads),
        }
    }

    pub(super) fn multiple_rows(&self, rows: &[Position]) -> GraphError {
        GraphError::MultipleRows {
            expression: self.expression.to_owned(),
            rows: self.graph.ids(rows),
        }
    }
}

fn not_in_branch(name: &str, branch: &Branch) -> GraphError {
    GraphError::NotInBranch {
        name: name.to_owned(),
        branch: branch.name.clone(),
    }
}
