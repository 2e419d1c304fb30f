//! A driver with which something goes wrong.

use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use limbeck_core::dialect::Dialect;
use limbeck_core::driver::Administer;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Connection;
use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::Driver;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::Secret;
use limbeck_core::driver::ServerAddress;

use crate::Fault;
use crate::StatementCount;
use crate::connection::FaultyConnection;
use crate::statements::Countdown;

/// A driver that does what another one does until a [`Fault`] comes.
///
/// Every statement counts, of every connection: those of a batch, with its BEGIN and COMMIT, and single queries.
/// Locks and what else a connection asks by itself do not count.
#[derive(Debug)]
pub struct Faulty<D> {
    driver: D,
    countdown: Countdown,
}

impl<D: Driver> Faulty<D> {
    /// A driver with which this goes wrong.
    pub fn new(driver: D, fault: Fault) -> Self {
        Self {
            driver,
            countdown: Countdown::new(Some(fault)),
        }
    }

    /// A driver with which, after this many statements, the test does something: it ends the session on the server, or the
    /// server itself. What comes of it the next statement shows.
    ///
    /// ```
    /// use limbeck_sqlite::Sqlite;
    /// use limbeck_testkit::Faulty;
    ///
    /// let faulty = Faulty::calling(Sqlite, 3, || println!("three statements were sent"));
    /// assert_eq!(faulty.count().get(), 0);
    /// ```
    pub fn calling(driver: D, after: usize, call: impl Fn() + Send + Sync + 'static) -> Self {
        Self {
            driver,
            countdown: Countdown::calling(after, Arc::new(call)),
        }
    }

    /// A driver with which nothing goes wrong, to learn how many statements there are.
    pub fn counting(driver: D) -> Self {
        Self {
            driver,
            countdown: Countdown::new(None),
        }
    }

    /// The statements sent so far; stays true when the driver has been given away.
    pub fn count(&self) -> StatementCount {
        self.countdown.count()
    }

    fn wrap(&self, connection: Box<dyn Connection>) -> Box<dyn Connection> {
        Box::new(FaultyConnection::new(connection, self.countdown.clone()))
    }
}

#[async_trait]
impl<D: Driver> Driver for Faulty<D> {
    fn name(&self) -> &'static str {
        self.driver.name()
    }

    fn schemes(&self) -> &'static [&'static str] {
        self.driver.schemes()
    }

    fn dialects(&self) -> &'static [&'static dyn Dialect] {
        self.driver.dialects()
    }

    fn database_file(&self, url: &DatabaseUrl) -> Option<PathBuf> {
        self.driver.database_file(url)
    }

    async fn connect(
        &self,
        url: &DatabaseUrl,
        options: &ConnectOptions,
    ) -> Result<Box<dyn Connection>, DriverError> {
        Ok(self.wrap(self.driver.connect(url, options).await?))
    }

    async fn scratch(
        &self,
        url: &DatabaseUrl,
        options: &ConnectOptions,
    ) -> Result<Box<dyn Connection>, DriverError> {
        Ok(self.wrap(self.driver.scratch(url, options).await?))
    }

    async fn backup(&self, url: &DatabaseUrl, file: &Path) -> Result<(), DriverError> {
        self.driver.backup(url, file).await
    }

    fn server_address(&self, url: &DatabaseUrl) -> Result<ServerAddress, DriverError> {
        self.driver.server_address(url)
    }

    fn program_environment(&self, url: &DatabaseUrl) -> Result<Vec<(&'static str, Secret)>, DriverError> {
        self.driver.program_environment(url)
    }

    async fn administer(&self, url: &DatabaseUrl, task: Administer) -> Result<(), DriverError> {
        self.driver.administer(url, task).await
    }
}
