//! Taking the lock, attempt after attempt.

use super::Lock;
use super::Request;
use super::lease::Attempt;
use super::lease::Taking;
use super::taking;
use super::wait::Wait;
use super::wait::Way;
use crate::driver::DriverErrorKind;
use crate::driver::Session;
use crate::driver::Trust;
use crate::driver::TryLock;
use crate::engine::EngineError;
use crate::engine::Observer;
use crate::history::LeaseWriter;

/// Takes the lock of a session, or where that is worth nothing the lease.
pub(crate) struct Acquiring<'a> {
    request: Request<'a>,
    wait: Wait<'a>,
    /// None as long as the session's lock will do.
    lease: Option<Taking>,
}

impl<'a> Acquiring<'a> {
    pub(crate) fn new(request: Request<'a>, session: &Session) -> Self {
        let is_worthless = session.server().trust != Trust::Session;
        Self {
            wait: Wait::new(request.timeout, request.stop),
            lease: is_worthless.then(|| lease_of(&request, session)),
            request,
        }
    }

    /// The run that asks.
    pub(crate) fn run(&self) -> &str {
        &self.request.run
    }

    /// Waits until the lock is taken.
    pub(crate) async fn lock(
        &mut self,
        session: &mut Session,
        observer: &mut dyn Observer,
    ) -> Result<Lock, EngineError> {
        loop {
            if let Some(lock) = self.lock_or_news(session, observer).await? {
                return Ok(lock);
            }
        }
    }

    /// Waits until the lock is taken; none once it was given back or went to somebody else, so that the database may be what
    /// it is wanted for already. Of many who wait, all learn that at once in place of one after the other.
    pub(crate) async fn lock_or_news(
        &mut self,
        session: &mut Session,
        observer: &mut dyn Observer,
    ) -> Result<Option<Lock>, EngineError> {
        loop {
            let (holder, way) = match self.attempt(session, observer).await? {
                Attempt::Taken(lock) => {
                    self.wait.over(observer);
                    return Ok(Some(lock));
                }
                Attempt::Freed => return Ok(None),
                Attempt::Held(holder) if self.lease.is_some() => (holder, Way::Lease),
                Attempt::Held(holder) => (holder, Way::Session(&self.request.name)),
            };
            if self.wait.on(holder, way, session, observer).await? {
                return Ok(None);
            }
        }
    }

    async fn attempt(
        &mut self,
        session: &mut Session,
        observer: &mut dyn Observer,
    ) -> Result<Attempt, EngineError> {
        if self.lease.is_none() {
            match session.try_lock(&self.request.name).await {
                Ok(TryLock::Acquired) => {
                    return Ok(Attempt::Taken(Lock::Session(self.request.name.clone())));
                }
                Ok(TryLock::Held(holder)) => return Ok(Attempt::Held(holder)),
                // A driver without locks has the lease.
                Err(error) if error.kind == DriverErrorKind::Unsupported => {}
                Err(error) => return Err(taking(error)),
            }
        }
        let request = &self.request;
        let lease = self.lease.get_or_insert_with(|| lease_of(request, session));
        lease.attempt(session, &self.request, observer).await
    }
}

fn lease_of(request: &Request<'_>, session: &Session) -> Taking {
    let dialect = session.server().dialect;
    let writer = LeaseWriter::new(dialect, request.tables.clone(), request.run.clone());
    Taking::new(writer, request.lease)
}
