//! Plans that lead down.

use super::Direction;
use super::GraphError;
use super::Plan;
use super::RevisionGraph;
use super::RevisionId;
use super::Rows;
use super::applied::SplitRows;
use super::expression::Offset;
use super::expression::Point;
use super::expression::Target;
use super::index::Position;
use super::index::Set;
use super::order::newest_first;
use super::resolve::Branch;
use super::resolve::Resolver;
use super::steps::PlanWriter;
use super::walk::Place;

impl RevisionGraph {
    /// The steps that take back everything applied above a target, children first; `base` means everything.
    ///
    /// `undo` is what the journal says is still applied, newest first: `-N` follows it where the rows are no single
    /// chain.
    ///
    /// # Errors
    ///
    /// The target means nothing or too much, is not applied, or rows are unknown.
    pub fn plan_downgrade(&self, rows: &Rows, target: &str, undo: &[RevisionId]) -> Result<Plan, GraphError> {
        let split = self.split(rows);
        if !split.unknown.is_empty() {
            return Err(GraphError::UnknownRows {
                rows: split.unknown,
                direction: Some(Direction::Downgrade),
            });
        }
        let resolver = Resolver::new(self, split.known.clone(), target);
        let parsed = resolver.parse_target()?;
        let down = Downgrade {
            graph: self,
            applied: self.needs.reach(resolver.rows.iter().copied()),
            resolver,
        };
        let steps = down.steps(&parsed, undo)?;
        Ok(self.downgrade_by(split, &steps))
    }

    fn downgrade_by(&self, split: SplitRows, steps: &[Position]) -> Plan {
        let mut writer = PlanWriter::new(self, split);
        for &revision in steps {
            writer.downgrade(revision);
        }
        writer.finish()
    }
}

struct Downgrade<'a> {
    graph: &'a RevisionGraph,
    resolver: Resolver<'a>,
    applied: Set,
}

impl Downgrade<'_> {
    fn steps(&self, target: &Target, undo: &[RevisionId]) -> Result<Vec<Position>, GraphError> {
        let branch = self.resolver.branch(target)?;
        match (&target.point, &branch) {
            (Point::Relative(None, Offset::Up(_)), _) => Err(GraphError::WrongDirection {
                expression: self.resolver.expression.to_owned(),
                direction: Direction::Downgrade,
            }),
            (Point::Relative(None, Offset::Down(steps)), None) => self.last_steps(*steps, undo),
            (Point::Relative(None, Offset::Down(steps)), Some(branch)) => self.down_branch(*steps, branch),
            (Point::Relative(symbol, offset), branch) => {
                let start = self.resolver.start(symbol.as_ref(), *offset, branch.as_ref())?;
                let place = self.resolver.walk_all(start, *offset, branch.as_ref())?;
                self.above(place, branch.as_ref())
            }
            (Point::Symbol(symbol), branch) => {
                let resolved = self.resolver.symbol(symbol, branch.as_ref())?;
                self.above(self.resolver.single(resolved)?, branch.as_ref())
            }
        }
    }

    /// What is applied above a place.
    fn above(&self, place: Place, branch: Option<&Branch>) -> Result<Vec<Position>, GraphError> {
        let mut roots = self.graph.roots_above(place);
        if let Some(branch) = branch {
            roots = self.graph.keep_branch(roots, place, branch)?;
        }
        let steps = self.undone_with(roots);
        match place {
            Place::At(target) if steps.is_empty() && !self.resolver.rows.contains(&target) => {
                Err(GraphError::NotADowngradeTarget {
                    target: self.graph.revisions[target].id.clone(),
                    applied: self.applied.contains(target),
                })
            }
            _ => Ok(steps),
        }
    }

    /// The applied ones of `roots` and their applied descendants, children first.
    fn undone_with(&self, roots: Vec<Position>) -> Vec<Position> {
        let mut members = self.graph.needed_by.reach(roots);
        for position in members.positions() {
            members[position] &= self.applied.contains(position);
        }
        newest_first(self.graph, &members)
    }

    /// `B@-N`: the last revisions of the line that ends in the branch's current revision.
    fn down_branch(&self, asked: u32, branch: &Branch) -> Result<Vec<Position>, GraphError> {
        let start = match self.branch_tips(branch).as_slice() {
            [] => {
                let branch = branch.name.clone();
                return Err(GraphError::BranchNotApplied { branch });
            }
            [tip] => *tip,
            several => return Err(self.resolver.multiple_rows(several)),
        };
        let way = Offset::Down(asked.saturating_sub(1));
        let walked = self.resolver.walk(Place::At(start), way, Some(branch))?;
        match walked.end {
            Place::At(root) => Ok(self.undone_with(vec![root])),
            Place::Base => Err(self.too_far(asked, walked.steps)),
        }
    }

    /// The rows in the branch; without one, the applied revisions in it that no applied one revises.
    fn branch_tips(&self, branch: &Branch) -> Vec<Position> {
        let rows = self.resolver.rows.iter().copied();
        let rows: Vec<Position> = rows.filter(|&row| branch.members.contains(row)).collect();
        if !rows.is_empty() {
            return rows;
        }
        let is_tip = |position: &Position| {
            let mut children = self.graph.children.of(*position).iter();
            branch.members.contains(*position) && !children.any(|&child| self.applied.contains(child))
        };
        self.applied.iter().filter(is_tip).collect()
    }

    /// `-N`: the single chain below the single row, or else what the journal says.
    fn last_steps(&self, asked: u32, undo: &[RevisionId]) -> Result<Vec<Position>, GraphError> {
        let mut chain: Vec<Position> = Vec::new();
        let mut next = self.resolver.rows.clone();
        while (chain.len() as u64) < u64::from(asked) {
            match next.as_slice() {
                [] => return Err(self.too_far(asked, u32::try_from(chain.len()).unwrap_or(u32::MAX))),
                [only] => {
                    chain.push(*only);
                    next = self.graph.needs.of(*only).to_vec();
                }
                _ => return self.last_of_journal(asked, undo),
            }
        }
        Ok(chain)
    }

    fn last_of_journal(&self, asked: u32, undo: &[RevisionId]) -> Result<Vec<Position>, GraphError> {
        let mut still_applied = self.applied.clone();
        let known = undo.iter().filter_map(|id| self.graph.position(id));
        let mut steps = Vec::new();
        for position in known {
            if steps.len() as u64 == u64::from(asked) {
                break;
            }
            if !still_applied.contains(position) {
                continue;
            }
            let mut children = self.graph.needed_by.of(position).iter();
            if let Some(&child) = children.find(|&&child| still_applied.contains(child)) {
                return Err(GraphError::StillNeeded {
                    revision: self.graph.revisions[position].id.clone(),
                    needed_by: self.graph.revisions[child].id.clone(),
                });
            }
            still_applied[position] = false;
            steps.push(position);
        }
        let known = u32::try_from(steps.len()).unwrap_or(u32::MAX);
        if known < asked {
            return Err(GraphError::LastStepsUnknown {
                asked,
                known,
                rows: self.graph.ids(&self.resolver.rows),
            });
        }
        Ok(steps)
    }

    fn too_far(&self, asked: u32, possible: u32) -> GraphError {
        GraphError::Overshoot {
            expression: self.resolver.expression.to_owned(),
            asked,
            possible,
            direction: Direction::Downgrade,
        }
    }
}
