//! What lies directly above a place, for the plans that clear what is above it.

use super::GraphError;
use super::RevisionGraph;
use super::index::Position;
use super::resolve::Branch;
use super::walk::Place;

impl RevisionGraph {
    /// The children of a revision over *revises*; all bases, above base.
    pub(super) fn roots_above(&self, place: Place) -> Vec<Position> {
        match place {
            Place::At(target) => self.children.of(target).to_vec(),
            Place::Base => {
                let positions = self.revisions.positions();
                positions
                    .filter(|&position| self.revises.of(position).is_empty())
                    .collect()
            }
        }
    }

    /// Of these roots, those that the branch's revision is or descends from.
    ///
    /// Where the branch begins at or below the place and only one way leads on, that way is the branch's.
    pub(super) fn keep_branch(
        &self,
        roots: Vec<Position>,
        place: Place,
        branch: &Branch,
    ) -> Result<Vec<Position>, GraphError> {
        let below_branch = self.revises.reach([branch.at]);
        let kept: Vec<Position> = roots
            .iter()
            .copied()
            .filter(|&root| below_branch.contains(root))
            .collect();
        if !kept.is_empty() || roots.is_empty() {
            return Ok(kept);
        }
        match place {
            Place::At(target) if roots.len() == 1 && self.revises.reach([target]).contains(branch.at) => {
                Ok(roots)
            }
            _ => Err(GraphError::NoWayToBranch {
                branch: branch.name.clone(),
                target: match place {
                    Place::At(target) => Some(self.revisions[target].id.clone()),
                    Place::Base => None,
                },
            }),
        }
    }
}
