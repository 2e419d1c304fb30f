//! Statements of which nobody knows whether they have taken effect.

use super::EngineError;
use super::Migrator;
use super::Observer;
use super::compile::CompiledStep;
use super::compile::Compiler;
use super::run::Run;
use crate::driver::Activity;
use crate::driver::DriverErrorKind;
use crate::driver::Session;
use crate::driver::SessionId;
use crate::graph::Direction;
use crate::graph::RevisionId;
use crate::graph::Step;
use crate::history::Doubt;
use crate::history::JournalDirection;
use crate::history::JournalEvent;
use crate::history::NewEntry;

/// How a statement in doubt is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// It has taken effect: the next run goes on behind it.
    Done,
    /// It has not: the next run sends it again.
    NotRun,
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
    /// Decides a statement in doubt by hand. `revision` must be the one in doubt.
    pub async fn resolve(
        &self,
        revision: &str,
        resolution: Resolution,
        observer: &mut dyn Observer,
    ) -> Result<Doubt, EngineError> {
        let mut run = Run::begin(self, observer).await?;
        let answer = match run.state.doubt() {
            Some(doubt) if doubt.revision == revision => run.decide(resolution).await.map(|()| doubt),
            _ => Err(EngineError::NothingInDoubt {
                revision: revision.to_owned(),
            }),
        };
        run.end(answer).await
    }
}

impl Run<'_> {
    /// Looks into the statement in doubt: asks the server, then the statement's own probe. Stops when neither knows.
    pub(crate) async fn settle_doubt(&mut self) -> Result<(), EngineError> {
        let Some(doubt) = self.state.doubt() else {
            return Ok(());
        };
        if let Some(session) = &doubt.session
            && still_runs(&mut self.session, session).await?
        {
            return Err(EngineError::Doubt(doubt));
        }
        let step = self.step_in_doubt(&doubt)?;
        let probe = step
            .statements
            .get(doubt.statement.saturating_sub(1))
            .and_then(|statement| statement.probe.clone());
        let Some(probe) = probe else {
            return Err(EngineError::Doubt(doubt));
        };
        let rows = self
            .session
            .query(&probe, &[])
            .await
            .map_err(|error| EngineError::Database {
                doing: "probing a statement in doubt",
                error,
            })?;
        let resolution = if rows.rows.is_empty() {
            Resolution::NotRun
        } else {
            Resolution::Done
        };
        self.notice(&format!(
            "statement {} of {} was in doubt: its probe says that it has {}taken effect",
            doubt.statement,
            doubt.revision,
            if resolution == Resolution::Done {
                ""
            } else {
                "not "
            },
        ));
        self.decide(resolution).await
    }

    /// Writes the decision and reads the history again.
    pub(crate) async fn decide(&mut self, resolution: Resolution) -> Result<(), EngineError> {
        let Some(intended) = self.state.last().cloned() else {
            return Ok(());
        };
        let mut entry = NewEntry::new(JournalDirection::Resolve, resolution.event());
        entry.revision = intended.revision.clone();
        entry.statements = intended.range();
        if resolution == Resolution::Done {
            entry.sql_hash = intended.sql_hash;
        }
        let writer = self.writer();
        let insert = writer.entry(self.state.next_seq(), &entry, &self.state.rows);
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

    fn step_in_doubt(&self, doubt: &Doubt) -> Result<CompiledStep, EngineError> {
        let unknown = || EngineError::Doubt(doubt.clone());
        let revision = RevisionId::new(&doubt.revision).map_err(|_| unknown())?;
        let direction = match doubt.direction {
            JournalDirection::Upgrade => Direction::Upgrade,
            JournalDirection::Downgrade => Direction::Downgrade,
            _ => return Err(unknown()),
        };
        let step = Step::bare(&revision, direction);
        let mut compiler = Compiler::new(self.migrator, self.session.server());
        compiler.derive(std::slice::from_ref(&step))?;
        compiler.step(&step)
    }
}

/// Whether the session that ran the statement is still there; a driver that can't look says no.
async fn still_runs(session: &mut Session, id: &str) -> Result<bool, EngineError> {
    match session.activity(&SessionId::new(id)).await {
        Ok(Activity::Gone) => Ok(false),
        Ok(_) => Ok(id != session.server().session.as_str()),
        Err(error) if error.kind == DriverErrorKind::Unsupported => Ok(false),
        Err(error) => Err(EngineError::Database {
            doing: "looking for the session of a statement in doubt",
            error,
        }),
    }
}
