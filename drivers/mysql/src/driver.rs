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
use crate::dialect::MARIADB;
use crate::dialect::MYSQL;
use crate::local;
use crate::program;
use crate::scratch;
use crate::settings::Settings;

/// MySQL from 8.0.17 on and MariaDB from 10.5.2 on. The server says which of the two it is; the schemes `mysql` and
/// `mariadb` mean the same.
///
/// URLs are `mysql://user:password@host:port/database`. The host may be the path of a socket, with `%2F` for its slashes.
/// Parameters:
///
/// | parameter | meaning |
/// |---|---|
/// | `sslmode`, `ssl-mode` | `disable`; `prefer` (default): encrypted when the server offers it; `require`: always encrypted; `verify-ca`: and the certificate is signed by somebody trusted; `verify-full`: and for this host. MySQL's own words are known too: `VERIFY_IDENTITY` |
/// | `sslrootcert`, `ssl-ca` | a file with the certificates of those who are trusted; without it those that the system trusts |
/// | `sslcert` and `sslkey`, `ssl-cert` and `ssl-key` | files with the client's certificate and its key |
/// | `socket` | the path of the server's socket; what goes through it is not encrypted |
/// | `connect_timeout` | how long to wait for the server, in seconds; 10 |
///
/// # Limits
///
/// Of [`Timeouts`](limbeck_core::driver::Timeouts), `lock` holds for rows and for the definitions of tables, in whole
/// seconds. `statement` holds for every statement on MariaDB and for `SELECT` alone on MySQL, which has no limit for
/// others; `idle_in_transaction` holds on MariaDB and not on MySQL, which has none.
///
/// # Sessions in the way
///
/// Who keeps a session waiting is told of locks on rows, and of locks on the definitions of tables where the server keeps
/// books of them: MySQL does unless its performance schema is off, MariaDB where its performance schema is on or its
/// plugin `metadata_lock_info` is installed. Sessions of other users need the privilege PROCESS to be seen.
///
/// # All objects
///
/// [`Connection::catalogue`] gives the tables, indexes, checks, foreign keys, views, triggers, procedures, functions and
/// events of the database, and MariaDB's sequences and packages, as far as the session's user may see them; a text that is
/// kept from the user is an error. It asks a number of questions that does not depend on how many tables there are. What
/// the catalogue does not tell exactly is asked for with `SHOW CREATE`, up to a hundred objects at once: what triggers,
/// routines, events and views hold when there is a string in it, and tables with an index that searches for words.
///
/// These are no differences: who has made a view, a routine, a trigger or an event (whoever makes it again), how far an
/// `AUTO_INCREMENT` column or a sequence has counted, and when an event starts that was given no beginning.
///
/// These are not told by the servers, and so are not seen: the algorithm of a view on MySQL; `REF_SYSTEM_ID` of a column
/// on MariaDB; `ALGORITHM` of `PARTITION BY KEY`; tablespaces, data directories and engine attributes. Letters of four
/// bytes in comments and in the values of an enumeration are question marks to both engines.
///
/// ```no_run
/// use limbeck_core::driver::{ConnectOptions, Driver};
/// use limbeck_mysql::MySql;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let url = "mysql://root@localhost/shop".parse()?;
/// let mut connection = MySql.connect(&url, &ConnectOptions::read_only()).await?;
/// let rows = connection.query("SELECT upper(?)", &["limbeck".into()]).await?;
/// assert_eq!(rows.rows[0].text(0), Some("LIMBECK"));
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

    fn url_variables(&self) -> &'static [UrlVariables] {
        const ALL: &[UrlVariables] = &[MYSQL_VARIABLES, MARIADB_VARIABLES];
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
        let settings = Settings::read(url)?;
        Ok(Box::new(connect::open(&settings, options).await?))
    }

    async fn scratch(
        &self,
        url: &DatabaseUrl,
        options: &ConnectOptions,
    ) -> Result<Box<dyn Connection>, DriverError> {
        let settings = Settings::read(url)?;
        Ok(Box::new(scratch::open(&settings, options).await?))
    }

    fn server_address(&self, url: &DatabaseUrl) -> Result<ServerAddress, DriverError> {
        Settings::address(url)
    }

    fn program_environment(&self, url: &DatabaseUrl) -> Result<Vec<(&'static str, Secret)>, DriverError> {
        program::environment(url)
    }

    async fn administer(&self, url: &DatabaseUrl, task: Administer) -> Result<(), DriverError> {
        administer::administer(&Settings::read(url)?, task).await
    }
}

/// The variables that name a database of MySQL.
pub(crate) const MYSQL_VARIABLES: UrlVariables = variables("MYSQL", &["mysql"]);

/// The variables that name a database of MariaDB.
pub(crate) const MARIADB_VARIABLES: UrlVariables = variables("MARIADB", &["mariadb"]);

const fn variables(prefix: &'static str, schemes: &'static [&'static str]) -> UrlVariables {
    UrlVariables::new(prefix, schemes)
        .user("root")
        .password("root")
        .port(3306)
}
