//! Where a database stands.

use std::time::Duration;
use std::time::Instant;

use super::EngineError;
use super::Migrator;
use super::lock::Lock;
use crate::driver::ConnectOptions;
use crate::driver::DriverErrorKind;
use crate::driver::Holder;
use crate::graph::Ahead;
use crate::graph::RevisionId;
use crate::history::Doubt;
use crate::history::Progress;

/// Where a database stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Status {
    /// The rows of the version table, sorted.
    pub revisions: Vec<String>,
    /// The real heads of the graph.
    pub heads: Vec<RevisionId>,
    /// What `upgrade heads` would apply, in order.
    pub pending: Vec<RevisionId>,
    /// Rows of the version table that no file has.
    pub unknown: Vec<String>,
    /// Applied revisions whose files were edited since they ran.
    pub edited: Vec<RevisionId>,
    /// A statement in doubt.
    pub doubt: Option<Doubt>,
    /// A statement that another run is sending right now.
    pub running: Option<Doubt>,
    /// A step that has run in part.
    pub progress: Option<Progress>,
    /// Who holds the migration lock; none when it is free or the driver can't tell.
    pub lock: Option<Holder>,
    /// Why it cannot be told who holds the migration lock.
    pub lock_error: Option<String>,
}

impl Migrator {
    /// The rows of the version table, sorted. Nothing is written.
    pub async fn current(&self) -> Result<Vec<String>, EngineError> {
        let mut session = self.connect(&ConnectOptions::read_only()).await?;
        let state = self.read_state(&mut session).await;
        let _ = session.close().await;
        Ok(state?.rows)
    }

    /// Where the database stands. Nothing is written.
    pub async fn status(&self) -> Result<Status, EngineError> {
        let mut session = self.connect(&ConnectOptions::read_only()).await?;
        let state = self.read_state(&mut session).await?;
        Self::check_version_table(&state)?;
        let name = self.lock_name(&session);
        let tables = self.tables(&session);
        let (lock, lock_error) = match Lock::holder(&mut session, &name, &tables).await {
            Ok(holder) => (holder, None),
            Err(error) if error.kind == DriverErrorKind::Unsupported => (None, None),
            // The rest is worth knowing all the same.
            Err(error) => (None, Some(error.to_string())),
        };
        let edited = self.changed(&state, &session)?;
        let doubt = state.doubt();
        let is_running = match self.is_running(&mut session, doubt.as_ref()).await {
            // Who only looks need not see the sessions of others.
            Err(EngineError::Database { error, .. }) if error.kind == DriverErrorKind::Permission => false,
            answer => answer?,
        };
        let _ = session.close().await;
        let rows = Self::rows(&state);
        let pending = self.graph().plan_upgrade(&rows, "heads", Ahead::Warn)?;
        Ok(Status {
            heads: self.graph().heads().map(|revision| revision.id.clone()).collect(),
            pending: pending.steps.into_iter().map(|step| step.revision).collect(),
            unknown: self.graph().unknown_rows(&rows),
            edited: edited.into_iter().map(|script| script.revision).collect(),
            doubt: doubt.filter(|_| !is_running),
            running: state.doubt().filter(|_| is_running),
            progress: state.progress(),
            revisions: state.rows,
            lock,
            lock_error,
        })
    }

    /// Whether there is a server: one that has no such database answers too.
    async fn answers(&self) -> Result<(), EngineError> {
        match self.connect(&ConnectOptions::read_only()).await {
            Err(EngineError::Connect(error)) if error.kind == DriverErrorKind::NoDatabase => Ok(()),
            answer => answer.map(drop),
        }
    }

    /// Waits until the database answers, or until everything is applied.
    pub async fn wait(&self, timeout: Duration, until: WaitFor) -> Result<(), EngineError> {
        let started = Instant::now();
        loop {
            let answer = match until {
                WaitFor::Server => self.answers().await.map(|()| 0),
                WaitFor::Heads => self.status().await.map(|status| status.pending.len()),
            };
            match answer {
                Ok(0) => return Ok(()),
                Err(error) if !may_answer_later(&error) => return Err(error),
                Err(EngineError::Connect(error) | EngineError::Database { error, .. })
                    if started.elapsed() >= timeout =>
                {
                    return Err(EngineError::NoAnswer {
                        waited: started.elapsed(),
                        error,
                    });
                }
                Err(error) if started.elapsed() >= timeout => return Err(error),
                Ok(pending) if started.elapsed() >= timeout => {
                    return Err(EngineError::WaitedInVain {
                        what: "the upgrade to all heads".to_owned(),
                        waited: started.elapsed(),
                        pending,
                    });
                }
                Ok(_) | Err(_) => {}
            }
            tokio::select! {
                () = tokio::time::sleep(Duration::from_millis(250)) => {}
                () = self.stop().wait(1) => {}
            }
            if let Some(signal) = self.stop().requested() {
                return Err(EngineError::Stopped {
                    signal,
                    kept: None,
                    applied: Vec::new(),
                });
            }
        }
    }
}

/// Whether time alone may help. A wrong password, or a certificate of somebody else, stays wrong.
fn may_answer_later(error: &EngineError) -> bool {
    match error {
        EngineError::Connect(error) => !matches!(
            error.kind,
            DriverErrorKind::Url
                | DriverErrorKind::Unsupported
                | DriverErrorKind::Authentication
                | DriverErrorKind::Tls
        ),
        EngineError::Database { error, .. } => error.kind == DriverErrorKind::ConnectionLost,
        _ => false,
    }
}

/// What [`Migrator::wait`] waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitFor {
    /// The database answers.
    Server,
    /// The database answers and all heads are applied.
    Heads,
}
