//! Several steps in one transaction.

use std::borrow::Cow;
use std::time::Duration;
use std::time::Instant;

use super::StepHash;
use super::StepRunner;
use super::failure::Fault;
use super::group_run::GroupRun;
use super::send::Messages;
use crate::engine::EngineError;
use crate::engine::Event;
use crate::engine::StepSummary;
use crate::engine::compile::CompiledStep;
use crate::engine::compile::Compiler;
use crate::engine::compile::Isolation;
use crate::engine::groups::Group;
use crate::graph::Rows;
use crate::graph::Step;

/// Consecutive steps of a run that take effect together.
#[derive(Clone, Copy)]
pub(crate) struct Together<'a> {
    /// The position of the first in the run, from 0.
    pub(crate) first: usize,
    pub(crate) plan: &'a [Step],
    /// The steps of the plan, compiled.
    pub(crate) steps: &'a [CompiledStep],
    pub(crate) summaries: &'a [StepSummary],
}

/// A step of them that failed.
struct Failed<'a> {
    /// Its position among them.
    at: usize,
    /// The step as it was run.
    step: Cow<'a, CompiledStep>,
    /// When it began.
    started: Instant,
    fault: Fault,
}

impl StepRunner<'_> {
    /// Runs steps in one transaction, and gives the time that each took. On an error nothing of them has stayed, and it comes
    /// with the position of the step among them.
    pub(crate) async fn run_together(
        &mut self,
        steps: Together<'_>,
        compiler: &mut Compiler<'_>,
    ) -> Result<Vec<Duration>, (usize, EngineError)> {
        let (seq, rows) = (self.seq, self.rows.clone());
        let mut patience = self.patience();
        loop {
            let failed = match self.attempt(steps, compiler).await {
                Ok(times) => return Ok(times),
                Err(failed) => failed,
            };
            self.seq = seq;
            self.rows.clone_from(&rows);
            let group = whole(&failed.step);
            let run = steps.run_of(failed.at, &failed.step, &group, failed.started);
            if let Err(fault) = self.try_again(&run, failed.fault, &mut patience).await {
                let error = self.fail(&run, fault).await;
                self.tell_of_others(steps, failed.at);
                return Err((failed.at, error));
            }
        }
    }

    async fn attempt<'a>(
        &mut self,
        steps: Together<'a>,
        compiler: &mut Compiler<'_>,
    ) -> Result<Vec<Duration>, Failed<'a>> {
        let mut batch = Messages::default();
        let mut times = Vec::with_capacity(steps.steps.len());
        for (at, (step, planned)) in steps.steps.iter().zip(steps.plan).enumerate() {
            let started = Instant::now();
            let mut step = Cow::Borrowed(step);
            if step.provisional && steps.first + at > 0 {
                match self.again(planned, compiler).await {
                    Ok(again) => step = Cow::Owned(again),
                    Err(fault) => {
                        return Err(Failed {
                            at,
                            step,
                            started,
                            fault,
                        });
                    }
                }
            }
            if let Err(fault) = self.part(&steps, at, &step, started, &mut batch).await {
                return Err(Failed {
                    at,
                    step,
                    started,
                    fault,
                });
            }
            times.push(started.elapsed());
        }
        Ok(times)
    }

    /// Runs one of the steps.
    async fn part(
        &mut self,
        steps: &Together<'_>,
        at: usize,
        step: &CompiledStep,
        started: Instant,
        batch: &mut Messages,
    ) -> Result<(), Fault> {
        if let Some(signal) = self.stop.requested() {
            return Err(Fault::Refused(EngineError::Stopped {
                signal,
                kept: None,
                applied: Vec::new(),
            }));
        }
        self.begins(steps, at);
        let group = whole(step);
        let run = steps.run_of(at, step, &group, started);
        self.shared(&run, batch).await?;
        if step.unsettles && !run.closes {
            self.restore().await.map_err(Fault::Refused)?;
        }
        Ok(())
    }

    /// Compiles a step again of which too little was known when the run began.
    async fn again(&mut self, planned: &Step, compiler: &mut Compiler<'_>) -> Result<CompiledStep, Fault> {
        let rows = Rows(self.rows.clone());
        let step = compiler.again(self.session, &rows, planned).await;
        let step = step.map_err(Fault::Refused)?;
        if step.joins_others() {
            return Ok(step);
        }
        Err(Fault::Refused(EngineError::NotTogether {
            revision: step.revision,
        }))
    }

    /// Tells which steps have run before one that failed, and are taken back with it.
    fn tell_of_others(&mut self, steps: Together<'_>, failed: usize) {
        let others = steps.steps.iter().take(failed);
        let others: Vec<&str> = others.map(|step| step.revision.as_str()).collect();
        if others.is_empty() {
            return;
        }
        let verb = if others.len() == 1 { "was" } else { "were" };
        let message = format!(
            "{} ran in the same transaction and {verb} taken back",
            others.join(", ")
        );
        self.observer.event(&Event::Notice { message: &message });
    }

    /// Tells that a step begins, by its position among them.
    pub(crate) fn begins(&mut self, steps: &Together<'_>, at: usize) {
        if let Some(step) = steps.summaries.get(at) {
            let index = steps.first + at;
            self.observer.event(&Event::StepStarted { index, step });
        }
    }

    /// Puts the session's settings back after a step that may have changed them.
    pub(crate) async fn restore(&mut self) -> Result<(), EngineError> {
        let restored = self.session.restore().await;
        restored.map_err(|error| EngineError::Database {
            doing: "putting the session's settings back",
            error,
        })
    }
}

impl Together<'_> {
    fn run_of<'r>(
        &self,
        at: usize,
        step: &'r CompiledStep,
        group: &'r Group,
        started: Instant,
    ) -> GroupRun<'r> {
        GroupRun {
            step,
            group,
            is_last: true,
            is_behind: false,
            opens: at == 0,
            closes: at + 1 == self.steps.len(),
            is_retried: false,
            hash_before: None,
            hash_after: StepHash::of(step, step.statements.len()),
            started,
        }
    }
}

/// All statements of a step.
fn whole(step: &CompiledStep) -> Group {
    Group {
        range: 0..step.statements.len(),
        isolation: Isolation::Shared,
    }
}
