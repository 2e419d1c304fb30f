//! The engines' own clients, and databases for them on servers that are there.

mod contents;
mod database;
mod dump;

pub use database::ClientDatabase;

use crate::Engine;
use crate::TestDatabase;
use crate::servers::skip;

/// A program that comes with a database engine and runs files of SQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Client {
    /// `psql`, for PostgreSQL
    Psql,
    /// `mysql`, for MySQL
    MySql,
    /// `mariadb`, for MariaDB
    MariaDb,
}

impl Client {
    /// A database of its own on the shared server of the engine.
    ///
    /// None when there is no server ([`Server::shared`](crate::Server::shared)) or the program is not installed: a line
    /// on standard error says so and counts. When `LIMBECK_TEST_REQUIRE` has the engine in its list, the test fails
    /// instead.
    ///
    /// # Panics
    /// As for [`Server::shared`](crate::Server::shared).
    ///
    /// ```
    /// use limbeck_testkit::Client;
    ///
    /// if let Some(database) = Client::Psql.database() {
    ///     database.apply("CREATE TABLE a (b integer);\nINSERT INTO a VALUES (1);\n")?;
    ///     assert_eq!(database.rows("SELECT b FROM a"), ["1"]);
    /// }
    /// # Ok::<(), String>(())
    /// ```
    pub fn database(self) -> Option<ClientDatabase> {
        if !database::is_installed(self) {
            skip(self.engine(), &format!("{} is not installed", self.program()));
            return None;
        }
        TestDatabase::on(self.engine()).map(|database| ClientDatabase::new(self, database))
    }

    /// The engine that it comes with.
    pub const fn engine(self) -> Engine {
        match self {
            Self::Psql => Engine::Postgres,
            Self::MySql => Engine::MySql,
            Self::MariaDb => Engine::MariaDb,
        }
    }

    const fn program(self) -> &'static str {
        match self {
            Self::Psql => "psql",
            Self::MySql => "mysql",
            Self::MariaDb => "mariadb",
        }
    }
}
