//! The traits themselves.

use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;

use async_trait::async_trait;

use super::Activity;
use super::Batch;
use super::BatchError;
use super::Blocker;
use super::ClientCommand;
use super::DataFault;
use super::DatabaseUrl;
use super::Done;
use super::DriverError;
use super::DriverErrorKind;
use super::Holder;
use super::LoadError;
use super::LocalServer;
use super::LockName;
use super::Rows;
use super::Secret;
use super::ServerAddress;
use super::ServerInfo;
use super::SessionId;
use super::Timeouts;
use super::Trace;
use super::TryLock;
use super::UrlVariables;
use super::insert_rows;
use crate::catalogue::Catalogue;
use crate::dialect::Dialect;
use crate::dialect::Value;
use crate::operation::RowBatch;
use crate::schema::Name;
use crate::schema::Schema;

/// A database family, chosen by the scheme of a URL.
#[async_trait]
pub trait Driver: Send + Sync + 'static {
    /// The family's word: in sections, in the configuration, in messages.
    fn name(&self) -> &'static str;

    /// The URL schemes that mean this family.
    fn schemes(&self) -> &'static [&'static str];

    /// Its dialects; the first is the one assumed before a server has answered.
    fn dialects(&self) -> &'static [&'static dyn Dialect];

    /// The environment variables that name its databases when there is no URL.
    fn url_variables(&self) -> &'static [UrlVariables] {
        &[]
    }

    /// The file that the URL means, with its absolute path, where a database is a file.
    fn database_file(&self, _url: &DatabaseUrl) -> Option<PathBuf> {
        None
    }

    /// Whether the database of this URL belongs to one session and is gone when that closes.
    fn is_private(&self, _url: &DatabaseUrl) -> bool {
        false
    }

    /// The servers that can run in a container on the machine of a developer.
    fn local_servers(&self) -> &'static [LocalServer] {
        &[]
    }

    /// The clients for people that can open the database of this URL; the first that is installed is taken.
    ///
    /// # Errors
    /// The URL is wrong, or there is no such client.
    fn clients(&self, _url: &DatabaseUrl) -> Result<Vec<ClientCommand>, DriverError> {
        Err(DriverError::unsupported("a client for people"))
    }

    /// Opens a session.
    async fn connect(
        &self,
        url: &DatabaseUrl,
        options: &ConnectOptions,
    ) -> Result<Box<dyn Connection>, DriverError>;

    /// Opens a session in an empty namespace that is gone when the session closes.
    async fn scratch(
        &self,
        _url: &DatabaseUrl,
        _options: &ConnectOptions,
    ) -> Result<Box<dyn Connection>, DriverError> {
        Err(DriverError::unsupported("scratch databases"))
    }

    /// The server that a session of this driver goes to: that of the URL's authority, unless a parameter of the URL names
    /// another one.
    ///
    /// # Errors
    /// The URL cannot be read.
    fn server_address(&self, url: &DatabaseUrl) -> Result<ServerAddress, DriverError> {
        url.server()
            .map_err(|error| DriverError::new(DriverErrorKind::Url, error.to_string()).with_source(error))
    }

    /// Writes a copy of the database, as it is at one moment, into a new file, and looks whether it can be relied on. An error
    /// leaves no file.
    ///
    /// Nobody needs it where the engine's own programs make backups: see
    /// [`program_environment`](Self::program_environment).
    async fn backup(&self, _url: &DatabaseUrl, _file: &Path) -> Result<(), DriverError> {
        Err(DriverError::unsupported("backups"))
    }

    /// The environment variables by which the engine's own programs find and enter the database of the URL, such as
    /// `PGHOST` and `PGPASSWORD`: a password on a command line can be read by others.
    ///
    /// # Errors
    /// The URL cannot be read.
    fn program_environment(&self, _url: &DatabaseUrl) -> Result<Vec<(&'static str, Secret)>, DriverError> {
        Ok(Vec::new())
    }

    /// Creates or drops the database that the URL names.
    async fn administer(&self, _url: &DatabaseUrl, _task: Administer) -> Result<(), DriverError> {
        Err(DriverError::unsupported("creating and dropping databases"))
    }
}

