//! The one session of a scratch database, lent to whoever asks for one.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;

use async_trait::async_trait;

use crate::catalogue::Catalogue;
use crate::dialect::Dialect;
use crate::dialect::Value;
use crate::driver::Activity;
use crate::driver::Batch;
use crate::driver::BatchError;
use crate::driver::Blocker;
use crate::driver::Cancel;
use crate::driver::ConnectOptions;
use crate::driver::Connection;
use crate::driver::DataFault;
use crate::driver::DatabaseUrl;
use crate::driver::Done;
use crate::driver::Driver;
use crate::driver::DriverError;
use crate::driver::DriverErrorKind;
use crate::driver::Holder;
use crate::driver::LoadError;
use crate::driver::LockName;
use crate::driver::Rows;
use crate::driver::Scope;
use crate::driver::ServerInfo;
use crate::driver::SessionId;
use crate::driver::Trace;
use crate::driver::TryLock;
use crate::operation::RowBatch;
use crate::schema::Schema;

/// The one connection of a scratch database while nobody uses it.
#[derive(Clone)]
pub(super) struct Home(Arc<Mutex<Option<Box<dyn Connection>>>>);

impl Home {
    pub(super) fn new(connection: Box<dyn Connection>) -> Self {
        Self(Arc::new(Mutex::new(Some(connection))))
    }

    pub(super) fn take(&self) -> Option<Box<dyn Connection>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    pub(super) fn lend(&self) -> Result<Box<dyn Connection>, DriverError> {
        let connection = self
            .take()
            .ok_or_else(|| DriverError::unsupported("a second session in a scratch database"))?;
        let server = connection.server().clone();
        Ok(Box::new(Lent {
            connection: Some(connection),
            server,
            home: self.clone(),
        }))
    }
}

/// A driver whose every session is that of the scratch database.
pub(super) struct Lender {
    pub(super) driver: Arc<dyn Driver>,
    pub(super) home: Home,
}

#[async_trait]
impl Driver for Lender {
    fn name(&self) -> &'static str {
        self.driver.name()
    }

    fn schemes(&self) -> &'static [&'static str] {
        self.driver.schemes()
    }

    fn dialects(&self) -> &'static [&'static dyn Dialect] {
        self.driver.dialects()
    }

    fn database_file(&self, _url: &DatabaseUrl) -> Option<PathBuf> {
        None
    }

    fn is_private(&self, _url: &DatabaseUrl) -> bool {
        true
    }

    async fn connect(
        &self,
        _url: &DatabaseUrl,
        _options: &ConnectOptions,
    ) -> Result<Box<dyn Connection>, DriverError> {
        self.home.lend()
    }
}

/// A session that goes home when it is closed or dropped, whatever state it is in.
struct Lent {
    connection: Option<Box<dyn Connection>>,
    server: ServerInfo,
    home: Home,
}

impl Lent {
    fn inner(&mut self) -> Result<&mut Box<dyn Connection>, DriverError> {
        let connection = self.connection.as_mut();
        connection.ok_or_else(|| DriverError::new(DriverErrorKind::ConnectionLost, "the session was closed"))
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        *self.home.0.lock().unwrap_or_else(PoisonError::into_inner) = self.connection.take();
    }
}

#[async_trait]
impl Connection for Lent {
    fn server(&self) -> &ServerInfo {
        &self.server
    }

    async fn query(&mut self, sql: &str, parameters: &[Value]) -> Result<Rows, DriverError> {
        self.inner()?.query(sql, parameters).await
    }

    async fn run(&mut self, batch: Batch<'_>, done: &mut (dyn FnMut(Done) + Send)) -> Result<(), BatchError> {
        let connection = self.inner().map_err(|error| BatchError { at: 0, error })?;
        connection.run(batch, done).await
    }

    async fn load(&mut self, rows: RowBatch) -> Result<(), LoadError> {
        match self.inner() {
            Ok(connection) => connection.load(rows).await,
            Err(error) => Err(LoadError::of_all(&rows, error)),
        }
    }

    async fn close(self: Box<Self>) -> Result<(), DriverError> {
        Ok(())
    }

    fn canceller(&self) -> Option<Box<dyn Cancel>> {
        self.connection.as_ref()?.canceller()
    }

    async fn try_lock(&mut self, name: &LockName) -> Result<TryLock, DriverError> {
        self.inner()?.try_lock(name).await
    }

    async fn await_unlock(&mut self, name: &LockName, at_most: Duration) -> Result<bool, DriverError> {
        self.inner()?.await_unlock(name, at_most).await
    }

    async fn unlock(&mut self, name: &LockName) -> Result<bool, DriverError> {
        self.inner()?.unlock(name).await
    }

    async fn lock_holder(&mut self, name: &LockName) -> Result<Option<Holder>, DriverError> {
        self.inner()?.lock_holder(name).await
    }

    fn lock_proof(&self, name: &LockName) -> Option<String> {
        self.connection.as_ref()?.lock_proof(name)
    }

    async fn activity(&mut self, session: &SessionId) -> Result<Activity, DriverError> {
        self.inner()?.activity(session).await
    }

    async fn trace(&mut self, sql: &str) -> Result<Trace, DriverError> {
        self.inner()?.trace(sql).await
    }

    async fn restore(&mut self) -> Result<(), DriverError> {
        self.inner()?.restore().await
    }

    async fn introspect(&mut self, scope: Scope<'_>) -> Result<Schema, DriverError> {
        self.inner()?.introspect(scope).await
    }

    async fn catalogue(&mut self) -> Result<Catalogue, DriverError> {
        self.inner()?.catalogue().await
    }

    async fn catalogue_without_order(&mut self) -> Result<Catalogue, DriverError> {
        self.inner()?.catalogue_without_order().await
    }

    async fn beyond_model(&mut self) -> Result<Catalogue, DriverError> {
        self.inner()?.beyond_model().await
    }

    async fn blockers(&mut self, session: &SessionId) -> Result<Vec<Blocker>, DriverError> {
        self.inner()?.blockers(session).await
    }

    async fn check_data(&mut self) -> Result<Vec<DataFault>, DriverError> {
        self.inner()?.check_data().await
    }
}
