//! The run loop: lock, history, plan, compile, steps, unlock.

use std::time::Instant;

use super::AppliedStep;
use super::EngineError;
use super::Event;
use super::Migrator;
use super::Observer;
use super::Report;
use super::StepSummary;
use super::compile::CompiledStep;
use super::compile::Compiler;
use super::lock;
use super::replay;
use super::replay::Misfit;
use super::step::StepHash;
use super::step::StepRunner;
use crate::dialect::RenderContext;
use crate::dialect::RenderError;
use crate::driver::Batch;
use crate::driver::ConnectOptions;
use crate::driver::LockName;
use crate::driver::Session;
use crate::graph::Direction;
use crate::graph::Plan;
use crate::graph::RevisionId;
use crate::history::Existing;
use crate::history::HistoryState;
use crate::history::HistoryWriter;
use crate::history::JournalDirection;
use crate::history::JournalEntry;
use crate::history::Progress;
use crate::operation::Operation;

impl Migrator {
    /// Applies what `target` needs and is not applied; `heads` is everything.
    pub async fn upgrade(&self, target: &str, observer: &mut dyn Observer) -> Result<Report, EngineError> {
        self.change(Direction::Upgrade, target, observer).await
    }

    /// Takes back what lies above `target`; `base` is everything.
    pub async fn downgrade(&self, target: &str, observer: &mut dyn Observer) -> Result<Report, EngineError> {
        self.change(Direction::Downgrade, target, observer).await
    }

    async fn change(
        &self,
        direction: Direction,
        target: &str,
        observer: &mut dyn Observer,
    ) -> Result<Report, EngineError> {
        let mut session = self.connect(&ConnectOptions::read_write()).await?;
        let state = self.read_state(&mut session).await?;
        if state.doubt().is_none() && state.progress().is_none() {
            let plan = self.plan_from(direction, target, &state, &mut session).await?;
            if plan.steps.is_empty() {
                self.check_unchanged(&state, &session)?;
                if let Some(message) = self.ahead_notice(&state) {
                    observer.event(&Event::Notice { message: &message });
                }
                let _ = session.close().await;
                return Ok(Report {
                    steps: Vec::new(),
                    revisions: state.rows,
                });
            }
        }
        let mut run = Run::lock(self, session, observer).await?;
        let answer = run.steps(direction, target).await;
        run.end(answer).await
    }

    /// The refusal while a step has run in part.
    pub(crate) fn unfinished(&self, progress: Progress, asked: &'static str) -> EngineError {
        let is_merge = self.graph().revises(&progress.revision).count() > 1;
        let finish = match progress.direction {
            JournalDirection::Downgrade if is_merge => "-1".to_owned(),
            JournalDirection::Downgrade => format!("{}-1", progress.revision),
            _ => progress.revision.clone(),
        };
        EngineError::Unfinished {
            progress,
            asked,
            finish,
        }
    }

    /// What to say of a database that is ahead of the files.
    pub(crate) fn ahead_notice(&self, state: &HistoryState) -> Option<String> {
        let unknown = self.graph().unknown_rows(&Self::rows(state));
        (!unknown.is_empty()).then(|| {
            format!(
                "the database is ahead of the files: no file has {}",
                unknown.join(", ")
            )
        })
    }

    /// The plan for a target, from the rows of `state`.
    pub(crate) async fn plan_from(
        &self,
        direction: Direction,
        target: &str,
        state: &HistoryState,
        session: &mut Session,
    ) -> Result<Plan, EngineError> {
        let rows = Self::rows(state);
        Ok(match direction {
            Direction::Upgrade => self.graph().plan_upgrade(&rows, target, self.options().ahead)?,
            Direction::Downgrade => {
                // Only `-N` asks what was applied last.
                let undo = if target.starts_with('-') {
                    still_applied(&self.read_journal(session).await?)
                } else {
                    Vec::new()
                };
                self.graph().plan_downgrade(&rows, target, &undo)?
            }
        })
    }
}