/// One session. Dropping it must end it: what it had not committed is rolled back and its locks are free.
#[async_trait]
pub trait Connection: Send {
    /// Who answers; known after connect, without traffic.
    fn server(&self) -> &ServerInfo;

    /// Runs one statement and gives its rows.
    async fn query(&mut self, sql: &str, parameters: &[Value]) -> Result<Rows, DriverError>;

    /// Runs the statements in order, and tells of each that succeeded. Nothing after a failed one takes effect.
    /// A transaction that the batch opened is still open when one of its statements failed.
    async fn run(&mut self, batch: Batch<'_>, done: &mut (dyn FnMut(Done) + Send)) -> Result<(), BatchError> {
        for (index, statement) in batch.statements.iter().enumerate() {
            let rows = self
                .query(statement, &[])
                .await
                .map_err(|error| BatchError { at: index, error })?;
            done(Done::new(index, rows.affected));
        }
        Ok(())
    }

    /// Writes rows into a table in the quickest way that the engine has, which must mean the same as INSERT: every value is
    /// written as it is or refused, and constraints, defaults and triggers work as they do for INSERT. A transaction is
    /// open; after an error its owner rolls it back.
    async fn load(&mut self, rows: RowBatch) -> Result<(), LoadError> {
        insert_rows(self, &rows).await
    }

    /// Ends the session in an orderly way.
    async fn close(self: Box<Self>) -> Result<(), DriverError>;

    /// A handle that interrupts the running statement from another task.
    fn canceller(&self) -> Option<Box<dyn Cancel>> {
        None
    }

    /// Tries to take a lock for this session. Never waits.
    async fn try_lock(&mut self, _name: &LockName) -> Result<TryLock, DriverError> {
        Err(DriverError::unsupported("locks"))
    }

    /// Waits until another session has given a lock back, takes nothing, and says whether that was seen. It comes back after
    /// `at_most`, and may come back sooner without having seen anything.
    ///
    /// It must hold no snapshot and no transaction meanwhile: the holder's own statements may wait for those to end. Without
    /// it the lock is asked for again and again, which a server feels when many wait.
    async fn await_unlock(&mut self, _name: &LockName, _at_most: Duration) -> Result<bool, DriverError> {
        Err(DriverError::unsupported("waiting for a lock"))
    }

    /// Gives a lock back; whether this session held it.
    async fn unlock(&mut self, _name: &LockName) -> Result<bool, DriverError> {
        Ok(false)
    }

    /// Who holds a lock, without taking it: for commands that change nothing.
    async fn lock_holder(&mut self, _name: &LockName) -> Result<Option<Holder>, DriverError> {
        Err(DriverError::unsupported("looking at locks"))
    }

    /// An SQL scalar that is text while this session holds the lock and NULL when it does not.
    fn lock_proof(&self, _name: &LockName) -> Option<String> {
        None
    }

    /// What a session is doing, perhaps one of another process.
    async fn activity(&mut self, _session: &SessionId) -> Result<Activity, DriverError> {
        Err(DriverError::unsupported("looking at other sessions"))
    }

    /// The sessions for which another one waits at this moment; none when it does not wait.
    async fn blockers(&mut self, _session: &SessionId) -> Result<Vec<Blocker>, DriverError> {
        Err(DriverError::unsupported("looking at the locks of other sessions"))
    }

    /// What a statement of which nobody knows the outcome has left in the catalogue, as far as that can be told from its
    /// text. Changes nothing.
    async fn trace(&mut self, _sql: &str) -> Result<Trace, DriverError> {
        Ok(Trace::Unknown)
    }

    /// Puts the session's settings back as they were after connect, outside a transaction: a script may have changed
    /// them. Temporary objects go, where the engine knows which there are: a table would hide that of the same name from
    /// all that follows. Locks stay.
    async fn restore(&mut self) -> Result<(), DriverError> {
        Ok(())
    }

