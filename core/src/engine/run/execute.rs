//! The loop over compiled steps, and the hooks around it.

use std::time::Instant;

use super::Run;
use super::fingerprint::Found;
use crate::driver::Session;
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
use crate::graph::Rows;
use crate::graph::Step;

/// What a run has to do.
#[derive(Clone, Copy)]
pub(super) struct Work<'w> {
    pub(super) plan: &'w [Step],
    /// The steps of the plan, compiled.
    pub(super) steps: &'w [CompiledStep],
    /// How many statements of the first step have taken effect already.
    pub(super) resume_from: usize,
    /// What the run has found before it.
    pub(super) found: Found,
}

impl Run<'_> {
    /// Does the work, with the hooks around it.
    pub(super) async fn execute(
        &mut self,
        compiler: &mut Compiler<'_>,
        work: Work<'_>,
    ) -> Result<Report, EngineError> {
        let mut report = Report {
            revisions: self.state.rows.clone(),
            ..Report::default()
        };
        if work.steps.is_empty() {
            return Ok(report);
        }
        let summaries: Vec<StepSummary> = work.steps.iter().map(CompiledStep::summary).collect();
        let hooks = Hooks::new(self.migrator, &self.id, &summaries);
        let mut present = None;
        let done = self
            .steps_of(compiler, work, &hooks, &summaries, &mut report, &mut present)
            .await;
        if let Err(error) = done {
            let failure = HookMoment::Failure {
                step: present,
                error: &error,
            };
            hooks.after(failure, &mut report, self.observer).await;
            return Err(error);
        }
        self.record_fingerprint(work.found, &report.revisions).await;
        hooks
            .after(HookMoment::AfterRun, &mut report, self.observer)
            .await;
        Ok(report)
    }

    /// Runs the steps, and says in `report` and `present` how far that has come: on an error, too.
    async fn steps_of<'s>(
        &mut self,
        compiler: &mut Compiler<'_>,
        work: Work<'_>,
        hooks: &Hooks<'_>,
        summaries: &'s [StepSummary],
        report: &mut Report,
        present: &mut Option<&'s StepSummary>,
    ) -> Result<(), EngineError> {
        hooks.before(HookMoment::BeforeRun, report).await?;
        self.observer.event(&Event::RunStarted { steps: summaries });
        let writer = self.writer();
        let mut runner = StepRunner {
            session: &mut self.session,
            writer: &writer,
            observer: self.observer,
            stop: self.migrator.stop(),
            seq: self.state.next_seq(),
            rows: self.state.rows.clone(),
            timeouts: self.migrator.options().timeouts,
            attempts: self.migrator.options().attempts,
            watcher: self.migrator.watcher(),
        };
        let planned = work.steps.iter().zip(work.plan);
        for (index, (summary, (step, planned))) in summaries.iter().zip(planned).enumerate() {
            if let Some(signal) = runner.stop.requested() {
                return Err(EngineError::Stopped {
                    signal,
                    kept: None,
                    applied: report.revisions_applied(),
                });
            }
            *present = Some(summary);
            runner
                .observer
                .event(&Event::StepStarted { index, step: summary });
            hooks
                .before(HookMoment::BeforeStep { step: summary }, report)
                .await?;
            let started = Instant::now();
            let from = if index == 0 { work.resume_from } else { 0 };
            let again = if step.provisional && index > 0 {
                // When the run began, too little was known of what the step needs.
                let rows = Rows(runner.rows.clone());
                Some(compiler.again(runner.session, &rows, planned).await?)
            } else {
                None
            };
            let step = again.as_ref().unwrap_or(step);
            let tried = index == 0 && self.state.has_tried(step.revision.as_str(), from);
            // Each part of the step proves the lock first, so that a hook may take its time.
            if let Err(error) = runner.run(step, from, tried).await {
                return Err(error.after(report.revisions_applied()));
            }
            let elapsed = started.elapsed();
            report.revisions.clone_from(&runner.rows);
            report.steps.push(AppliedStep {
                revision: step.revision.clone(),
                direction: step.direction,
                message: step.message.clone(),
                elapsed,
            });
            if step.unsettles {
                restore(runner.session).await?;
            }
            runner.observer.event(&Event::StepDone {
                index,
                step: summary,
                elapsed,
            });
            let after = HookMoment::AfterStep {
                step: summary,
                elapsed,
            };
            hooks.after(after, report, runner.observer).await;
            *present = None;
        }
        Ok(())
    }
}

async fn restore(session: &mut Session) -> Result<(), EngineError> {
    session.restore().await.map_err(|error| EngineError::Database {
        doing: "putting the session's settings back",
        error,
    })
}
