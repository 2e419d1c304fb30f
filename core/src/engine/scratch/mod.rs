//! A database that is empty at first and gone at the end.

mod lender;

use std::fmt::Display;
use std::sync::Arc;

use self::lender::Home;
use self::lender::Lender;
use super::EngineError;
use super::Live;
use super::Migrator;
use crate::catalogue::Catalogue;
use crate::catalogue::Object;
use crate::dialect::RenderContext;
use crate::diff::diff;
use crate::driver::Cancel;
use crate::driver::ConnectOptions;
use crate::driver::Driver;
use crate::driver::DriverError;
use crate::driver::Session;
use crate::operation::Operation;
use crate::operation::WorkingSchema;
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
        migrator.record_nothing();
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

    /// A session in it. There is one at a time: close it before anything else is done there.
    ///
    /// # Errors
    /// Another one is open.
    pub fn session(&self) -> Result<Session, EngineError> {
        self.driver
            .home
            .lend()
            .map(Session::new)
            .map_err(EngineError::Connect)
    }

    /// Makes a schema in it, which is empty.
    ///
    /// # Errors
    /// The dialect has no words for it, or the server refuses it.
    pub async fn make(&self, schema: &Schema) -> Result<(), EngineError> {
        let made = diff(&Schema::new(), schema, &[]);
        match made.left.first() {
            Some(left) => Err(incoherent(left)),
            None => self.apply(&Schema::new(), &made.operations).await,
        }
    }

    /// Makes in it what a catalogue holds, but for what is there anyway.
    ///
    /// # Errors
    /// The server refuses a statement; the others after it are not sent.
    pub async fn make_objects(&self, catalogue: &Catalogue) -> Result<(), EngineError> {
        let there = self.live().await?.catalogue.unwrap_or_default();
        let objects = catalogue.in_order().filter(|object| !there.contains(&object.id));
        let mut connection = self.driver.home.lend().map_err(EngineError::Connect)?;
        for statement in objects.flat_map(Object::statements) {
            connection.query(statement, &[]).await.map_err(making)?;
        }
        connection.close().await.map_err(EngineError::Connect)
    }

    /// Applies operations to what is in it, which is this schema.
    ///
    /// # Errors
    /// The dialect has no words for one, or the server refuses it.
    pub async fn apply(&self, schema: &Schema, operations: &[Operation]) -> Result<(), EngineError> {
        let mut now = WorkingSchema::new(schema.clone());
        let mut connection = self.driver.home.lend().map_err(EngineError::Connect)?;
        for operation in operations {
            let server = connection.server();
            let context = RenderContext::new(server.version).with_schema(&now);
            let rendering = server.dialect.render(std::slice::from_ref(operation), &context);
            let rendering = rendering.map_err(EngineError::Inexpressible)?;
            let statements = rendering.statements.iter().map(|statement| &statement.sql);
            for sql in rendering.before.iter().chain(statements) {
                connection.query(sql, &[]).await.map_err(making)?;
            }
            now.apply(operation).map_err(|error| incoherent(&error))?;
        }
        connection.close().await.map_err(EngineError::Connect)
    }

    /// Runs a file of the engine's own SQL in it, statement by statement, and puts the settings of the session back.
    ///
    /// Lines for the engine's own client are passed over: `\restrict` and `\unrestrict`, which `pg_dump` writes for `psql`, and
    /// those at the head of what [`Offline`](super::Offline) writes.
    ///
    /// # Errors
    /// The server refuses a statement, with its place.
    pub async fn run(&self, file: &Arc<SourceFile>) -> Result<(), EngineError> {
        let mut connection = self.driver.home.lend().map_err(EngineError::Connect)?;
        let text = without_client_lines(file.text(), connection.server().dialect.client_prologue());
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

    /// What is in it, without the history tables.
    ///
    /// # Errors
    /// The server does not say.
    pub async fn live(&self) -> Result<Live, EngineError> {
        self.migrator.live().await
    }

    /// The same where the schema model is enough.
    ///
    /// # Errors
    /// The server does not say.
    pub async fn live_model(&self) -> Result<Live, EngineError> {
        self.migrator.live_model().await
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

fn making(error: DriverError) -> EngineError {
    EngineError::Database {
        doing: "making the schema in a scratch database",
        error,
    }
}

fn incoherent(why: &dyn Display) -> EngineError {
    EngineError::Incoherent { why: why.to_string() }
}

/// The text with blanks for the lines that only a client understands and that change nothing.
fn without_client_lines(text: &str, prologue: &[&str]) -> String {
    let is_client = |line: &str| {
        line.starts_with("\\restrict ")
            || line.starts_with("\\unrestrict ")
            || prologue.contains(&line.trim_end_matches('\n'))
    };
    text.split_inclusive('\n')
        .map(|line| match is_client(line) {
            true => line.replace(|letter: char| letter != '\n', " "),
            false => line.to_owned(),
        })
        .collect()
}
