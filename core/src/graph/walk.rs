//! Relative expressions: so many steps up or down, where there is one way only.

use super::Direction;
use super::GraphError;
use super::expression::Offset;
use super::index::Position;
use super::resolve::Branch;
use super::resolve::Resolver;

/// A place between which steps lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Below all bases.
    Base,
    /// At a revision.
    At(Position),
}

/// Where a walk ended, and how many steps it took.
pub(super) struct Walked {
    pub(super) end: Place,
    pub(super) steps: u32,
}

impl Resolver<'_> {
    /// Walks as many steps as asked for, or fails.
    pub(super) fn walk_all(
        &self,
        start: Place,
        offset: Offset,
        branch: Option<&Branch>,
    ) -> Result<Place, GraphError> {
        let walked = self.walk(start, offset, branch)?;
        let (Offset::Up(asked) | Offset::Down(asked)) = offset;
        if walked.steps < asked {
            return Err(GraphError::Overshoot {
                expression: self.expression.to_owned(),
                asked,
                possible: walked.steps,
                direction: match offset {
                    Offset::Up(_) => Direction::Upgrade,
                    Offset::Down(_) => Direction::Downgrade,
                },
            });
        }
        Ok(walked.end)
    }

    /// Walks as many steps as asked for, or as there are. A branch leaves out the ways that lead out of it.
    pub(super) fn walk(
        &self,
        start: Place,
        offset: Offset,
        branch: Option<&Branch>,
    ) -> Result<Walked, GraphError> {
        let (Offset::Up(asked) | Offset::Down(asked)) = offset;
        let mut end = start;
        for steps in 0..asked {
            let next = match offset {
                Offset::Up(_) => self.above(end, branch),
                Offset::Down(_) => self.below(end, branch),
            };
            end = match next.as_slice() {
                [] => return Ok(Walked { end, steps }),
                [next] => *next,
                several => return Err(self.ambiguous(end, several)),
            };
        }
        Ok(Walked { end, steps: asked })
    }

    fn above(&self, place: Place, branch: Option<&Branch>) -> Vec<Place> {
        let in_branch = |position: &Position| branch.is_none_or(|branch| branch.members.contains(*position));
        let graph = self.graph;
        match place {
            Place::At(revision) => {
                let children = graph.children.of(revision).iter().copied();
                children.filter(in_branch).map(Place::At).collect()
            }
            Place::Base => {
                let positions = graph.revisions.positions();
                let bases = positions.filter(|&position| graph.revises.of(position).is_empty());
                bases.filter(in_branch).map(Place::At).collect()
            }
        }
    }

    fn below(&self, place: Place, branch: Option<&Branch>) -> Vec<Place> {
        let Place::At(revision) = place else {
            return Vec::new();
        };
        let parents = self.graph.revises.of(revision);
        if parents.is_empty() {
            return vec![Place::Base];
        }
        let in_branch = |position: &Position| branch.is_none_or(|branch| branch.members.contains(*position));
        parents.iter().copied().filter(in_branch).map(Place::At).collect()
    }

    fn ambiguous(&self, at: Place, choices: &[Place]) -> GraphError {
        let revisions = choices.iter().filter_map(|choice| match choice {
            Place::At(revision) => Some(*revision),
            Place::Base => None,
        });
        GraphError::AmbiguousWalk {
            expression: self.expression.to_owned(),
            at: match at {
                Place::At(revision) => Some(self.graph.revisions[revision].id.clone()),
                Place::Base => None,
            },
            choices: self.graph.ids(&revisions.collect::<Vec<Position>>()),
        }
    }

    /// Where `+N` and `-N` start: the single row, in the branch if one is given.
    ///
    /// Without a row in the branch, it is the topmost applied revision in it, and base when there is none.
    pub(super) fn current_place(&self, branch: Option<&Branch>) -> Result<Place, GraphError> {
        let Some(branch) = branch else {
            return self.single_row(&self.rows);
        };
        let members = |position: &Position| branch.members.contains(*position);
        let rows: Vec<Position> = self.rows.iter().copied().filter(members).collect();
        if !rows.is_empty() {
            return self.single_row(&rows);
        }
        let applied = self.graph.needs.reach(self.rows.iter().copied());
        let active: Vec<Position> = applied.iter().filter(members).collect();
        self.single_row(&self.graph.maximal(&active))
    }

    fn single_row(&self, rows: &[Position]) -> Result<Place, GraphError> {
        match rows {
            [] => Ok(Place::Base),
            [row] => Ok(Place::At(*row)),
            several => Err(self.multiple_rows(several)),
        }
    }
}
