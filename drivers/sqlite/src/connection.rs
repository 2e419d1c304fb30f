//! A session as the core sees it.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use limbeck_core::catalogue::Catalogue;
use limbeck_core::dialect::Value;
use limbeck_core::dialect::Version;
use limbeck_core::driver::Activity;
use limbeck_core::driver::Batch;
use limbeck_core::driver::BatchError;
use limbeck_core::driver::Cancel;
use limbeck_core::driver::Connection;
use limbeck_core::driver::DataFault;
use limbeck_core::driver::Done;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::Holder;
use limbeck_core::driver::LoadError;
use limbeck_core::driver::LockName;
use limbeck_core::driver::Rows;
use limbeck_core::driver::Scope;
use limbeck_core::driver::ServerInfo;
use limbeck_core::driver::SessionId;
use limbeck_core::driver::TryLock;
use limbeck_core::operation::RowBatch;
use limbeck_core::schema::Schema;
use tokio::sync::mpsc;
use tokio::time::Instant;
use tokio::time::interval_at;

use crate::catalogue;
use crate::client::Client;
use crate::data;
use crate::dialect::SQLITE;
use crate::introspect;
use crate::proof;
use crate::signal::Canceller;
use crate::worker::Worker;

/// How often the reports of a batch are looked for that goes on. Each by itself would have its thread wait for another,
/// which takes longer than most statements.
const BETWEEN_REPORTS: Duration = Duration::from_millis(20);

/// An open session and the thread that serves it.
pub(crate) struct SqliteConnection {
    worker: Worker,
    server: ServerInfo,
}

impl SqliteConnection {
    /// Opens a session on a thread of its own.
    pub(crate) async fn open(
        open: impl FnOnce() -> Result<Client, DriverError> + Send + 'static,
    ) -> Result<Box<dyn Connection>, DriverError> {
        let version: Version = rusqlite::version().parse().map_err(|error| {
            DriverError::new(DriverErrorKind::Connect, "SQLite does not tell its version").with_source(error)
        })?;
        let (worker, id) = Worker::start(move || {
            let client = open()?;
            let id = client.session().id().clone();
            Ok((client, id))
        })
        .await?;
        Ok(Box::new(Self {
            worker,
            server: ServerInfo::new(&SQLITE, version, id),
        }))
    }

    async fn call<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Client) -> Result<T, DriverError> + Send + 'static,
    ) -> Result<T, DriverError> {
        self.worker.call(work).wait().await?
    }
}

#[async_trait]
impl Connection for SqliteConnection {
    fn server(&self) -> &ServerInfo {
        &self.server
    }

    async fn query(&mut self, sql: &str, parameters: &[Value]) -> Result<Rows, DriverError> {
        let (sql, parameters) = (sql.to_owned(), parameters.to_vec());
        self.call(move |client| client.query(&sql, &parameters)).await
    }

    async fn run(&mut self, batch: Batch<'_>, done: &mut (dyn FnMut(Done) + Send)) -> Result<(), BatchError> {
        let statements: Vec<String> = batch.statements.iter().map(|sql| (*sql).to_owned()).collect();
        let (report, mut reports) = mpsc::unbounded_channel();
        let call = self.worker.call(move |client| {
            client.run(&statements, |statement| {
                // Nobody listens any more when the future was dropped.
                report.send(statement).ok();
            })
        });
        let mut answer = pin!(call.wait());
        let mut looks = interval_at(Instant::now() + BETWEEN_REPORTS, BETWEEN_REPORTS);
        loop {
            let answer = tokio::select! {
                biased;
                answer = &mut answer => Some(answer),
                _ = looks.tick() => None,
            };
            while let Ok(statement) = reports.try_recv() {
                done(statement);
            }
            if let Some(answer) = answer {
                return answer.map_err(|error| BatchError { at: 0, error })?;
            }
        }
    }

    async fn load(&mut self, rows: RowBatch) -> Result<(), LoadError> {
        let all = 0..rows.len();
        let call = self.worker.call(move |client| client.load(&rows));
        call.wait()
            .await
            .unwrap_or_else(|error| Err(LoadError { rows: all, error }))
    }

    async fn close(self: Box<Self>) -> Result<(), DriverError> {
        self.worker.finish().await
    }

    fn canceller(&self) -> Option<Box<dyn Cancel>> {
        Some(Box::new(Canceller(Arc::clone(self.worker.signal()))))
    }

    async fn try_lock(&mut self, name: &LockName) -> Result<TryLock, DriverError> {
        let name = name.clone();
        self.call(move |client| client.locks().get().try_lock(&name, &client.session().holder()))
            .await
    }

    async fn unlock(&mut self, name: &LockName) -> Result<bool, DriverError> {
        let name = name.clone();
        self.call(move |client| Ok(client.locks().get().unlock(&name)))
            .await
    }

    async fn lock_holder(&mut self, _name: &LockName) -> Result<Option<Holder>, DriverError> {
        self.call(|client| client.holder()).await
    }

    fn lock_proof(&self, name: &LockName) -> Option<String> {
        Some(proof::scalar(name))
    }

    async fn activity(&mut self, session: &SessionId) -> Result<Activity, DriverError> {
        let session = session.clone();
        self.call(move |client| client.activity(&session)).await
    }

    async fn restore(&mut self) -> Result<(), DriverError> {
        self.call(Client::restore).await
    }

    async fn introspect(&mut self, scope: Scope<'_>) -> Result<Schema, DriverError> {
        let (sql, parameters) = introspect::question(scope);
        let rows = self.query(sql, &parameters).await?;
        introspect::schema(&rows)
    }

    async fn catalogue(&mut self) -> Result<Catalogue, DriverError> {
        let rows = self.query(catalogue::QUESTION, &[]).await?;
        catalogue::catalogue(&rows)
    }

    async fn beyond_model(&mut self) -> Result<Catalogue, DriverError> {
        let rows = self.query(catalogue::TRIGGERS, &[]).await?;
        catalogue::catalogue(&rows)
    }

    async fn check_data(&mut self) -> Result<Vec<DataFault>, DriverError> {
        self.call(data::check).await
    }
}
