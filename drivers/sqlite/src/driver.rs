//! The driver itself.

use std::path::Path;
use std::path::PathBuf;

use async_trait::async_trait;
use limbeck_core::dialect::Dialect;
use limbeck_core::driver::Access;
use limbeck_core::driver::Administer;
use limbeck_core::driver::ClientCommand;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Connection;
use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::Driver;
use limbeck_core::driver::DriverError;

use crate::administer;
use crate::backup;
use crate::connection::SqliteConnection;
use crate::dialect::SQLITE;
use crate::open;
use crate::settings::Place;
use crate::settings::Settings;
use crate::worker;

/// SQLite, compiled in.
///
/// URLs are `sqlite:file`, `sqlite://file` and `sqlite:///file` for a path relative to the working directory (or to what
/// [`DatabaseUrl::relative_to`] says), `sqlite:////file` for an absolute one, and `sqlite::memory:`. Parameters:
///
/// | parameter | meaning |
/// |---|---|
/// | `mode` | `ro`: only read; `rw`: the file must exist; `rwc` (default): a session that writes creates it |
/// | `busy_timeout` | how long to wait for another writer, in milliseconds; 5000 |
/// | `double_quoted_strings` | `on`: SQLite's old habit of reading `"x"` as a string where there is no column x; `off` |
///
/// Foreign keys are on in every session.
///
/// A session that only reads creates no database and changes none. Two things are SQLite's way of reading, and happen
/// all the same: the half of a transaction that a killed writer has left in `<database>-journal` is rolled back, and
/// beside a database in WAL mode there is a `<database>-shm` while anybody reads. What stands in a `<database>-wal` stays
/// there until a session that writes closes.
///
/// ```
/// use limbeck_core::driver::{ConnectOptions, Driver};
/// use limbeck_sqlite::Sqlite;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let url = "sqlite::memory:".parse()?;
/// let mut connection = Sqlite.connect(&url, &ConnectOptions::read_write()).await?;
/// let rows = connection.query("SELECT upper(?)", &["limbeck".into()]).await?;
/// assert_eq!(rows.rows[0].text(0), Some("LIMBECK"));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Sqlite;

impl Sqlite {
    /// Makes a session of a connection that the caller has opened. It must not be inside a transaction; its busy
    /// handler, its progress handler and its settings for foreign keys, double-quoted strings and `legacy_alter_table` are
    /// replaced.
    pub async fn attach(connection: rusqlite::Connection) -> Result<Box<dyn Connection>, DriverError> {
        SqliteConnection::open(move || open::adopt(connection)).await
    }
}

#[async_trait]
impl Driver for Sqlite {
    fn name(&self) -> &'static str {
        "sqlite"
    }

    fn schemes(&self) -> &'static [&'static str] {
        &["sqlite"]
    }

    fn dialects(&self) -> &'static [&'static dyn Dialect] {
        const DIALECTS: &[&dyn Dialect] = &[&SQLITE];
        DIALECTS
    }

    fn database_file(&self, url: &DatabaseUrl) -> Option<PathBuf> {
        match Settings::read(url).ok()?.place {
            Place::Memory => None,
            Place::File(path) => std::path::absolute(path).ok(),
        }
    }

    fn is_private(&self, url: &DatabaseUrl) -> bool {
        Settings::read(url).is_ok_and(|settings| settings.place == Place::Memory)
    }

    fn clients(&self, url: &DatabaseUrl) -> Result<Vec<ClientCommand>, DriverError> {
        match Settings::read(url)?.place {
            Place::Memory => Err(DriverError::unsupported("a client for a database in memory")),
            // What begins with a dash would be an option.
            Place::File(path) => {
                let path = std::path::absolute(&path).unwrap_or(path);
                Ok(vec![
                    ClientCommand::new("sqlite3").argument(path.to_string_lossy()),
                ])
            }
        }
    }

    async fn connect(
        &self,
        url: &DatabaseUrl,
        options: &ConnectOptions,
    ) -> Result<Box<dyn Connection>, DriverError> {
        let settings = Settings::read(url)?;
        let options = options.clone();
        SqliteConnection::open(move || open::open(&settings, &options)).await
    }

    async fn scratch(
        &self,
        url: &DatabaseUrl,
        options: &ConnectOptions,
    ) -> Result<Box<dyn Connection>, DriverError> {
        let settings = Settings::read(url)?.in_memory();
        let mut options = options.clone();
        options.access = Access::ReadWrite;
        SqliteConnection::open(move || open::open(&settings, &options)).await
    }

    async fn backup(&self, url: &DatabaseUrl, file: &Path) -> Result<(), DriverError> {
        backup::backup(Settings::read(url)?, file).await
    }

    async fn administer(&self, url: &DatabaseUrl, task: Administer) -> Result<(), DriverError> {
        let settings = Settings::read(url)?;
        worker::blocking(move || administer::administer(&settings, task)).await
    }
}