/// The revisions that the journal says were applied and not taken back, newest first.
fn still_applied(newest_first: &[JournalEntry]) -> Vec<RevisionId> {
    let mut applied: Vec<RevisionId> = Vec::new();
    for entry in newest_first.iter().rev().filter(|entry| entry.completes_step()) {
        let Some(revision) = entry.revision.as_deref().and_then(|id| RevisionId::new(id).ok()) else {
            continue;
        };
        applied.retain(|other| *other != revision);
        if entry.direction == JournalDirection::Upgrade {
            applied.push(revision);
        }
    }
    applied.reverse();
    applied
}

/// A session that holds the lock, and the history as it is under the lock.
pub(crate) struct Run<'a> {
    pub(crate) migrator: &'a Migrator,
    pub(crate) session: Session,
    pub(crate) state: HistoryState,
    pub(crate) observer: &'a mut dyn Observer,
    /// Whether the version table was there before this run made it.
    had_version_table: bool,
    lock: LockName,
    id: String,
}

impl<'a> Run<'a> {
    /// Connects, takes the lock and makes the history tables.
    pub(crate) async fn begin(
        migrator: &'a Migrator,
        observer: &'a mut dyn Observer,
    ) -> Result<Self, EngineError> {
        let session = migrator.connect(&ConnectOptions::read_write()).await?;
        Self::lock(migrator, session, observer).await
    }

    async fn lock(
        migrator: &'a Migrator,
        mut session: Session,
        observer: &'a mut dyn Observer,
    ) -> Result<Self, EngineError> {
        let name = migrator.lock_name(&session);
        lock::acquire(
            &mut session,
            &name,
            migrator.options().lock_timeout,
            migrator.stop(),
            observer,
        )
        .await?;
        let mut run = Self {
            migrator,
            session,
            state: HistoryState::default(),
            observer,
            had_version_table: false,
            lock: name,
            id: format!("{:032x}", fastrand::u128(..)),
        };
        match run.read_history().await {
            Ok(()) => Ok(run),
            Err(error) => run.end(Err(error)).await,
        }
    }

    async fn read_history(&mut self) -> Result<(), EngineError> {
        self.state = self.migrator.read_state(&mut self.session).await?;
        self.had_version_table = self.state.tables.version;
        self.create_tables().await
    }

    /// Gives the lock back and closes the session; `answer` is what the run has come to.
    pub(crate) async fn end<T>(mut self, answer: Result<T, EngineError>) -> Result<T, EngineError> {
        // A session that is lost or closed gives its lock back by itself.
        let _ = self.session.unlock(&self.lock).await;
        let _ = self.session.close().await;
        answer
    }

    pub(crate) fn notice(&mut self, message: &str) {
        self.observer.event(&Event::Notice { message });
    }

