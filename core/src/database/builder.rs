//! How a pool is configured.

use std::sync::Arc;
use std::time::Duration;

use super::Database;
use super::DatabaseError;
use super::MAX_SIZE;
use super::WAIT;
use crate::driver::ConnectOptions;
use crate::driver::DatabaseUrl;
use crate::driver::Driver;

/// What [`Database::configure`] gives: the URL, and what is said about the pool.
///
/// ```no_run
/// # use limbeck_core::driver::Driver;
/// # fn connect(sqlite: impl Driver, postgres: impl Driver) -> Result<(), limbeck_core::database::DatabaseError> {
/// use std::time::Duration;
///
/// use limbeck_core::Database;
///
/// let url = std::env::var("DATABASE_URL").unwrap_or_else(|_| "sqlite://shop.db".to_owned());
/// let database = Database::configure(url)
///     .driver(sqlite)
///     .driver(postgres)
///     .max_size(20)
///     .wait(Duration::from_secs(5))
///     .build()?;
/// # Ok(())
/// # }
/// ```
#[must_use]
pub struct DatabaseBuilder {
    url: String,
    drivers: Vec<Arc<dyn Driver>>,
    pub(super) max_size: usize,
    pub(super) wait: Duration,
    pub(super) options: ConnectOptions,
}

impl DatabaseBuilder {
    pub(super) fn new(url: String) -> Self {
        Self {
            url,
            drivers: Vec::new(),
            max_size: MAX_SIZE,
            wait: WAIT,
            options: ConnectOptions::read_write(),
        }
    }

    /// A driver. The scheme of the URL chooses among those that are given, so that one program can be run on several engines;
    /// of two for one scheme the later one is taken.
    pub fn driver(mut self, driver: impl Driver) -> Self {
        self.drivers.push(Arc::new(driver));
        self
    }

    /// How many connections there are at most; 10 when nothing is said.
    pub const fn max_size(mut self, connections: usize) -> Self {
        self.max_size = connections;
        self
    }

    /// How long a caller waits for a connection, the time for opening one included; 30 seconds when nothing is said.
    pub const fn wait(mut self, wait: Duration) -> Self {
        self.wait = wait;
        self
    }

    /// How connections are opened: for reading only, with limits for statements. They may write when nothing is said.
    pub fn connect_options(mut self, options: ConnectOptions) -> Self {
        self.options = options;
        self
    }

    /// The database. Nothing connects before somebody needs it.
    ///
    /// # Errors
    /// The URL is none, no driver is for it, or no pool can be made of what it names.
    pub fn build(self) -> Result<Database, DatabaseError> {
        let url: DatabaseUrl = self.url.parse()?;
        let is_for = |driver: &&Arc<dyn Driver>| driver.schemes().contains(&url.scheme());
        let Some(driver) = self.drivers.iter().rev().find(is_for) else {
            return Err(DatabaseError::NoDriver {
                scheme: url.scheme().to_owned(),
                known: self.schemes(),
            });
        };
        if self.max_size == 0 {
            return Err(DatabaseError::EmptyPool);
        }
        if driver.is_private(&url) {
            return Err(DatabaseError::Private);
        }
        Database::new(Arc::clone(driver), url, &self)
    }

    fn schemes(&self) -> Vec<&'static str> {
        let mut schemes: Vec<&str> = self
            .drivers
            .iter()
            .flat_map(|driver| driver.schemes().iter().copied())
            .collect();
        schemes.sort_unstable();
        schemes.dedup();
        schemes
    }
}
