//! The loop over compiled steps, and the hooks around it.

use super::Run;
use super::fingerprint::Found;
use super::part::Part;
use super::stretch::FirstStep;
use super::stretch::stretches;
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
        work: Work<'s>,
        hooks: &Hooks<'_>,
        summaries: &'s [StepSummary],
        report: &mut Report,
        present: &mut Option<&'s StepSummary>,
    ) -> Result<(), EngineError> {
        hooks.before(HookMoment::BeforeRun, report).await?;
        self.observer.event(&Event::RunStarted { steps: summaries });
        let writer = self.writer();
        let options = self.migrator.options();
        let mut runner = StepRunner {
            session: &mut self.session,
            writer: &writer,
            observer: self.observer,
            stop: self.migrator.stop(),
            seq: self.state.next_seq(),
            rows: self.state.rows.clone(),
            timeouts: options.timeouts,
            attempts: options.attempts,
            watcher: self.migrator.watcher(),
        };
        let mut part = Part {
            runner: &mut runner,
            compiler,
            hooks,
            report,
        };
        let first = match work.resume_from {
            0 => FirstStep::Whole,
            _ => FirstStep::Resumed,
        };
        for stretch in stretches(work.steps, options.transaction, first) {
            let steps = Together {
                first: stretch.start,
                plan: work.plan.get(stretch.clone()).unwrap_or_default(),
                steps: work.steps.get(stretch.clone()).unwrap_or_default(),
                summaries: summaries.get(stretch).unwrap_or_default(),
            };
            let from = if steps.first == 0 { work.resume_from } else { 0 };
            let first = work.steps.first().filter(|_| steps.first == 0);
            let tried = first.is_some_and(|step| self.state.has_tried(step.revision.as_str(), from));
            part.run(steps, from, tried, present).await?;
            *present = None;
        }
        Ok(())
    }
}
