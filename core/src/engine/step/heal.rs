//! Taking away what an earlier attempt has left.

use super::StepRunner;
use super::failure::Fault;
use super::group_run::GroupRun;
use super::send::Failure;
use super::send::Part;
use crate::driver::Trace;
use crate::engine::Event;
use crate::engine::compile::Action;
use crate::engine::compile::CompiledStatement;
use crate::engine::compile::Isolation;

impl StepRunner<'_> {
    /// Tells what a statement that stands alone and has failed has left.
    pub(super) async fn tell_of_rest(&mut self, run: &GroupRun<'_>) {
        let statement = run.step.statements.get(run.group.range.start);
        let Some(Action::Execute(sql)) = statement.map(|statement| &statement.action) else {
            return;
        };
        if run.group.isolation == Isolation::Alone
            && let Ok(Trace::Partial { what, .. }) = self.session.trace(sql).await
        {
            let message = format!(
                "{}: {what}; the next attempt takes it away first",
                run.step.revision
            );
            self.observer.event(&Event::Notice { message: &message });
        }
    }

    /// Takes away what an attempt of this statement has left in the way of another, as the database's own words tell: an
    /// index that is marked as invalid.
    pub(super) async fn heal(
        &mut self,
        run: &GroupRun<'_>,
        index: usize,
        statement: &CompiledStatement,
    ) -> Result<(), Fault> {
        let Action::Execute(sql) = &statement.action else {
            return Ok(());
        };
        if !self.session.server().dialect.leaves_parts(sql) {
            return Ok(());
        }
        let failed = |sql: &str, error| Failure::new(Part::Statement(index), sql, error, None);
        let trace = self
            .session
            .trace(sql)
            .await
            .map_err(|error| failed(sql, error))?;
        let Trace::Partial { cleanup, what } = trace else {
            return Ok(());
        };
        let message = format!("{}: {what}, so it is taken away first", run.step.revision);
        self.observer.event(&Event::Notice { message: &message });
        for sql in cleanup {
            self.session
                .query(&sql, &[])
                .await
                .map_err(|error| failed(&sql, error))?;
        }
        Ok(())
    }
}
