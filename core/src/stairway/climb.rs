//! One step of a walk, and what its failure means.

use super::Finding;
use super::FindingKind;
use super::RevisionReport;
use super::walk::Walk;
use crate::engine::EngineError;
use crate::graph::Direction;
use crate::graph::Revision;

/// What a step has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Came {
    /// Through.
    Through,
    /// Through where the tables have no generated rows: there are none now.
    Emptied,
    /// Nowhere: the database is fresh, and as it was before.
    Nowhere,
}

impl Walk<'_> {
    /// Runs a revision up or down. `rows` are those of the version table before.
    pub(super) async fn climb(
        &mut self,
        revision: &Revision,
        direction: Direction,
        rows: &[String],
        report: &mut RevisionReport,
    ) -> Result<Came, EngineError> {
        let Err(error) = self.ground.step(&revision.id, direction).await? else {
            return Ok(Came::Through);
        };
        let (fails, fails_with_rows) = match direction {
            Direction::Upgrade => (FindingKind::UpgradeFails, FindingKind::UpgradeFailsWithRows),
            Direction::Downgrade => (FindingKind::DowngradeFails, FindingKind::DowngradeFailsWithRows),
        };
        self.ground.renew(rows, &revision.id).await?;
        self.here = None;
        if self.filler.is_unused() {
            report.findings.push(Finding::failed(fails, &error));
            return Ok(Came::Nowhere);
        }
        self.filler.forget();
        let Err(again) = self.ground.step(&revision.id, direction).await? else {
            if is_own_rule(&error) {
                report.notes.push(format!("tested on empty tables: {error}"));
            } else {
                let finding = Finding::failed(fails_with_rows, &error);
                report.findings.push(finding.with_hint(hint(direction)));
            }
            return Ok(Came::Emptied);
        };
        report.findings.push(Finding::failed(fails, &again));
        self.ground.renew(rows, &revision.id).await?;
        Ok(Came::Nowhere)
    }
}

/// Whether the revision itself says which rows it does not expect, which rows that were made up cannot know.
pub(super) const fn is_own_rule(error: &EngineError) -> bool {
    matches!(error, EngineError::Assertion { .. })
}

const fn hint(direction: Direction) -> &'static str {
    match direction {
        Direction::Upgrade => {
            "it runs on empty tables: give what is new a default, or change the rows before the constraint comes"
        }
        Direction::Downgrade => {
            "it runs on empty tables: say in the downgrade what becomes of rows that the old schema has no place for"
        }
    }
}
