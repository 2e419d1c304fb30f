//! A connection whose futures may be dropped.

use std::fmt;
use std::time::Duration;

use super::Activity;
use super::Batch;
use super::BatchError;
use super::Blocker;
use super::Cancel;
use super::Connection;
use super::DataFault;
use super::Done;
use super::DriverError;
use super::DriverErrorKind;
use super::Holder;
use super::LoadError;
use super::LockName;
use super::Rows;
use super::Scope;
use super::ServerInfo;
use super::SessionId;
use super::Trace;
use super::Transaction;
use super::TryLock;
use super::insert_rows;
use crate::catalogue::Catalogue;
use crate::dialect::Value;
use crate::operation::RowBatch;
use crate::schema::Schema;

/// How often [`Session::read`] asks.
const READ: usize = 10;

/// A [`Connection`] that knows whether its state is known.
///
/// A future that is dropped in its middle leaves a statement of which nobody can say whether it took effect. The
/// session remembers that, and every later call answers [`DriverErrorKind::Poisoned`]: what is left is to drop it,
/// which ends the connection. So drivers need no care for cancellation beyond that.
pub struct Session {
    connection: Box<dyn Connection>,
    /// A call was begun and has not come back.
    busy: bool,
    /// Savepoints that are open.
    pub(super) depth: u32,
    /// How a statement of the open transaction has failed that no savepoint took back.
    pub(super) failure: Option<DriverErrorKind>,
}

impl Session {
    /// A session over a connection that is idle.
    pub fn new(connection: Box<dyn Connection>) -> Self {
        Self {
            connection,
            busy: false,
            depth: 0,
            failure: None,
        }
    }

    /// Who answers.
    pub fn server(&self) -> &ServerInfo {
        self.connection.server()
    }

    /// Whether a call was dropped in its middle, so that only dropping the session is left.
    pub const fn is_poisoned(&self) -> bool {
        self.busy
    }

    /// Whether savepoints are open: the future of a nested transaction was dropped where nobody is in one.
    pub(crate) const fn has_savepoints(&self) -> bool {
        self.depth > 0
    }

    /// Whether a statement of the open transaction has failed; what comes next is another transaction.
    pub(crate) const fn take_failure(&mut self) -> bool {
        self.failure.take().is_some()
    }

    /// Runs one statement and gives its rows. See [`Connection::query`].
    pub async fn query(&mut self, sql: &str, parameters: &[Value]) -> Result<Rows, DriverError> {
        self.enter()?;
        let answer = self.connection.query(sql, parameters).await;
        self.busy = false;
        answer
    }

    /// Asks a question outside of a transaction, and again where the locks of others were in its way: on a node of a
    /// cluster, a reader is sent away when somebody changes the table that it reads.
    pub(crate) async fn read(&mut self, sql: &str) -> Result<Rows, DriverError> {
        for _ in 1..READ {
            match self.query(sql, &[]).await {
                Err(error) if error.kind == DriverErrorKind::LockTimeout => {}
                answer => return answer,
            }
        }
        self.query(sql, &[]).await
    }

    /// Runs statements in order. See [`Connection::run`].
    pub async fn run(
        &mut self,
        batch: Batch<'_>,
        done: &mut (dyn FnMut(Done) + Send),
    ) -> Result<(), BatchError> {
        self.enter().map_err(|error| BatchError { at: 0, error })?;
        let answer = self.connection.run(batch, done).await;
        self.busy = false;
        answer
    }

    /// Writes rows into a table, in the open transaction. See [`Connection::load`].
    pub async fn load(&mut self, rows: RowBatch) -> Result<(), LoadError> {
        if let Err(error) = self.enter() {
            return Err(LoadError::of_all(&rows, error));
        }
        let answer = self.connection.load(rows).await;
        self.busy = false;
        answer
    }

    /// Writes rows into a table by statements that each stand alone.
    pub(crate) async fn insert(&mut self, rows: &RowBatch) -> Result<(), LoadError> {
        self.enter().map_err(|error| LoadError::of_all(rows, error))?;
        let answer = insert_rows(&mut *self.connection, rows).await;
        self.busy = false;
        answer
    }

