//! The loop over compiled steps.

use std::time::Instant;

use super::Run;
use crate::driver::Session;
use crate::engine::AppliedStep;
use crate::engine::EngineError;
use crate::engine::Event;
use crate::engine::Report;
use crate::engine::StepSummary;
use crate::engine::compile::CompiledStep;
use crate::engine::compile::Compiler;
use crate::engine::step::StepRunner;
use crate::graph::Rows;
use crate::graph::Step;

impl Run<'_> {
    /// Runs the steps, the first one from its statement `resume_from` on.
    pub(super) async fn execute(
        &mut self,
        compiler: &mut Compiler<'_>,
        plan: &[Step],
        steps: &[CompiledStep],
        resume_from: usize,
    ) -> Result<Report, EngineError> {
        let summaries: Vec<StepSummary> = steps.iter().map(CompiledStep::summary).collect();
        if !steps.is_empty() {
            self.observer.event(&Event::RunStarted { steps: &summaries });
        }
        let writer = self.writer();
        let mut report = Report::default();
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
        for (index, ((step, summary), planned)) in steps.iter().zip(&summaries).zip(plan).enumerate() {
            if let Some(signal) = runner.stop.requested() {
                return Err(EngineError::Stopped {
                    signal,
                    kept: None,
                    applied: report.revisions_applied(),
                });
            }
            runner
                .observer
                .event(&Event::StepStarted { index, step: summary });
            let started = Instant::now();
            let from = if index == 0 { resume_from } else { 0 };
            let again = if step.provisional && index > 0 {
                // When the run began, too little was known of what the step needs.
                let rows = Rows(runner.rows.clone());
                Some(compiler.again(runner.session, &rows, planned).await?)
            } else {
                None
            };
            let step = again.as_ref().unwrap_or(step);
            let tried = index == 0 && self.state.has_tried(step.revision.as_str(), from);
            if let Err(error) = runner.run(step, from, tried).await {
                return Err(error.after(report.revisions_applied()));
            }
            if step.unsettles {
                restore(runner.session).await?;
            }
            let elapsed = started.elapsed();
            runner.observer.event(&Event::StepDone {
                index,
                step: summary,
                elapsed,
            });
            report.steps.push(AppliedStep {
                revision: step.revision.clone(),
                direction: step.direction,
                message: step.message.clone(),
                elapsed,
            });
        }
        report.revisions = runner.rows;
        Ok(report)
    }
}

async fn restore(session: &mut Session) -> Result<(), EngineError> {
    session.restore().await.map_err(|error| EngineError::Database {
        doing: "putting the session's settings back",
        error,
    })
}
