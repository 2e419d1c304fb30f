//! The migration lock: a lock of the session, or where that is worth nothing a lease.

mod acquire;
mod lease;
mod wait;

use std::sync::Arc;
use std::time::Duration;

pub(crate) use self::acquire::Acquiring;
use self::lease::Lease;
use super::EngineError;
use super::Stop;
use crate::driver::DatabaseUrl;
use crate::driver::Driver;
use crate::driver::DriverError;
use crate::driver::DriverErrorKind;
use crate::driver::Holder;
use crate::driver::LockName;
use crate::driver::Session;
use crate::driver::Trust;
use crate::history::HistoryTables;

/// A lock that a run has.
pub(crate) enum Lock {
    /// A lock of its session.
    Session(LockName),
    /// A row that it owns.
    Lease(Lease),
}

/// What a lock is asked of.
pub(crate) struct Request<'a> {
    pub(crate) name: LockName,
    pub(crate) tables: HistoryTables,
    pub(crate) timeout: Duration,
    /// How long an owner of the lease may be silent.
    pub(crate) lease: Duration,
    /// The run that asks.
    pub(crate) run: String,
    /// How another session is opened, which shows that the owner of a lease lives.
    pub(crate) driver: &'a Arc<dyn Driver>,
    pub(crate) url: Option<&'a DatabaseUrl>,
    pub(crate) stop: &'a Stop,
}

impl Lock {
    /// An SQL scalar that is NULL once the lock is lost; none when the driver has no such thing.
    pub(crate) fn proof(&self, session: &Session) -> Option<String> {
        match self {
            Self::Session(name) => session.lock_proof(name),
            Self::Lease(lease) => Some(lease.proof()),
        }
    }

    /// Gives the lock back. A session that is lost or closed gives its lock back by itself, and a lease is left to the next
    /// run once its owner is silent.
    pub(crate) async fn release(self, session: &mut Session) {
        match self {
            Self::Session(name) => {
                let _ = session.unlock(&name).await;
            }
            Self::Lease(lease) => lease.give_back(session).await,
        }
    }

    /// Who has the lock, without taking it.
    pub(crate) async fn holder(
        session: &mut Session,
        name: &LockName,
        tables: &HistoryTables,
    ) -> Result<Option<Holder>, DriverError> {
        if session.server().trust == Trust::Session {
            match session.lock_holder(name).await {
                Err(error) if error.kind == DriverErrorKind::Unsupported => {}
                answer => return answer,
            }
        }
        lease::holder(session, tables).await
    }
}

fn taking(error: DriverError) -> EngineError {
    EngineError::Database {
        doing: "taking the migration lock",
        error,
    }
}
