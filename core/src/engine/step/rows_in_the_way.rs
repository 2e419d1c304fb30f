//! Which rows did not let a statement take effect that the engine has refused.

use super::StepRunner;
use super::failure::Fault;
use super::group_run::GroupRun;
use super::send::Failure;
use super::send::Messages;
use super::send::Part;
use crate::dialect::Guard;
use crate::driver::DriverErrorKind;
use crate::engine::compile::Isolation;
use crate::sql::Place;

/// Where the transaction of a refused statement goes back to, so that its rows can be looked at.
const SAVEPOINT: &str = "limbeck_statement";

impl GroupRun<'_> {
    /// Adds a statement to a batch; behind a savepoint where there is a transaction and somebody may ask about its rows.
    pub(super) fn push(
        &self,
        batch: &mut Messages,
        part: Part,
        sql: &str,
        place: Option<Place>,
        explained_by: Vec<Guard>,
    ) {
        let is_behind_savepoint = self.group.isolation == Isolation::Shared && !explained_by.is_empty();
        if is_behind_savepoint {
            batch.push(Part::Bracket, format!("SAVEPOINT {SAVEPOINT}"));
        }
        batch.push_explained(part, sql, place, explained_by);
        if is_behind_savepoint {
            batch.push(Part::Bracket, format!("RELEASE SAVEPOINT {SAVEPOINT}"));
        }
    }
}

impl StepRunner<'_> {
    /// The fault with the rows that are in the way, where guards find some. The transaction is as it was before the
    /// statement then, and about to be taken back.
    pub(super) async fn with_rows_in_the_way(&mut self, run: &GroupRun<'_>, fault: Fault) -> Fault {
        let Fault::Failure(failure) = fault else {
            return fault;
        };
        if failure.error.kind != DriverErrorKind::Constraint || failure.explained_by.is_empty() {
            return Fault::Failure(failure);
        }
        // What cannot be asked leaves the engine's own words.
        match self.rows_in_the_way(run, &failure).await {
            Some(fault) => fault,
            None => Fault::Failure(failure),
        }
    }

    async fn rows_in_the_way(&mut self, run: &GroupRun<'_>, failure: &Failure) -> Option<Fault> {
        if run.group.isolation == Isolation::Shared {
            let back = format!("ROLLBACK TO SAVEPOINT {SAVEPOINT}");
            self.session.query(&back, &[]).await.ok()?;
        }
        let statement = failure.part.statement();
        let statement = statement.and_then(|index| run.step.statements.get(index));
        let place = failure.place.clone().or_else(|| statement?.place.clone());
        for guard in &failure.explained_by {
            let rows = self.session.query(&guard.query, &[]).await.ok()?;
            if !rows.rows.is_empty() {
                return Some(Fault::Guard {
                    place,
                    guard: guard.clone(),
                    rows,
                });
            }
        }
        None
    }
}
