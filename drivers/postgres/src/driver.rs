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

use crate::dialect::POSTGRES;

/// PostgreSQL, as far as it can be had without a server: the SQL of an upgrade is written, and a session is refused.
///
/// ```
/// use limbeck_core::driver::{ConnectOptions, Driver, DriverErrorKind};
/// use limbeck_postgres::Postgres;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// assert!(Postgres.only_writes());
/// let url = "postgres://localhost/shop".parse()?;
/// let refused = Postgres.connect(&url, &ConnectOptions::read_only()).await.err();
/// assert_eq!(refused.map(|error| error.kind), Some(DriverErrorKind::Unsupported));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Postgres;

#[async_trait]
impl Driver for Postgres {
    fn name(&self) -> &'static str {
        "postgres"
    }

    fn schemes(&self) -> &'static [&'static str] {
        SCHEMES
    }

    fn dialects(&self) -> &'static [&'static dyn Dialect] {
        const DIALECTS: &[&dyn Dialect] = &[&POSTGRES];
        DIALECTS
    }

    fn only_writes(&self) -> bool {
        true
    }

    fn url_variables(&self) -> &'static [UrlVariables] {
        const VARIABLES: &[UrlVariables] = &[UrlVariables::new("POSTGRES", SCHEMES)
            .user("postgres")
            .password("postgres")
            .port(5432)];
        VARIABLES
    }

    async fn connect(
        &self,
        _url: &DatabaseUrl,
        _options: &ConnectOptions,
    ) -> Result<Box<dyn Connection>, DriverError> {
        let message = "this version of Limbeck writes PostgreSQL's SQL and cannot connect to a server yet";
        Err(DriverError::new(DriverErrorKind::Unsupported, message).with_hint(
            "give `upgrade`, `downgrade` or `stamp` the flag `--sql`, and run what they write with psql",
        ))
    }
}

const SCHEMES: &[&str] = &["postgres", "postgresql"];
