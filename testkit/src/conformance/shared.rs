//! One driver for many connections, migrators and faults.

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

/// A driver that several hold.
#[derive(Clone)]
pub(crate) struct Shared(pub(crate) Arc<dyn Driver>);

#[async_trait]
impl Driver for Shared {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn schemes(&self) -> &'static [&'static str] {
        self.0.schemes()
    }

    fn dialects(&self) -> &'static [&'static dyn Dialect] {
        self.0.dialects()
    }

    fn database_file(&self, url: &DatabaseUrl) -> Option<PathBuf> {
        self.0.database_file(url)
    }

    fn is_private(&self, url: &DatabaseUrl) -> bool {
        self.0.is_private(url)
    }

    async fn connect(
        &self,
        url: &DatabaseUrl,
        options: &ConnectOptions,
    ) -> Result<Box<dyn Connection>, DriverError> {
        self.0.connect(url, options).await
    }

    async fn scratch(
        &self,
        url: &DatabaseUrl,
        options: &ConnectOptions,
    ) -> Result<Box<dyn Connection>, DriverError> {
        self.0.scratch(url, options).await
    }

    async fn backup(&self, url: &DatabaseUrl, file: &Path) -> Result<(), DriverError> {
        self.0.backup(url, file).await
    }

    fn server_address(&self, url: &DatabaseUrl) -> Result<ServerAddress, DriverError> {
        self.0.server_address(url)
    }

    fn program_environment(&self, url: &DatabaseUrl) -> Result<Vec<(&'static str, Secret)>, DriverError> {
        self.0.program_environment(url)
    }

    async fn administer(&self, url: &DatabaseUrl, task: Administer) -> Result<(), DriverError> {
        self.0.administer(url, task).await
    }
}
