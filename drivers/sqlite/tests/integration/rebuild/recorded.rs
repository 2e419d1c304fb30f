//! A driver that notes what its sessions are sent.

use std::sync::Arc;
use std::sync::Mutex;

use async_trait::async_trait;
use limbeck_core::catalogue::Catalogue;
use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::Value;
use limbeck_core::driver::Activity;
use limbeck_core::driver::Batch;
use limbeck_core::driver::BatchError;
use limbeck_core::driver::Cancel;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Connection;
use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::Done;
use limbeck_core::driver::Driver;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::Holder;
use limbeck_core::driver::LockName;
use limbeck_core::driver::Rows;
use limbeck_core::driver::Scope;
use limbeck_core::driver::ServerInfo;
use limbeck_core::driver::SessionId;
use limbeck_core::driver::TryLock;
use limbeck_core::schema::Schema;
use limbeck_sqlite::Sqlite;

/// What was sent, in order.
#[derive(Clone, Default)]
pub(super) struct Record(Arc<Mutex<Vec<String>>>);

impl Record {
    fn note(&self, sql: &str) {
        self.0.lock().unwrap().push(sql.to_owned());
    }

    /// What a script has sent, without transactions and without Limbeck's own tables.
    pub(super) fn of_scripts(&self) -> Vec<String> {
        let is_own = |sql: &&String| {
            let starts = |words: &[&str]| words.iter().any(|word| sql.starts_with(word));
            let about = |words: &[&str]| words.iter().any(|word| sql.contains(word));
            starts(&["BEGIN", "COMMIT", "ROLLBACK"]) || about(&["limbeck_journal", "limbeck_version"])
        };
        let all = self.0.lock().unwrap();
        all.iter().filter(|sql| !is_own(sql)).cloned().collect()
    }
}

pub(super) struct Recorded(pub(super) Record);

struct RecordedConnection {
    connection: Box<dyn Connection>,
    record: Record,
}

#[async_trait]
impl Driver for Recorded {
    fn name(&self) -> &'static str {
        Sqlite.name()
    }

    fn schemes(&self) -> &'static [&'static str] {
        Sqlite.schemes()
    }

    fn dialects(&self) -> &'static [&'static dyn Dialect] {
        Sqlite.dialects()
    }

    async fn connect(
        &self,
        url: &DatabaseUrl,
        options: &ConnectOptions,
    ) -> Result<Box<dyn Connection>, DriverError> {
        Ok(Box::new(RecordedConnection {
            connection: Sqlite.connect(url, options).await?,
            record: self.0.clone(),
        }))
    }
}

#[async_trait]
impl Connection for RecordedConnection {
    fn server(&self) -> &ServerInfo {
        self.connection.server()
    }

    async fn query(&mut self, sql: &str, parameters: &[Value]) -> Result<Rows, DriverError> {
        self.record.note(sql);
        self.connection.query(sql, parameters).await
    }

    async fn run(&mut self, batch: Batch<'_>, done: &mut (dyn FnMut(Done) + Send)) -> Result<(), BatchError> {
        batch.statements.iter().for_each(|sql| self.record.note(sql));
        self.connection.run(batch, done).await
    }

    async fn close(self: Box<Self>) -> Result<(), DriverError> {
        self.connection.close().await
    }

    fn canceller(&self) -> Option<Box<dyn Cancel>> {
        self.connection.canceller()
    }

    async fn try_lock(&mut self, name: &LockName) -> Result<TryLock, DriverError> {
        self.connection.try_lock(name).await
    }

    async fn unlock(&mut self, name: &LockName) -> Result<bool, DriverError> {
        self.connection.unlock(name).await
    }

    async fn lock_holder(&mut self, name: &LockName) -> Result<Option<Holder>, DriverError> {
        self.connection.lock_holder(name).await
    }

    fn lock_proof(&self, name: &LockName) -> Option<String> {
        self.connection.lock_proof(name)
    }

    async fn activity(&mut self, session: &SessionId) -> Result<Activity, DriverError> {
        self.connection.activity(session).await
    }

    async fn restore(&mut self) -> Result<(), DriverError> {
        self.connection.restore().await
    }

    async fn introspect(&mut self, scope: Scope<'_>) -> Result<Schema, DriverError> {
        self.connection.introspect(scope).await
    }

    async fn catalogue(&mut self) -> Result<Catalogue, DriverError> {
        self.connection.catalogue().await
    }
}
