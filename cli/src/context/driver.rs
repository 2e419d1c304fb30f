//! The drivers and dialects of this build.

use std::sync::Arc;

use limbeck_core::dialect::Dialect;
use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::Driver;
use limbeck_core::driver::LocalServer;

use super::Context;
use crate::error::CommandError;
use crate::error::ErrorKind;

/// A driver and one of the dialects that it writes.
pub(crate) type DriverDialect = (Arc<dyn Driver>, &'static dyn Dialect);

impl Context<'_> {
    /// The driver of this build that knows the URL's scheme.
    pub(crate) fn driver(&self, url: &DatabaseUrl) -> Result<Arc<dyn Driver>, CommandError> {
        let knows = |driver: &&Arc<dyn Driver>| driver.schemes().contains(&url.scheme());
        match self.cli.drivers.iter().rev().find(knows) {
            Some(driver) => Ok(Arc::clone(driver)),
            None => Err(no_driver(url, &self.cli.drivers)),
        }
    }

    /// The driver of the URL, and the dialect that it assumes before a server has answered.
    pub(crate) fn driver_and_dialect(&self) -> Result<DriverDialect, CommandError> {
        let url = self.database()?.url.value;
        let driver = self.driver(&url)?;
        let dialects = driver.dialects();
        let of_scheme = dialects.iter().find(|dialect| dialect.name() == url.scheme());
        match of_scheme.or(dialects.first()) {
            Some(dialect) => Ok((Arc::clone(&driver), *dialect)),
            None => Err(CommandError::new(
                ErrorKind::Unsupported,
                format!("the driver {} has no dialect", driver.name()),
            )),
        }
    }

    /// The dialect of this name, and its driver.
    pub(crate) fn dialect(&self, name: &str) -> Result<DriverDialect, CommandError> {
        let all = || {
            let drivers = self.cli.drivers.iter().rev();
            drivers.flat_map(|driver| driver.dialects().iter().map(move |dialect| (driver, *dialect)))
        };
        if let Some((driver, dialect)) = all().find(|(_, dialect)| dialect.name() == name) {
            return Ok((Arc::clone(driver), dialect));
        }
        let known: Vec<&str> = all().map(|(_, dialect)| dialect.name()).collect();
        let error = CommandError::new(
            ErrorKind::Usage,
            format!("no driver of this build writes the dialect `{name}`"),
        );
        Err(match known.is_empty() {
            true => error.with_hint("this build has no driver at all"),
            false => error.with_hint(format!("this build writes {}", known.join(", "))),
        })
    }

    /// The servers that can run in a container, of all drivers.
    pub(crate) fn local_servers(&self) -> Vec<&'static LocalServer> {
        let drivers = self.cli.drivers.iter();
        drivers.flat_map(|driver| driver.local_servers()).collect()
    }

    /// The cargo feature of this crate that has the driver for the database of the configuration, where this build has
    /// not.
    pub(crate) fn missing_feature(&self) -> Option<&'static str> {
        let url = self.database().ok()?.url.value;
        self.driver(&url).err()?;
        feature_of(url.scheme())
    }

    /// The database for people: its URL, and the file where it is one.
    pub(crate) fn database_in_words(&self) -> Result<String, CommandError> {
        let url = self.database()?.url.value;
        Ok(match self.driver(&url)?.database_file(&url) {
            Some(file) => format!("{url} ({})", file.display()),
            None => url.to_string(),
        })
    }
}

/// Schemes that a driver crate of Limbeck knows, by cargo feature of this crate.
const FEATURES: [(&str, &[&str]); 3] = [
    ("sqlite", &["sqlite"]),
    ("postgres", &["postgres", "postgresql"]),
    ("mysql", &["mysql", "mariadb"]),
];

fn feature_of(scheme: &str) -> Option<&'static str> {
    let found = FEATURES.iter().find(|(_, schemes)| schemes.contains(&scheme));
    found.map(|(feature, _)| *feature)
}

fn no_driver(url: &DatabaseUrl, drivers: &[Arc<dyn Driver>]) -> CommandError {
    let scheme = url.scheme();
    let message = format!("no driver of this build knows the scheme `{scheme}` of {url}");
    let error = CommandError::new(ErrorKind::NoDriver, message);
    let error = match feature_of(scheme) {
        Some(feature) => error.with_hint(format!("build limbeck-cli with the feature `{feature}`")),
        None => error,
    };
    let known: Vec<String> = drivers
        .iter()
        .flat_map(|driver| driver.schemes())
        .map(|scheme| format!("{scheme}:"))
        .collect();
    match known.is_empty() {
        true => error.with_hint("this build has no driver at all"),
        false => error.with_hint(format!("this build knows {}", known.join(", "))),
    }
}