    /// A handle on the transaction that the caller has opened in this session and will end itself.
    pub const fn transaction(&mut self) -> Transaction<'_> {
        Transaction::within(self)
    }

    /// Tries to take a lock. See [`Connection::try_lock`].
    pub async fn try_lock(&mut self, name: &LockName) -> Result<TryLock, DriverError> {
        self.enter()?;
        let answer = self.connection.try_lock(name).await;
        self.busy = false;
        answer
    }

    /// Waits until a lock was given back. See [`Connection::await_unlock`].
    pub async fn await_unlock(&mut self, name: &LockName, at_most: Duration) -> Result<bool, DriverError> {
        self.enter()?;
        let answer = self.connection.await_unlock(name, at_most).await;
        self.busy = false;
        answer
    }

    /// Gives a lock back. See [`Connection::unlock`].
    pub async fn unlock(&mut self, name: &LockName) -> Result<bool, DriverError> {
        self.enter()?;
        let answer = self.connection.unlock(name).await;
        self.busy = false;
        answer
    }

    /// Who holds a lock. See [`Connection::lock_holder`].
    pub async fn lock_holder(&mut self, name: &LockName) -> Result<Option<Holder>, DriverError> {
        self.enter()?;
        let answer = self.connection.lock_holder(name).await;
        self.busy = false;
        answer
    }

    /// An SQL scalar that proves a lock. See [`Connection::lock_proof`].
    pub fn lock_proof(&self, name: &LockName) -> Option<String> {
        self.connection.lock_proof(name)
    }

    /// What a session is doing. See [`Connection::activity`].
    pub async fn activity(&mut self, session: &SessionId) -> Result<Activity, DriverError> {
        self.enter()?;
        let answer = self.connection.activity(session).await;
        self.busy = false;
        answer
    }

    /// The sessions for which another one waits. See [`Connection::blockers`].
    pub async fn blockers(&mut self, session: &SessionId) -> Result<Vec<Blocker>, DriverError> {
        self.enter()?;
        let answer = self.connection.blockers(session).await;
        self.busy = false;
        answer
    }

    /// What a statement has left in the catalogue. See [`Connection::trace`].
    pub async fn trace(&mut self, sql: &str) -> Result<Trace, DriverError> {
        self.enter()?;
        let answer = self.connection.trace(sql).await;
        self.busy = false;
        answer
    }

    /// Puts the settings back as they were after connect. See [`Connection::restore`].
    pub async fn restore(&mut self) -> Result<(), DriverError> {
        self.enter()?;
        let answer = self.connection.restore().await;
        self.busy = false;
        answer
    }

    /// Reads the schema from the catalogue. See [`Connection::introspect`].
    pub async fn introspect(&mut self, scope: Scope<'_>) -> Result<Schema, DriverError> {
        self.enter()?;
        let answer = self.connection.introspect(scope).await;
        self.busy = false;
        answer
    }

    /// Reads all objects. See [`Connection::catalogue`].
    pub async fn catalogue(&mut self) -> Result<Catalogue, DriverError> {
        self.enter()?;
        let answer = self.connection.catalogue().await;
        self.busy = false;
        answer
    }

    /// Reads all objects for their fingerprint. See [`Connection::catalogue_without_order`].
    pub async fn catalogue_without_order(&mut self) -> Result<Catalogue, DriverError> {
        self.enter()?;
        let answer = self.connection.catalogue_without_order().await;
        self.busy = false;
        answer
    }

    /// Reads the objects for which the schema model has no words. See [`Connection::beyond_model`].
    pub async fn beyond_model(&mut self) -> Result<Catalogue, DriverError> {
        self.enter()?;
        let answer = self.connection.beyond_model().await;
        self.busy = false;
        answer
    }

    /// Looks for faults of the data. See [`Connection::check_data`].
    pub async fn check_data(&mut self) -> Result<Vec<DataFault>, DriverError> {
        self.enter()?;
        let answer = self.connection.check_data().await;
        self.busy = false;
        answer
    }

    /// A handle that interrupts the running statement. See [`Connection::canceller`].
    pub fn canceller(&self) -> Option<Box<dyn Cancel>> {
        self.connection.canceller()
    }

    /// Ends the session; a poisoned one is dropped.
    pub async fn close(self) -> Result<(), DriverError> {
        if self.busy {
            return Ok(());
        }
        self.connection.close().await
    }

    fn enter(&mut self) -> Result<(), DriverError> {
        if self.busy {
            return Err(poisoned());
        }
        self.busy = true;
        Ok(())
    }
}

/// The error of a session or a transaction whose state is not known.
pub(super) fn poisoned() -> DriverError {
    DriverError::new(
        DriverErrorKind::Poisoned,
        "an earlier call on this session was dropped before it came back, so the session's state is not known",
    )
    .with_hint("drop this session, which rolls back what it had open, and connect again")
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("server", self.server())
            .field("busy", &self.busy)
            .field("depth", &self.depth)
            .finish()
    }
}
