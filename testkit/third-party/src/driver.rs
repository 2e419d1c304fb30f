//! The driver: a name, a scheme and sessions.

use std::path::PathBuf;

use async_trait::async_trait;
use limbeck_core::dialect::Dialect;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Connection;
use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::Driver;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;

use crate::connection::LiteConnection;
use crate::dialect::LiteDialect;

/// The driver.
#[derive(Clone, Copy, Debug, Default)]
pub struct Lite;

#[async_trait]
impl Driver for Lite {
    fn name(&self) -> &'static str {
        "lite"
    }

    fn schemes(&self) -> &'static [&'static str] {
        &["lite"]
    }

    fn dialects(&self) -> &'static [&'static dyn Dialect] {
        &[&LiteDialect]
    }

    fn database_file(&self, url: &DatabaseUrl) -> Option<PathBuf> {
        std::path::absolute(url.file().ok()?).ok()
    }

    async fn connect(
        &self,
        url: &DatabaseUrl,
        options: &ConnectOptions,
    ) -> Result<Box<dyn Connection>, DriverError> {
        // A parameter that is passed over would be one that somebody relies on.
        if let Some((name, _)) = url.parameters().first() {
            let message = format!("a lite URL has no parameter {name}");
            return Err(DriverError::new(DriverErrorKind::Url, message).with_hint("write lite:///app.db"));
        }
        let path = url
            .file()
            .map_err(|error| DriverError::new(DriverErrorKind::Url, error.to_string()))?;
        Ok(Box::new(LiteConnection::open(&path, options)?))
    }
}
