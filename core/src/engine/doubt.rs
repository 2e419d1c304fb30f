//! Statements of which nobody knows whether they have taken effect.

use serde::Serialize;

use super::EngineError;
use super::Migrator;
use super::Observer;
use super::compile::CompiledStatement;
use super::compile::Compiler;
use super::run::Run;
use super::step::StepHash;
use crate::driver::Activity;
use crate::driver::DriverErrorKind;
use crate::driver::Session;
use crate::driver::SessionId;
use crate::graph::Direction;
use crate::graph::Step;
use crate::history::Doubt;
use crate::history::JournalDirection;
use crate::history::JournalEvent;
use crate::history::NewEntry;
use crate::history::Progress;
use crate::history::StatementRange;

/// How a statement in doubt is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// It has taken effect: the next run goes on behind it.
    Done,
    /// It has not: the next run sends it again.
    NotRun,
}

/// What was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Resolved {
    /// A statement in doubt.
    Statement(Doubt),
    /// A step that had run in part.
    Step(Progress),
}

impl Resolution {
    const fn event(self) -> JournalEvent {
        match self {
            Self::Done => JournalEvent::Done,
            Self::NotRun => JournalEvent::Skipped,
        }
    }
}

impl Migrator {
    /// Decides a statement in doubt by hand. `revision` must be the one in doubt, or one that has run in part: of that
    /// one, [`Resolution::NotRun`] says that its effects were taken back.
    pub async fn resolve(
        &self,
        revision: &str,
        resolution: Resolution,
        observer: &mut dyn Observer,
    ) -> Result<Resolved, EngineError> {
        let mut run = Run::begin(self, observer).await?;
        let answer = run.resolve(revision, resolution).await;
        run.end(answer).await
    }
}

impl Migrator {
    /// Whether what looks like a statement in doubt is only one that runs right now.
    pub(crate) async fn is_running(
        &self,
        session: &mut Session,
        doubt: Option<&Doubt>,
    ) -> Result<bool, EngineError> {
        match doubt.and_then(|doubt| doubt.session.as_deref()) {
            Some(id) => still_runs(session, id).await,
            None => Ok(false),
        }
    }
}

impl Run<'_> {
    async fn resolve(&mut self, revision: &str, resolution: Resolution) -> Result<Resolved, EngineError> {
        // There is at most one, so that any beginning of its id says which, unless that is the id of another.
        let is_id = self.migrator.graph().get(revision).is_some();
        let is_it = |id: &str| id == revision || !is_id && !revision.is_empty() && id.starts_with(revision);
        if let Some(doubt) = self.state.doubt().filter(|doubt| is_it(&doubt.revision)) {
            self.refuse_while_running(&doubt).await?;
            self.decide(resolution).await?;
            return Ok(Resolved::Statement(doubt));
        }
        match self.state.progress().filter(|progress| is_it(&progress.revision)) {
            Some(progress) if resolution == Resolution::NotRun => {
                let mut entry = NewEntry::new(JournalDirection::Resolve, JournalEvent::Skipped);
                entry.revision = Some(progress.revision.clone());
                entry.statements = Some(StatementRange::new(0..0, progress.of));
                self.record_decision(&entry).await?;
                Ok(Resolved::Step(progress))
            }
            _ => Err(EngineError::NothingInDoubt {
                revision: revision.to_owned(),
            }),
        }
    }

    async fn refuse_while_running(&mut self, doubt: &Doubt) -> Result<(), EngineError> {
        match &doubt.session {
            Some(session) if still_runs(&mut self.session, session).await? => {
                Err(EngineError::StillRunning(doubt.clone()))
            }
            _ => Ok(()),
        }
    }

    /// Looks into the statement in doubt: asks the server, then the statement's own probe. Stops when neither knows.
    pub(crate) async fn settle_doubt(&mut self) -> Result<(), EngineError> {
        let Some(doubt) = self.state.doubt() else {
            return Ok(());
        };
        self.refuse_while_running(&doubt).await?;
        let Some(evidence) = self.evidence(&doubt).await? else {
            return Err(EngineError::Doubt(doubt));
        };
        self.notice(&format!(
            "statement {} of {} was in doubt: {} that it has {}taken effect",
            doubt.statement,
            doubt.revision,
            evidence.witness,
            match evidence.resolution {
                Resolution::Done => "",
                Resolution::NotRun => "not ",
            },
        ));
        self.decide(evidence.resolution).await
    }

    /// Writes the decision and reads the history again.
    pub(crate) async fn decide(&mut self, resolution: Resolution) -> Result<(), EngineError> {
        let Some(intended) = self.state.last().cloned() else {
            return Ok(());
        };
        let mut entry = NewEntry::new(JournalDirection::Resolve, resolution.event());
        entry.revision = intended.revision.clone();
        entry.statements = intended.range();
        entry.sql_hash = match resolution {
            Resolution::Done => intended.sql_hash,
            Resolution::NotRun => self.state.hash_before_last(),
        };
        self.record_decision(&entry).await
    }

    async fn record_decision(&mut self, entry: &NewEntry) -> Result<(), EngineError> {
        let writer = self.writer();
        let insert = writer.entry(self.state.next_seq(), entry, &self.state.rows);
        self.session
            .query(&insert, &[])
            .await
            .map_err(|error| EngineError::Database {
                doing: "recording a decision",
                error,
            })?;
        self.state = self.migrator.read_state(&mut self.session).await?;
        Ok(())
    }

    /// The statement in doubt. A file that is gone or was edited since has none to offer.
    pub(super) fn doubtful(&self, doubt: &Doubt) -> Result<Option<CompiledStatement>, EngineError> {
        let direction = match doubt.direction {
            JournalDirection::Upgrade => Direction::Upgrade,
            JournalDirection::Downgrade => Direction::Downgrade,
            _ => return Ok(None),
        };
        let Some(revision) = self.migrator.graph().get(&doubt.revision) else {
            return Ok(None);
        };
        let step = Step::bare(&revision.id, direction);
        let mut compiler = Compiler::new(self.migrator, self.session.server());
        compiler.derive(std::slice::from_ref(&step))?;
        let step = compiler.step(&step)?;
        let recorded = self.state.last().and_then(|intended| intended.sql_hash.clone());
        if StepHash::of(&step, doubt.statement) != recorded {
            return Ok(None);
        }
        Ok(step.statements.get(doubt.statement.saturating_sub(1)).cloned())
    }
}

/// Whether another session still runs the statement; a driver that can't look says no.
async fn still_runs(session: &mut Session, id: &str) -> Result<bool, EngineError> {
    match session.activity(&SessionId::new(id)).await {
        Ok(Activity::Running { .. }) => Ok(id != session.server().session.as_str()),
        Ok(_) => Ok(false),
        Err(error) if error.kind == DriverErrorKind::Unsupported => Ok(false),
        Err(error) => Err(EngineError::Database {
            doing: "looking for the session of a statement in doubt",
            error,
        }),
    }
}
