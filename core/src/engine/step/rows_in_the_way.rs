//! Which rows did not let a statement take effect that the engine has refused.

use super::StepRunner;
use super::failure::Fault;
use super::group_run::GroupRun;
use super::send::Failure;
use crate::dialect::Asked;

/// Where the transaction of a refused statement goes back to, so that its rows can be looked at.
pub(super) const SAVEPOINT: &str = "limbeck_statement";

impl StepRunner<'_> {
    /// The fault with the rows that are in the way, where guards find some. The transaction is as it was before the
    /// statement then, and about to be taken back.
    pub(super) async fn with_rows_in_the_way(&mut self, run: &GroupRun<'_>, fault: Fault) -> Fault {
        match fault {
            // Whoever wants the run to stop does not wait for a count.
            Fault::Failure(failure) if self.stop.requested().is_none() => {
                match self.rows_in_the_way(run, &failure).await {
                    Some(fault) => fault,
                    None => Fault::Failure(failure),
                }
            }
            other => other,
        }
    }

    /// None where no guard explains the refusal; what cannot be asked leaves the engine's own words.
    async fn rows_in_the_way(&mut self, run: &GroupRun<'_>, failure: &Failure) -> Option<Fault> {
        let code = failure.error.code.as_deref()?;
        let explains = |asked| matches!(asked, Asked::AfterRefusal(explained) if explained == code);
        let guards = failure.explained_by.iter();
        let guards: Vec<_> = guards.filter(|guard| explains(guard.asked)).collect();
        if guards.is_empty() {
            return None;
        }
        let index = failure.part.statement()?;
        let statement = run.step.statements.get(index)?;
        let back = format!("ROLLBACK TO SAVEPOINT {SAVEPOINT}");
        self.session.query(&back, &[]).await.ok()?;
        for guard in guards {
            let rows = self.query(&guard.query, index, statement.timeout).await.ok()?;
            if !rows.rows.is_empty() {
                return Some(Fault::Guard {
                    place: failure.place.clone().or_else(|| statement.place.clone()),
                    guard: guard.clone(),
                    rows,
                });
            }
        }
        None
    }
}
