//! Calling the hooks of a run.

use std::sync::Arc;
use std::time::Instant;

use super::Hook;
use super::HookError;
use super::HookFailure;
use super::HookMoment;
use super::HookRun;
use crate::driver::DatabaseUrl;
use crate::engine::EngineError;
use crate::engine::Event;
use crate::engine::Migrator;
use crate::engine::Observer;
use crate::engine::Report;
use crate::engine::Signal;
use crate::engine::StepSummary;
use crate::engine::Stop;
use crate::graph::Direction;

/// The hooks of a run that has something to do.
pub(crate) struct Hooks<'a> {
    hooks: &'a [Arc<dyn Hook>],
    database: Option<&'a DatabaseUrl>,
    stop: &'a Stop,
    id: String,
    steps: &'a [StepSummary],
    started: Instant,
}

impl<'a> Hooks<'a> {
    /// The hooks of a migrator, for a run with these steps.
    pub(crate) fn new(migrator: &'a Migrator, id: &str, steps: &'a [StepSummary]) -> Self {
        Self {
            hooks: migrator.hooks(),
            database: migrator.url(),
            stop: migrator.stop(),
            id: id.to_owned(),
            steps,
            started: Instant::now(),
        }
    }

    /// Asks each hook whether something may happen. The first refusal is the answer, and so is a request to stop.
    pub(crate) async fn before(&self, moment: HookMoment<'_>, so_far: &Report) -> Result<(), EngineError> {
        for hook in self.hooks {
            match self.call(hook, moment, so_far, 1).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => {
                    return Err(EngineError::Hook {
                        hook: hook.name().to_owned(),
                        when: moment.to_string(),
                        direction: self.direction(),
                        error,
                        applied: so_far.revisions_applied(),
                    });
                }
                Err(signal) => {
                    return Err(EngineError::Stopped {
                        signal,
                        kept: None,
                        applied: so_far.revisions_applied(),
                    });
                }
            }
        }
        Ok(())
    }

    /// Tells every hook of what has happened, and the observer of each that fails.
    pub(crate) async fn after(
        &self,
        moment: HookMoment<'_>,
        so_far: &mut Report,
        observer: &mut dyn Observer,
    ) {
        // It has happened, so one request to stop the run is no reason not to be told of it.
        let patience = 2.max(self.stop.requests() + 1);
        for hook in self.hooks {
            let message = match self.call(hook, moment, so_far, patience).await {
                Ok(Ok(())) => continue,
                Ok(Err(error)) => error.to_string(),
                Err(_) => "it was interrupted".to_owned(),
            };
            let failure = HookFailure::new(hook.name(), moment.to_string(), message);
            observer.event(&Event::HookFailed { failure: &failure });
            so_far.hook_failures.push(failure);
        }
    }

    /// Calls a hook, and lets go of it when stopping is requested for the `patience`th time.
    async fn call(
        &self,
        hook: &Arc<dyn Hook>,
        moment: HookMoment<'_>,
        so_far: &Report,
        patience: usize,
    ) -> Result<Result<(), HookError>, Signal> {
        let Some(database) = self.database else {
            return Ok(Err(HookError::new(
                "the run has no database that it could tell of",
            )));
        };
        let run = HookRun {
            id: &self.id,
            database,
            direction: self.direction(),
            steps: self.steps,
            applied: &so_far.steps,
            revisions: &so_far.revisions,
            elapsed: self.started.elapsed(),
        };
        tokio::select! {
            biased;
            () = self.stop.wait(patience) => Err(self.stop.requested().unwrap_or(Signal::Interrupt)),
            answer = hook.call(&run, &moment) => Ok(answer),
        }
    }

    /// The direction of the run, which all its steps have.
    fn direction(&self) -> Direction {
        self.steps
            .first()
            .map_or(Direction::Upgrade, |step| step.direction)
    }
}
