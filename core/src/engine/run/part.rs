//! A part of a run that takes effect as a whole, and the hooks around its steps.

use std::time::Duration;
use std::time::Instant;

use crate::engine::AppliedStep;
use crate::engine::EngineError;
use crate::engine::Event;
use crate::engine::HookMoment;
use crate::engine::Report;
use crate::engine::StepSummary;
use crate::engine::compile::CompiledStep;
use crate::engine::compile::Compiler;
use crate::engine::hook::Hooks;
use crate::engine::step::StepRunner;
use crate::engine::step::Together;
use crate::graph::Rows;
use crate::graph::Step;

/// What runs a part of a run.
pub(super) struct Part<'p, 'r, 'c, 'h> {
    pub(super) runner: &'p mut StepRunner<'r>,
    pub(super) compiler: &'p mut Compiler<'c>,
    pub(super) hooks: &'p Hooks<'h>,
    pub(super) report: &'p mut Report,
}

/// What has run.
struct Ran {
    /// How long each step took.
    times: Vec<Duration>,
    /// Whether the last step may have changed the session's settings.
    unsettles: bool,
}

impl Part<'_, '_, '_, '_> {
    /// Runs steps that take effect together; a single one from its statement at `from` on, which an earlier run has `tried`.
    /// `present` is the step that it is about: on an error, too.
    pub(super) async fn run<'s>(
        &mut self,
        steps: Together<'s>,
        from: usize,
        tried: bool,
        present: &mut Option<&'s StepSummary>,
    ) -> Result<(), EngineError> {
        if let Some(signal) = self.runner.stop.requested() {
            return Err(EngineError::Stopped {
                signal,
                kept: None,
                applied: self.report.revisions_applied(),
            });
        }
        for (at, step) in steps.summaries.iter().enumerate() {
            *present = Some(step);
            if steps.steps.len() == 1 {
                self.runner.begins(&steps, at);
            }
            let before = HookMoment::BeforeStep { step };
            self.hooks.before(before, self.report).await?;
        }
        // Each transaction proves the lock first, so that a hook may take its time.
        let ran = match (steps.steps, steps.plan) {
            ([step], [planned]) => {
                let is_first = steps.first == 0;
                let ran = self.alone(step, planned, is_first, from, tried).await;
                ran.map_err(|error| (0, error))
            }
            _ => self.together(steps).await,
        };
        let ran = ran.map_err(|(at, error)| {
            *present = steps.summaries.get(at);
            error.after(self.report.revisions_applied())
        })?;
        self.applied(steps, ran).await
    }

    /// Runs a step in transactions of its own.
    async fn alone(
        &mut self,
        step: &CompiledStep,
        planned: &Step,
        is_first: bool,
        from: usize,
        tried: bool,
    ) -> Result<Ran, EngineError> {
        let started = Instant::now();
        let again = if step.provisional && !is_first {
            // When the run began, too little was known of what the step needs.
            let rows = Rows(self.runner.rows.clone());
            Some(self.compiler.again(self.runner.session, &rows, planned).await?)
        } else {
            None
        };
        let step = again.as_ref().unwrap_or(step);
        self.runner.run(step, from, tried).await?;
        Ok(Ran {
            times: vec![started.elapsed()],
            unsettles: step.unsettles,
        })
    }

    /// Runs steps in one transaction.
    async fn together(&mut self, steps: Together<'_>) -> Result<Ran, (usize, EngineError)> {
        let times = self.runner.run_together(steps, self.compiler).await?;
        Ok(Ran {
            times,
            unsettles: steps.steps.last().is_some_and(|step| step.unsettles),
        })
    }

    /// Tells of steps that are recorded.
    async fn applied(&mut self, steps: Together<'_>, ran: Ran) -> Result<(), EngineError> {
        self.report.revisions.clone_from(&self.runner.rows);
        for (step, elapsed) in steps.steps.iter().zip(&ran.times) {
            self.report.steps.push(AppliedStep {
                revision: step.revision.clone(),
                direction: step.direction,
                message: step.message.clone(),
                elapsed: *elapsed,
            });
        }
        if ran.unsettles {
            self.runner.restore().await?;
        }
        for (at, (step, elapsed)) in steps.summaries.iter().zip(ran.times).enumerate() {
            let index = steps.first + at;
            self.runner
                .observer
                .event(&Event::StepDone { index, step, elapsed });
            let after = HookMoment::AfterStep { step, elapsed };
            self.hooks.after(after, self.report, self.runner.observer).await;
        }
        Ok(())
    }
}
