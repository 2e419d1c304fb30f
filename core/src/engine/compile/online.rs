//! Compiling for a database that can be asked.

use super::CompiledStep;
use super::Compiler;
use super::Known;
use super::Needed;
use crate::driver::DriverErrorKind;
use crate::driver::Scope;
use crate::driver::Session;
use crate::engine::EngineError;
use crate::engine::replay::Replay;
use crate::graph::Rows;
use crate::graph::Step;
use crate::history::HistoryState;

impl Compiler<'_> {
    /// Everything that some steps send to the database of this session. The schema is read once, before the first step
    /// that needs it; between the steps somebody may want the run to stop.
    pub(crate) async fn online(
        &mut self,
        session: &mut Session,
        state: &HistoryState,
        steps: &[Step],
    ) -> Result<Vec<CompiledStep>, EngineError> {
        self.derive(steps)?;
        let mut compiled = Vec::with_capacity(steps.len());
        for (at, step) in steps.iter().enumerate() {
            let mut next = self.step(step)?;
            if self.lacks_schema(&next) {
                let half_run = state.progress().map(|progress| progress.revision);
                self.look(session, &Rows(state.rows.clone()), half_run.as_deref())
                    .await?;
                compiled.clear();
                for earlier in steps.iter().take(at) {
                    compiled.push(self.step(earlier)?);
                }
                next = self.step(step)?;
            }
            compiled.push(next);
            tokio::task::yield_now().await;
            if let Some(signal) = self.migrator.stop().requested() {
                return Err(EngineError::Stopped {
                    signal,
                    kept: None,
                    applied: Vec::new(),
                });
            }
        }
        Ok(compiled)
    }

    /// Whether a step has statements that were compiled before anybody has looked at the schema.
    pub(super) fn lacks_schema(&self, step: &CompiledStep) -> bool {
        matches!(self.known, Known::Nothing) && step.is_deferred()
    }

    /// Reads the schema of a database to which `rows` are applied, and perhaps a part of one revision more. A driver that
    /// can't read one leaves what the history has made.
    pub(crate) async fn look(
        &mut self,
        session: &mut Session,
        rows: &Rows,
        half_run: Option<&str>,
    ) -> Result<(), EngineError> {
        self.look_at(session, Scope::All, rows, half_run).await
    }

    /// Compiles a step again, from what it needs of the schema as it is now.
    pub(crate) async fn again(
        &mut self,
        session: &mut Session,
        rows: &Rows,
        step: &Step,
    ) -> Result<CompiledStep, EngineError> {
        let needed = Needed::by(self.dialect, &self.step(step)?.deferred_operations());
        self.look_at(session, needed.scope(), rows, None).await?;
        self.step(step)
    }

    async fn look_at(
        &mut self,
        session: &mut Session,
        scope: Scope<'_>,
        rows: &Rows,
        half_run: Option<&str>,
    ) -> Result<(), EngineError> {
        self.half_run = half_run.map(str::to_owned);
        self.known = match session.introspect(scope).await {
            Ok(mut schema) => {
                self.migrator.options().tables.leave_out(&mut schema);
                let mut replay = Replay::from_schema(schema);
                if let Some(revision) = half_run {
                    // Some of its statements, nobody asks which, have changed the schema already.
                    replay.doubt_everything(revision);
                }
                Known::Live(replay)
            }
            Err(error) if error.kind == DriverErrorKind::Unsupported => {
                Known::Replayed(Replay::at(self, rows)?)
            }
            Err(error) => {
                return Err(EngineError::Database {
                    doing: "reading the schema",
                    error,
                });
            }
        };
        Ok(())
    }
}
