//! Plans that write the version table and run nothing.

use super::GraphError;
use super::Plan;
use super::RevisionGraph;
use super::RowChange;
use super::Rows;
use super::index::Position;
use super::index::Set;
use super::resolve::Resolved;
use super::resolve::Resolver;
use super::walk::Place;

impl RevisionGraph {
    /// The rows that say that the targets, and what they need, are applied, and nothing above them.
    ///
    /// Revisions that have nothing to do with the targets stay as they are; `purge` forgets them too. `base` stands for
    /// nothing applied, `B@base` for nothing of the roots that B descends from.
    ///
    /// # Errors
    ///
    /// A target means nothing or too much, or rows are unknown and not purged.
    pub fn plan_stamp(&self, rows: &Rows, targets: &[&str], purge: bool) -> Result<Plan, GraphError> {
        let split = self.split(rows);
        if !purge && !split.unknown.is_empty() {
            return Err(GraphError::UnknownRows {
                rows: split.unknown,
                direction: None,
            });
        }
        let mut stamped: Vec<Position> = Vec::new();
        let mut cleared: Vec<Position> = Vec::new();
        for target in targets {
            let resolver = Resolver::new(self, split.known.clone(), target);
            let parsed = resolver.parse_target()?;
            match (resolver.target(&parsed)?, resolver.branch(&parsed)?) {
                (Resolved::Revisions(revisions), _) => {
                    let above = revisions.iter().flat_map(|&revision| self.needed_by.of(revision));
                    cleared.extend(above);
                    stamped.extend(revisions);
                }
                (Resolved::Base, None) => cleared.extend(self.roots_above(Place::Base)),
                (Resolved::Base, Some(branch)) => {
                    cleared.extend(self.keep_branch(self.roots_above(Place::Base), Place::Base, &branch)?);
                }
            }
        }
        let kept = if purge {
            Vec::new()
        } else {
            self.applied_without(&split.known, cleared)
        };
        stamped.extend(kept);
        Ok(self.rewrite(rows, stamped))
    }

    /// What the rows say is applied, without `cleared` and all above it.
    fn applied_without(&self, rows: &[Position], cleared: Vec<Position>) -> Vec<Position> {
        let cleared = self.needed_by.reach(cleared);
        let applied = self.needs.reach(rows.iter().copied());
        applied
            .iter()
            .filter(|&position| !cleared.contains(position))
            .collect()
    }

    fn rewrite(&self, rows: &Rows, applied: Vec<Position>) -> Plan {
        let after = self.maximal(&applied);
        let wanted = Set::of(self.len(), after.iter().copied());
        let stays = |row: &str| {
            self.position(row)
                .is_some_and(|position| wanted.contains(position))
        };
        let before = self.split(rows).known;
        let insert: Vec<Position> = after
            .iter()
            .copied()
            .filter(|row| !before.contains(row))
            .collect();
        Plan {
            steps: Vec::new(),
            stamp: RowChange {
                delete: rows.iter().filter(|row| !stays(row)).map(str::to_owned).collect(),
                insert: self.ids(&insert),
            },
            rows_after: after
                .iter()
                .map(|&row| self.revisions[row].id.to_string())
                .collect(),
        }
    }
}
