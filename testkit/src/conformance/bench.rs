//! What a check works with.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use std::time::Instant;

use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::Value;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Connection;
use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::LockName;
use limbeck_core::driver::Rows;
use limbeck_core::driver::UrlError;
use limbeck_core::engine::Migrator;
use limbeck_core::operation::Operations;
use limbeck_core::schema::Schema;
use limbeck_core::script::ScriptSet;

use super::databases::Databases;
use super::databases::FreshDatabase;
use super::databases::Unavailable;
use super::failure::During;
use super::failure::Failure;
use super::offer::Offer;
use super::shared::Shared;

/// How long what another process or the server does by itself may take before it counts as not done.
const PATIENCE: Duration = Duration::from_secs(60);

/// What the author of a driver says of its sessions.
#[derive(Clone, Debug, Default)]
pub(crate) struct Session {
    pub(crate) without: BTreeSet<Offer>,
    /// Statements that change a setting, with the query that reads it.
    pub(crate) settings: Vec<(String, String)>,
}

/// A driver and an empty database.
pub(crate) struct Bench {
    driver: Shared,
    databases: Arc<dyn Databases>,
    database: FreshDatabase,
    session: Session,
}

impl Bench {
    pub(crate) fn new(
        driver: Shared,
        databases: Arc<dyn Databases>,
        session: Session,
    ) -> Result<Self, Unavailable> {
        let database = databases.fresh()?;
        Ok(Self {
            driver,
            databases,
            database,
            session,
        })
    }

    /// The same with another empty database.
    pub(crate) fn another(&self) -> Result<Self, Failure> {
        let (driver, databases) = (self.driver.clone(), Arc::clone(&self.databases));
        Self::new(driver, databases, self.session.clone()).during("another database")
    }

    pub(crate) fn driver(&self) -> &dyn limbeck_core::driver::Driver {
        &self.driver
    }

    pub(crate) fn shared(&self) -> Shared {
        self.driver.clone()
    }

    pub(crate) fn database(&self) -> &FreshDatabase {
        &self.database
    }

    pub(crate) fn session(&self) -> &Session {
        &self.session
    }

    pub(crate) fn offers(&self, offer: Offer) -> bool {
        !self.session.without.contains(&offer)
    }

    pub(crate) fn url(&self) -> Result<DatabaseUrl, UrlError> {
        self.database.url()
    }

    /// A session that may write.
    pub(crate) async fn connect(&self) -> Result<Box<dyn Connection>, Failure> {
        self.connect_with(&ConnectOptions::read_write()).await
    }

    pub(crate) async fn connect_with(
        &self,
        options: &ConnectOptions,
    ) -> Result<Box<dyn Connection>, Failure> {
        let connection = self.driver.0.connect(&self.url()?, options).await;
        connection.during("connecting")
    }

    /// What runs these scripts.
    pub(crate) fn migrator(&self, scripts: Arc<ScriptSet>) -> Result<Migrator, Failure> {
        Ok(Migrator::new(Arc::new(self.driver.clone()), self.url()?, scripts))
    }

    /// The lock of the usual history.
    pub(crate) fn lock_name(&self, connection: &dyn Connection) -> LockName {
        LockName::new(&connection.server().schema, "limbeck_version")
    }
}

/// Runs portable SQL in a session, without a history.
pub(crate) async fn portable(connection: &mut Box<dyn Connection>, sql: &str) -> Result<(), Failure> {
    let mut operations = Operations::default();
    operations.execute(sql)?;
    let mut schema = Schema::new();
    for operation in operations.into_operations() {
        let server = connection.server();
        let context = RenderContext::new(server.version).with_schema(&schema);
        let rendering = server
            .dialect
            .render(std::slice::from_ref(&operation), &context)?;
        for statement in rendering.statements {
            run(connection, &statement.sql).await?;
        }
        schema.apply(&operation)?;
    }
    Ok(())
}

/// Runs one statement.
pub(crate) async fn run(connection: &mut Box<dyn Connection>, sql: &str) -> Result<Rows, Failure> {
    connection.query(sql, &[]).await.during(sql)
}

/// The whole number that a query gives.
pub(crate) async fn number(connection: &mut Box<dyn Connection>, sql: &str) -> Result<i64, Failure> {
    let rows = run(connection, sql).await?;
    let number = rows.rows.first().and_then(|row| row.integer(0));
    number.ok_or_else(|| Failure::new(format!("{sql}: it gives no whole number but {rows:?}")))
}

/// The rows of a query, their columns joined by a bar.
pub(crate) async fn lines(connection: &mut Box<dyn Connection>, sql: &str) -> Result<Vec<String>, Failure> {
    let rows = run(connection, sql).await?;
    let line = |row: &limbeck_core::driver::Row| -> String {
        let cells: Vec<String> = row.0.iter().map(cell).collect();
        cells.join("|")
    };
    Ok(rows.rows.iter().map(line).collect())
}

/// A value as text, the same whatever type the engine gives it.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => "NULL".to_owned(),
        Value::Boolean(truth) => i64::from(*truth).to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        other => format!("{other:?}"),
    }
}

/// Asks again until the answer is yes: for what another process or the server does in its own time.
pub(crate) async fn eventually(
    what: &str,
    mut ask: impl AsyncFnMut() -> Result<bool, Failure>,
) -> Result<(), Failure> {
    let started = Instant::now();
    while !ask().await? {
        if started.elapsed() > PATIENCE {
            return Err(Failure::new(format!(
                "{what}: not after {} s",
                PATIENCE.as_secs()
            )));
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Ok(())
}

/// Whether a statement failed for others who hold what it needs.
pub(crate) fn is_in_the_way(error: &DriverError) -> bool {
    matches!(error.kind, DriverErrorKind::Busy | DriverErrorKind::LockTimeout)
}
