//! The driver itself.

use async_trait::async_trait;
use limbeck_core::dialect::Dialect;
use limbeck_core::driver::Administer;
use limbeck_core::driver::ClientCommand;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Connection;
use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::Driver;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::LocalServer;
use limbeck_core::driver::Secret;
use limbeck_core::driver::ServerAddress;
use limbeck_core::driver::UrlVariables;

use crate::administer;
use crate::connect;
use crate::dialect::POSTGRES;
use crate::local;
use crate::program;
use crate::scratch;
use crate::settings::Settings;

/// PostgreSQL 12 and later.
///
/// URLs are `postgres://user:password@host:port/database`, with `postgresql` for `postgres` if you like. A host that is a
/// path, with its slashes as `%2F`, is the folder of the server's socket. Parameters:
///
/// | parameter | meaning |
/// |---|---|
/// | `sslmode` | `disable`, `prefer` (default), `require`, `verify-ca`, `verify-full`, with libpq's meaning |
/// | `sslrootcert` | file of the authorities that are believed, `system` (default) for the system's |
/// | `sslcert`, `sslkey` | files of the client's certificate and its key |
/// | `host` | the host, where a folder is easier to write than in the address |
/// | `options` | settings for the start of the session: `-c name=value` |
/// | `search_path` | schemas with commas between; tables are made in the first that exists |
/// | `application_name` | the name that the server shows; `limbeck` |
/// | `connect_timeout` | how long to wait for the server, in seconds; 10 |
///
/// A pooler that gives out its sessions by the transaction is noticed; the session then has [`Trust::Shared`]. Statements
/// are simple queries, which such a pooler takes.
///
/// [`Trust::Shared`]: limbeck_core::driver::Trust::Shared
///
/// ```no_run
/// use limbeck_core::driver::{ConnectOptions, Driver};
/// use limbeck_postgres::Postgres;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let url = "postgres://ann:secret@localhost/shop".parse()?;
/// let mut connection = Postgres.connect(&url, &ConnectOptions::read_write()).await?;
/// let rows = connection.query("SELECT upper(?)", &["limbeck".into()]).await?;
/// assert_eq!(rows.rows[0].text(0), Some("LIMBECK"));
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

    fn url_variables(&self) -> &'static [UrlVariables] {
        const ALL: &[UrlVariables] = &[VARIABLES];
        ALL
    }

    fn local_servers(&self) -> &'static [LocalServer] {
        local::SERVERS
    }

    fn clients(&self, url: &DatabaseUrl) -> Result<Vec<ClientCommand>, DriverError> {
        local::clients(url)
    }

    async fn connect(
        &self,
        url: &DatabaseUrl,
        options: &ConnectOptions,
    ) -> Result<Box<dyn Connection>, DriverError> {
        Ok(Box::new(connect::connect(url, options).await?))
    }

    async fn scratch(
        &self,
        url: &DatabaseUrl,
        options: &ConnectOptions,
    ) -> Result<Box<dyn Connection>, DriverError> {
        Ok(Box::new(scratch::open(url, options).await?))
    }

    fn server_address(&self, url: &DatabaseUrl) -> Result<ServerAddress, DriverError> {
        Ok(Settings::read(url)?.address)
    }

    fn program_environment(&self, url: &DatabaseUrl) -> Result<Vec<(&'static str, Secret)>, DriverError> {
        program::environment(url)
    }

    async fn administer(&self, url: &DatabaseUrl, task: Administer) -> Result<(), DriverError> {
        administer::administer(url, task).await
    }
}

/// The variables that name a database of PostgreSQL.
pub(crate) const VARIABLES: UrlVariables = UrlVariables::new("POSTGRES", SCHEMES)
    .user("postgres")
    .password("postgres")
    .port(5432);

const SCHEMES: &[&str] = &["postgres", "postgresql"];
