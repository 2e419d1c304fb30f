//! An application's side of a database: a pool of connections, and transactions.
//!
//! [`Database`] is made once and cloned to wherever it is needed. Migrations do not go through it: they hold a lock in a
//! session of their own, which [`Database::migrator`] gives them.

mod builder;
mod error;
mod lent;
mod pool;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

pub use self::builder::DatabaseBuilder;
pub use self::error::DatabaseError;
use self::lent::Lent;
use self::pool::Pool;
pub use self::pool::PoolStatus;
use crate::driver::ConnectOptions;
use crate::driver::DatabaseUrl;
use crate::driver::Driver;
use crate::driver::DriverError;
use crate::driver::Session;
use crate::driver::Transaction;
use crate::engine::Migrator;
use crate::script::ScriptSet;

/// A pool of connections to one database. Clones share it.
///
/// ```
/// use limbeck_core::Database;
/// use limbeck_core::driver::DriverError;
///
/// async fn pay(database: &Database, order: i64) -> Result<(), DriverError> {
///     database
///         .transaction(async |tx| {
///             tx.execute("UPDATE orders SET state = 'paid' WHERE id = ?", &[order.into()]).await?;
///             tx.execute("INSERT INTO payment (order_id) VALUES (?)", &[order.into()]).await?;
///             Ok(())
///         })
///         .await
/// }
/// ```
///
/// All errors are [`DriverError`]s, whose `kind` tells what can be done: a unique value that is there already is a
/// [`Constraint`](crate::driver::DriverErrorKind::Constraint), a pool whose connections are all in use a
/// [`PoolTimeout`](crate::driver::DriverErrorKind::PoolTimeout).
#[derive(Clone)]
pub struct Database {
    driver: Arc<dyn Driver>,
    url: DatabaseUrl,
    options: ConnectOptions,
    pool: Pool,
}

impl Database {
    /// The database of a URL, for [`DatabaseBuilder::build`].
    pub fn configure(url: impl Into<String>) -> DatabaseBuilder {
        DatabaseBuilder::new(url.into())
    }

    fn new(
        driver: Arc<dyn Driver>,
        url: DatabaseUrl,
        builder: &DatabaseBuilder,
    ) -> Result<Self, DatabaseError> {
        let options = builder.options.clone();
        let pool = Pool::new(
            Arc::clone(&driver),
            url.clone(),
            options.clone(),
            builder.max_size,
            builder.wait,
        )?;
        Ok(Self {
            driver,
            url,
            options,
            pool,
        })
    }

    /// Runs `work` in a transaction: when it succeeds, the transaction is committed, otherwise it is rolled back.
    ///
    /// When `work` panics or its future is dropped, the connection is closed, which rolls back what it had done and frees
    /// its locks; the pool opens another one in its place. Part of the work can fail alone in a
    /// [nested transaction](Transaction::transaction).
    ///
    /// An error that `work` catches and does not give on is no reason to roll back, with two exceptions. Where the engine
    /// gives up a transaction with its first failed statement, the commit fails with the engine's own error. A transaction
    /// that did not get its [locks](crate::driver::DriverErrorKind::LockTimeout) takes no more statements on any engine.
    ///
    /// # Errors
    /// What `work` fails with, or why there is no connection, or why the transaction could not be begun or committed. When
    /// the connection breaks during the commit, nobody knows whether it took effect.
    pub async fn transaction<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: AsyncFnOnce(&mut Transaction<'_>) -> Result<T, E>,
        E: From<DriverError>,
    {
        let mut lent = Lent::new(self.pool.get().await?);
        lent.begin().await?;
        let answer = work(&mut lent.session()?.transaction()).await;
        match answer {
            Ok(value) => {
                lent.commit().await?;
                Ok(value)
            }
            Err(error) => {
                lent.roll_back().await;
                Err(error)
            }
        }
    }

    /// Runs `work` with a session of its own, which is closed afterwards: for what must not stay behind in a connection that
    /// others use next, such as settings, temporary tables and locks of the session, and for work that takes so long that it
    /// would keep a place in the pool. Each statement commits by itself.
    ///
    /// ```
    /// use limbeck_core::Database;
    /// use limbeck_core::driver::DriverError;
    ///
    /// async fn clean_up(database: &Database) -> Result<(), DriverError> {
    ///     database
    ///         .use_then_disconnect(async |session| {
    ///             session.query("ANALYZE", &[]).await?;
    ///             Ok(())
    ///         })
    ///         .await
    /// }
    /// ```
    ///
    /// # Errors
    /// What `work` fails with, or why the database cannot be reached.
    pub async fn use_then_disconnect<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: AsyncFnOnce(&mut Session) -> Result<T, E>,
        E: From<DriverError>,
    {
        let connection = self.driver.connect(&self.url, &self.options).await?;
        let mut session = Session::new(connection);
        let answer = work(&mut session).await;
        // The work is done: that the goodbye was not heard changes nothing.
        let _ = session.close().await;
        answer
    }

    /// Whether the database answers, over a connection of the pool: for the health check of a service.
    ///
    /// # Errors
    /// Why it does not, within the time that a caller waits for a connection.
    pub async fn check_health(&self) -> Result<(), DriverError> {
        // What was idle has been asked already when it comes out of the pool, and what is new has just been answered.
        self.pool.get().await.map(drop)
    }

    /// How many connections there are, and who waits for one.
    pub fn status(&self) -> PoolStatus {
        self.pool.status()
    }

    /// Closes the pool: connections that are idle at once, those in use when they come back. Who waits or comes later gets an
    /// error of the kind [`PoolClosed`](crate::driver::DriverErrorKind::PoolClosed).
    pub fn close(&self) {
        self.pool.close();
    }

    /// The URL, which does not show its password.
    pub const fn url(&self) -> &DatabaseUrl {
        &self.url
    }

    /// What migrates this database, in sessions of its own: see [`Migrator::run_on_start`].
    pub fn migrator(&self, scripts: Arc<ScriptSet>) -> Migrator {
        Migrator::new(Arc::clone(&self.driver), self.url.clone(), scripts)
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Database")
            .field("url", &self.url)
            .field("status", &self.status())
            .finish_non_exhaustive()
    }
}

/// How many connections a pool has when nobody says it.
const MAX_SIZE: usize = 10;

/// How long a caller waits for a connection when nobody says it.
const WAIT: Duration = Duration::from_secs(30);
