//! The run loop: doubt, plan, checks, compile, steps.

use super::Run;
use super::execute::Work;
use super::fingerprint::Found;
use crate::engine::EngineError;
use crate::engine::Event;
use crate::engine::Report;
use crate::engine::compile::CompiledStep;
use crate::engine::compile::Compiler;
use crate::engine::loss::check_consent;
use crate::engine::replay;
use crate::engine::step::StepHash;
use crate::graph::Direction;
use crate::history::JournalDirection;
use crate::history::Progress;

impl Run<'_> {
    pub(crate) async fn steps(&mut self, direction: Direction, target: &str) -> Result<Report, EngineError> {
        self.settle_doubt().await?;
        self.tell_of_changed_rows();
        let plan = self
            .migrator
            .plan_from(direction, target, &self.state, &mut self.session)
            .await?;
        if let Some(message) = self.migrator.ahead_notice(&self.state) {
            self.notice(&message);
        }
        self.migrator.check_unchanged(&self.state, &self.session)?;
        let mut compiler = Compiler::new(self.migrator, self.session.server());
        if direction == Direction::Upgrade {
            replay::check_fit(&compiler, &plan)?;
        }
        let steps = compiler
            .online(&mut self.session, &self.state, &plan.steps)
            .await?;
        let resume_from = self.resume_from(direction, &steps)?;
        check_consent(&steps, self.migrator.options().data_loss)?;
        let found = match resume_from {
            0 => self.check_drift().await?,
            _ => Found::Unknown,
        };
        if let Some(message) = self.migrator.cut_notice(&steps) {
            self.notice(&message);
        }
        for note in steps.iter().flat_map(|step| &step.notes) {
            self.observer.event(&Event::Notice { message: note });
        }
        let work = Work {
            plan: &plan.steps,
            steps: &steps,
            resume_from,
            found,
        };
        self.execute(&mut compiler, work).await
    }

    /// Tells when somebody else has changed the version table.
    fn tell_of_changed_rows(&mut self) {
        let recorded = self.state.recorded_rows();
        if recorded == self.state.rows || self.state.last().is_none() {
            return;
        }
        let message = format!(
            "the version table was changed by somebody else: the journal says {}, the table {}",
            in_words(&recorded),
            in_words(&self.state.rows)
        );
        self.notice(&message);
    }

    /// How many statements of the first step have already taken effect.
    fn resume_from(&self, direction: Direction, steps: &[CompiledStep]) -> Result<usize, EngineError> {
        let Some(progress) = self.state.progress() else {
            return Ok(0);
        };
        let asked = match direction {
            Direction::Upgrade => "upgrade",
            Direction::Downgrade => "downgrade",
        };
        let is_it = |step: &&CompiledStep| {
            step.revision.as_str() == progress.revision
                && JournalDirection::from(step.direction) == progress.direction
        };
        let Some(step) = steps.first().filter(is_it) else {
            return Err(self.migrator.unfinished(progress, asked));
        };
        if is_edited(step, &progress) {
            return Err(EngineError::UnfinishedChanged(progress));
        }
        Ok(progress.done)
    }
}

fn in_words(rows: &[String]) -> String {
    if rows.is_empty() {
        "base".to_owned()
    } else {
        rows.join(", ")
    }
}

fn is_edited(step: &CompiledStep, progress: &Progress) -> bool {
    let differs = |recorded: &String| StepHash::of(step, progress.done).as_ref() != Some(recorded);
    step.statements.len() < progress.done || progress.sql_hash.as_ref().is_some_and(differs)
}