    /// Reads the schema from the catalogue, in a number of queries that does not depend on the number of tables. The
    /// history tables are among them: see [`HistoryTables::leave_out`](crate::history::HistoryTables::leave_out). What is
    /// portable is portable again; what the model cannot say is left out.
    async fn introspect(&mut self, _scope: Scope<'_>) -> Result<Schema, DriverError> {
        Err(DriverError::unsupported("reading the schema from the catalogue"))
    }

    /// Reads everything that is in the database, in the engine's own words and in a number of queries that does not depend
    /// on the number of objects. The history tables are among them. Nothing is left out that somebody has made; what
    /// belongs to the server, or to an extension, is not there.
    async fn catalogue(&mut self) -> Result<Catalogue, DriverError> {
        Err(DriverError::unsupported("reading all objects of a database"))
    }

    /// Reads the same for its [fingerprint](Catalogue::fingerprint), which nothing depends on that only orders objects: what
    /// they need and what they mention may be missing.
    async fn catalogue_without_order(&mut self) -> Result<Catalogue, DriverError> {
        self.catalogue().await
    }

    /// Reads the objects of the kinds for which the schema model has no words: what [`introspect`](Self::introspect) leaves
    /// out. Of them only the names are sure to be there.
    async fn beyond_model(&mut self) -> Result<Catalogue, DriverError> {
        let mut catalogue = self.catalogue().await?;
        catalogue.retain(|object| !object.id.kind.is_of_model());
        Ok(catalogue)
    }

    /// Looks at all rows, and gives what breaks a constraint and which indexes and constraints cannot be relied on: each
    /// fault of a constraint once, with the number of its rows. A constraint is looked at whether it is enforced or not.
    /// Writes nothing, takes no lock that keeps readers out, and needs no right but to read; in a session that has a
    /// transaction open it looks at the data as this transaction sees them.
    ///
    /// What cannot be looked at is a fault too. An error means that nothing is known.
    async fn check_data(&mut self) -> Result<Vec<DataFault>, DriverError> {
        Err(DriverError::unsupported("looking for faults of the data")
            .with_hint("look with the database's own tools"))
    }
}

/// Interrupts the statement that a connection runs.
#[async_trait]
pub trait Cancel: Send + Sync {
    /// Asks the server to stop; the running call then fails with
    /// [`DriverErrorKind::Cancelled`](super::DriverErrorKind::Cancelled).
    async fn cancel(&self) -> Result<(), DriverError>;
}

/// How to connect.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConnectOptions {
    /// What the session may do.
    pub access: Access,
    /// How long to wait for the server, or for another writer of a file.
    pub timeout: Option<Duration>,
    /// How long statements may wait and run, on servers that can be told.
    pub timeouts: Timeouts,
}

impl ConnectOptions {
    /// For a command that changes nothing.
    pub const fn read_only() -> Self {
        Self {
            access: Access::ReadOnly,
            timeout: None,
            timeouts: Timeouts::NONE,
        }
    }

    /// For a command that changes the database.
    pub const fn read_write() -> Self {
        Self {
            access: Access::ReadWrite,
            timeout: None,
            timeouts: Timeouts::NONE,
        }
    }

    /// The same with these limits.
    pub const fn with_timeouts(mut self, timeouts: Timeouts) -> Self {
        self.timeouts = timeouts;
        self
    }
}

/// What a session may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Access {
    /// Nothing is created or written, not even an empty file.
    #[default]
    ReadOnly,
    /// Everything the role may.
    ReadWrite,
}

/// A task of [`Driver::administer`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Administer {
    /// Create the database when it does not exist.
    Create,
    /// Drop the database when it exists.
    Drop,
}

/// Which part of a schema to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Scope<'a> {
    /// Everything.
    All,
    /// These tables, without views; those that do not exist are left out.
    Tables(&'a [Name]),
}
