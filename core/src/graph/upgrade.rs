//! Plans that lead up.

use super::Direction;
use super::GraphError;
use super::Plan;
use super::RevisionGraph;
use super::RevisionId;
use super::Rows;
use super::applied::SplitRows;
use super::expression::Offset;
use super::expression::Point;
use super::index::Position;
use super::index::Set;
use super::order::newest_first;
use super::resolve::Resolved;
use super::resolve::Resolver;
use super::steps::PlanWriter;

/// What an upgrade does when the version table names revisions that no file declares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Ahead {
    /// It is refused.
    #[default]
    Refuse,
    /// Only what is certainly not yet applied and needs nothing uncertain is planned; the unknown rows stay.
    ///
    /// A revision is certainly not applied when it lies above a row: otherwise that row would not be one. Of all
    /// others, an unknown row may be a descendant.
    Warn,
}

impl RevisionGraph {
    /// The steps that apply a target and all that it needs, parents first; `heads` means everything.
    ///
    /// ```
    /// use limbeck_core::graph::{Ahead, Revision, RevisionGraph, RevisionId, Rows};
    ///
    /// let graph = RevisionGraph::new(vec![Revision::new(RevisionId::new("a1")?, "a1.sql")])?;
    /// let plan = graph.plan_upgrade(&Rows::empty(), "heads", Ahead::Refuse)?;
    /// assert_eq!(plan.steps.len(), 1);
    /// assert_eq!(plan.rows_after, Rows::from_iter(["a1"]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The target means nothing or too much, or rows are unknown and `ahead` refuses that.
    pub fn plan_upgrade(&self, rows: &Rows, target: &str, ahead: Ahead) -> Result<Plan, GraphError> {
        let split = self.accept(rows, ahead)?;
        let resolver = Resolver::new(self, split.known.clone(), target);
        let parsed = resolver.parse_target()?;
        if let Point::Relative(None, Offset::Down(_)) = parsed.point {
            return Err(GraphError::WrongDirection {
                expression: target.to_owned(),
                direction: Direction::Upgrade,
            });
        }
        let targets = match resolver.target(&parsed)? {
            Resolved::Base => Vec::new(),
            Resolved::Revisions(revisions) => revisions,
        };
        Ok(self.upgrade_to(split, targets))
    }

    /// The same for several targets at once, by their exact ids.
    ///
    /// # Errors
    ///
    /// An id is unknown, or rows are unknown and `ahead` refuses that.
    pub fn plan_upgrade_to(
        &self,
        rows: &Rows,
        targets: &[RevisionId],
        ahead: Ahead,
    ) -> Result<Plan, GraphError> {
        let split = self.accept(rows, ahead)?;
        let known = |id: &RevisionId| self.position(id).ok_or_else(|| self.unknown_name(id.as_str()));
        let targets = targets
            .iter()
            .map(known)
            .collect::<Result<Vec<Position>, GraphError>>()?;
        Ok(self.upgrade_to(split, targets))
    }

    fn accept(&self, rows: &Rows, ahead: Ahead) -> Result<SplitRows, GraphError> {
        let split = self.split(rows);
        if ahead == Ahead::Refuse && !split.unknown.is_empty() {
            return Err(GraphError::UnknownRows {
                rows: split.unknown,
                direction: Some(Direction::Upgrade),
            });
        }
        Ok(split)
    }

    fn upgrade_to(&self, split: SplitRows, targets: Vec<Position>) -> Plan {
        let applied = self.needs.reach(split.known.iter().copied());
        let mut wanted = self.needs.reach(targets);
        for position in applied.iter() {
            wanted[position] = false;
        }
        let uncertain = if split.unknown.is_empty() {
            Set::none(self.len())
        } else {
            self.uncertain(&split, &wanted)
        };
        let mut writer = PlanWriter::new(self, split);
        for revision in newest_first(self, &wanted).into_iter().rev() {
            if !uncertain.contains(revision) {
                writer.upgrade(revision);
            }
        }
        writer.finish()
    }

    /// What may be applied already under an unknown row, and all that needs it.
    fn uncertain(&self, split: &SplitRows, wanted: &Set) -> Set {
        let above_rows = self.needed_by.reach(split.known.iter().copied());
        let perhaps_applied = wanted.iter().filter(|&position| !above_rows.contains(position));
        self.needed_by.reach(perhaps_applied)
    }
}