    /// The statements of this run's history.
    pub(crate) fn writer(&self) -> HistoryWriter<'a> {
        let server = self.session.server();
        HistoryWriter::new(
            server.dialect,
            &self.migrator.options().tables,
            self.id.clone(),
            server.session.to_string(),
            self.session.lock_proof(&self.lock),
        )
    }

    /// Makes the history tables that are missing.
    async fn create_tables(&mut self) -> Result<(), EngineError> {
        let tables = &self.migrator.options().tables;
        let existing = self.state.tables;
        let version = (!existing.version).then(|| tables.create_version_table());
        let journal = (!existing.journal).then(|| tables.create_journal());
        let operations: Vec<Operation> = version.into_iter().chain(journal).collect();
        if operations.is_empty() {
            return Ok(());
        }
        let server = self.session.server();
        let rendering = server
            .dialect
            .render(&operations, &RenderContext::new(server.version))
            .map_err(|error: RenderError| EngineError::HistoryTables(error))?;
        let mut statements = vec![server.dialect.begin()];
        statements.extend(
            rendering
                .statements
                .iter()
                .map(|statement| statement.sql.as_str()),
        );
        statements.push("COMMIT");
        self.session
            .run(Batch::transaction(&statements), &mut |_| {})
            .await
            .map_err(|failure| EngineError::Database {
                doing: "creating the history tables",
                error: failure.error,
            })?;
        self.state.tables = Existing::BOTH;
        Ok(())
    }

    async fn steps(&mut self, direction: Direction, target: &str) -> Result<Report, EngineError> {
        self.settle_doubt().await?;
        self.check_rows()?;
        let plan = self
            .migrator
            .plan_from(direction, target, &self.state, &mut self.session)
            .await?;
        if let Some(message) = self.migrator.ahead_notice(&self.state) {
            self.notice(&message);
        }
        self.migrator.check_unchanged(&self.state, &self.session)?;
        let compiler = Compiler::new(self.migrator, self.session.server());
        if direction == Direction::Upgrade {
            check_fit(&compiler, &plan)?;
        }
        let steps = self.compile(compiler, &plan).await?;
        let resume_from = self.resume_from(direction, &steps)?;
        for note in steps.iter().flat_map(|step| &step.notes) {
            self.observer.event(&Event::Notice { message: note });
        }
        self.execute(&steps, resume_from).await
    }

    /// Compiles all steps, and looks between them whether somebody wants the run to stop.
    async fn compile(
        &self,
        mut compiler: Compiler<'_>,
        plan: &Plan,
    ) -> Result<Vec<CompiledStep>, EngineError> {
        compiler.derive(&plan.steps)?;
        let mut steps = Vec::with_capacity(plan.steps.len());
        for step in &plan.steps {
            steps.push(compiler.step(step)?);
            tokio::task::yield_now().await;
            if let Some(signal) = self.migrator.stop().requested() {
                return Err(EngineError::Stopped {
                    signal,
                    kept: None,
                    applied: Vec::new(),
                });
            }
        }
        Ok(steps)
    }

    /// Refuses when the version table was lost, and tells when somebody else has changed it.
    fn check_rows(&mut self) -> Result<(), EngineError> {
        let recorded = self.state.recorded_rows();
        if recorded == self.state.rows || self.state.last().is_none() {
            return Ok(());
        }
        if !self.had_version_table && !recorded.is_empty() {
            return Err(EngineError::VersionTableLost { rows: recorded });
        }
        let message = format!(
            "the version table was changed by somebody else: the journal says {}, the table {}",
            in_words(&recorded),
            in_words(&self.state.rows)
        );
        self.notice(&message);
        Ok(())
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

    async fn execute(&mut self, steps: &[CompiledStep], resume_from: usize) -> Result<Report, EngineError> {
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
        };
        for (index, (step, summary)) in steps.iter().zip(&summaries).enumerate() {
            let applied = || {
                report
                    .steps
                    .iter()
                    .map(|step: &AppliedStep| step.revision.clone())
                    .collect()
            };
            if let Some(signal) = runner.stop.requested() {
                return Err(EngineError::Stopped {
                    signal,
                    kept: None,
                    applied: applied(),
                });
            }
            runner
                .observer
                .event(&Event::StepStarted { index, step: summary });
            let started = Instant::now();
            let from = if index == 0 { resume_from } else { 0 };
            if let Err(error) = runner.run(step, from).await {
                return Err(error.after(applied()));
            }
            if step.unsettles {
                let restored = runner.session.restore().await;
                restored.map_err(|error| EngineError::Database {
                    doing: "putting the session's settings back",
                    error,
                })?;
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

/// Refuses what contradicts the schema that the history makes. What is only missing from it may be in the database: not
/// every table comes from a revision.
fn check_fit(compiler: &Compiler<'_>, plan: &Plan) -> Result<(), EngineError> {
    let pending: Vec<RevisionId> = plan.steps.iter().map(|step| step.revision.clone()).collect();
    let contradicts =
        |misfit: &Misfit| misfit.error.missing().is_none() && pending.contains(&misfit.revision);
    match replay::misfits(compiler, &pending)?.into_iter().find(contradicts) {
        Some(Misfit { place, error, .. }) => Err(EngineError::Misfit { place, error }),
        None => Ok(()),
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
