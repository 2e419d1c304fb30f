//! A database that is empty at first and gone at the end.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;

use async_trait::async_trait;

use super::EngineError;
use super::Migrator;
use crate::dialect::Dialect;
use crate::dialect::RenderContext;
use crate::dialect::Value;
use crate::diff::diff;
use crate::driver::Activity;
use crate::driver::Batch;
use crate::driver::BatchError;
use crate::driver::Cancel;
use crate::driver::ConnectOptions;
use crate::driver::Connection;
use crate::driver::DatabaseUrl;
use crate::driver::Done;
use crate::driver::Driver;
use crate::driver::DriverError;
use crate::driver::DriverErrorKind;
use crate::driver::Holder;
use crate::driver::LockName;
use crate::driver::Rows;
use crate::driver::Scope;
use crate::driver::ServerInfo;
use crate::driver::SessionId;
use crate::driver::Trace;
use crate::driver::TryLock;
use crate::schema::Schema;
use crate::script::ScriptSet;
use crate::sql::Place;
use crate::sql::SourceFile;
use crate::sql::split;

/// A scratch database of the engine of a [`Migrator`], with a migrator that runs on it.
pub struct Scratch {
    driver: Arc<Lender>,
    canceller: Option<Box<dyn Cancel>>,
    migrator: Migrator,
}

impl Migrator {
    /// Opens a scratch database on the server of this one, and a migrator that runs these scripts there.
    ///
    /// # Errors
    /// The driver has none, or the server refuses it.
    pub async fn scratch(&self, scripts: Arc<ScriptSet>) -> Result<Scratch, EngineError> {
        let (driver, url) = self.driver_and_url()?;
        let opened = driver.scratch(&url, &ConnectOptions::read_write()).await;
        let connection = opened.map_err(EngineError::Connect)?;
        let canceller = connection.canceller();
        let driver = Arc::new(Lender {
            driver,
            home: Home::new(connection),
        });
        let mut migrator = self.on(Arc::clone(&driver) as Arc<dyn Driver>, url, scripts);
        // There are no data to lose.
        migrator.allow_data_loss();
        Ok(Scratch {
            driver,
            canceller,
            migrator,
        })
    }
}

impl Scratch {
    /// What runs revisions on it.
    pub fn migrator(&self) -> &Migrator {
        &self.migrator
    }

    /// Makes a schema in it, which is empty.
    ///
    /// # Errors
    /// The dialect has no words for it, or the server refuses it.
    pub async fn make(&self, schema: &Schema) -> Result<(), EngineError> {
        let mut connection = self.driver.home.lend().map_err(EngineError::Connect)?;
        let mut now = Schema::new();
        for operation in diff(&now.clone(), schema, &[]).operations {
            let server = connection.server();
            let context = RenderContext::new(server.version).with_schema(&now);
            let rendering = server.dialect.render(std::slice::from_ref(&operation), &context);
            let rendering = rendering.map_err(EngineError::Inexpressible)?;
            for statement in rendering.statements {
                let sent = connection.query(&statement.sql, &[]).await;
                sent.map_err(|error| EngineError::Database {
                    doing: "making the schema in a scratch database",
                    error,
                })?;
            }
            // The differences of a schema with nothing all fit.
            let _ = now.apply(&operation);
        }
        connection.close().await.map_err(EngineError::Connect)
    }

    /// Runs a file of the engine's own SQL in it, statement by statement, and puts the settings of the session back.
    ///
    /// The lines `\restrict` and `\unrestrict`, which `pg_dump` writes for `psql`, are passed over.
    ///
    /// # Errors
    /// The server refuses a statement, with its place.
    pub async fn run(&self, file: &Arc<SourceFile>) -> Result<(), EngineError> {
        let mut connection = self.driver.home.lend().map_err(EngineError::Connect)?;
        let text = without_client_lines(file.text());
        let mut outcome = Ok(());
        for slice in split(&text, connection.server().dialect.lexical_rules()) {
            let sql = slice.body.slice(&text);
            if sql.is_empty() {
                continue;
            }
            if let Err(error) = connection.query(sql, &[]).await {
                outcome = Err(EngineError::NativeModels {
                    place: Place::new(Arc::clone(file), slice.body),
                    error,
                });
                break;
            }
        }
        let restored = connection.restore().await;
        connection.close().await.map_err(EngineError::Connect)?;
        outcome?;
        restored.map_err(|error| EngineError::Database {
            doing: "putting the settings of the session back",
            error,
        })
    }

    /// The schema that is in it, without the history tables.
    ///
    /// # Errors
    /// The server does not say.
    pub async fn schema(&self) -> Result<Schema, EngineError> {
        self.migrator.live_schema().await
    }

    /// Interrupts the statement that runs in it, where the driver can.
    ///
    /// # Errors
    /// The server does not take the request.
    pub async fn cancel(&self) -> Result<(), EngineError> {
        match &self.canceller {
            Some(canceller) => canceller.cancel().await.map_err(EngineError::Connect),
            None => Ok(()),
        }
    }

    /// Takes it away.
    ///
    /// # Errors
    /// The server refuses that.
    pub async fn close(self) -> Result<(), EngineError> {
        let connection = self.driver.home.take();
        match connection {
            Some(connection) => connection.close().await.map_err(EngineError::Connect),
            None => Ok(()),
        }
    }
}

impl Migrator {
    /// The schema of the database, without the history tables.
    ///
    /// # Errors
    /// The database cannot be reached, or its driver cannot read schemas.
    pub async fn live_schema(&self) -> Result<Schema, EngineError> {
        let mut session = self.connect(&ConnectOptions::read_only()).await?;
        let read = session.introspect(Scope::All).await;
        let mut schema = read.map_err(|error| EngineError::Database {
            doing: "reading the schema",
            error,
        })?;
        self.options().tables.leave_out(&mut schema);
        session.close().await.map_err(EngineError::Connect)?;
        Ok(schema)
    }
}

/// The text with blanks for the lines that only `psql` understands and that change nothing.
fn without_client_lines(text: &str) -> String {
    let is_client = |line: &str| line.starts_with("\\restrict ") || line.starts_with("\\unrestrict ");
    text.split_inclusive('\n')
        .map(|line| match is_client(line) {
            true => line.replace(|letter: char| letter != '\n', " "),
            false => line.to_owned(),
        })
        .collect()
}

/// The one connection of a scratch database while nobody uses it.
#[derive(Clone)]
struct Home(Arc<Mutex<Option<Box<dyn Connection>>>>);

impl Home {
    fn new(connection: Box<dyn Connection>) -> Self {
        Self(Arc::new(Mutex::new(Some(connection))))
    }

    fn take(&self) -> Option<Box<dyn Connection>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn lend(&self) -> Result<Box<dyn Connection>, DriverError> {
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
struct Lender {
    driver: Arc<dyn Driver>,
    home: Home,
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

    async fn close(self: Box<Self>) -> Result<(), DriverError> {
        Ok(())
    }

    fn canceller(&self) -> Option<Box<dyn Cancel>> {
        self.connection.as_ref()?.canceller()
    }

    async fn try_lock(&mut self, name: &LockName) -> Result<TryLock, DriverError> {
        self.inner()?.try_lock(name).await
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
}
