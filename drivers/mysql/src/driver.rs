//! The driver itself.

use async_trait::async_trait;
use limbeck_core::dialect::Dialect;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Connection;
use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::Driver;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::UrlVariables;

use crate::dialect::MARIADB;
use crate::dialect::MYSQL;

/// MySQL and MariaDB, as far as they can be had without a server: the SQL of an upgrade is written, and a session is
/// refused.
///
/// ```
/// use limbeck_core::driver::{ConnectOptions, Driver, DriverErrorKind};
/// use limbeck_mysql::MySql;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// assert!(MySql.only_writes());
/// let url = "mariadb://localhost/shop".parse()?;
/// let refused = MySql.connect(&url, &ConnectOptions::read_only()).await.err();
/// assert_eq!(refused.map(|error| error.kind), Some(DriverErrorKind::Unsupported));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct MySql;

#[async_trait]
impl Driver for MySql {
    fn name(&self) -> &'static str {
        "mysql"
    }

    fn schemes(&self) -> &'static [&'static str] {
        &["mysql", "mariadb"]
    }

    fn dialects(&self) -> &'static [&'static dyn Dialect] {
        const DIALECTS: &[&dyn Dialect] = &[&MYSQL, &MARIADB];
        DIALECTS
    }

    fn only_writes(&self) -> bool {
        true
    }

    fn url_variables(&self) -> &'static [UrlVariables] {
        const VARIABLES: &[UrlVariables] =
            &[variables("MYSQL", &["mysql"]), variables("MARIADB", &["mariadb"])];
        VARIABLES
    }

    async fn connect(
        &self,
        url: &DatabaseUrl,
        _options: &ConnectOptions,
    ) -> Result<Box<dyn Connection>, DriverError> {
        let (engine, client) = match url.scheme() {
            "mariadb" => ("MariaDB", "mariadb"),
            _ => ("MySQL", "mysql"),
        };
        let message =
            format!("this version of Limbeck writes the SQL of {engine} and cannot connect to a server yet");
        Err(
            DriverError::new(DriverErrorKind::Unsupported, message).with_hint(format!(
                "give `upgrade`, `downgrade` or `stamp` the flag `--sql`, and run what they write with {client}"
            )),
        )
    }
}

const fn variables(prefix: &'static str, schemes: &'static [&'static str]) -> UrlVariables {
    UrlVariables::new(prefix, schemes)
        .user("root")
        .password("root")
        .port(3306)
}
