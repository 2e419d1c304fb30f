//! The engines' own clients, and databases for them on servers that are there.

mod contents;
mod database;
mod skip;

pub use database::ClientDatabase;

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
    /// A database of its own on the server that the environment names: `LIMBECK_TEST_POSTGRES_URL`,
    /// `LIMBECK_TEST_MYSQL_URL` or `LIMBECK_TEST_MARIADB_URL`, whose user may create databases.
    ///
    /// None when there is no such variable or the program is not installed: a line on standard error says so and
    /// counts, also where the output of tests is captured. When `LIMBECK_TEST_REQUIRE` has the server in its list
    /// (`postgres,mysql,mariadb`), the test fails instead.
    ///
    /// # Panics
    /// The server is named and does not answer, or is required and missing.
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
        match ClientDatabase::create(self) {
            Ok(database) => Some(database),
            Err(missing) => {
                skip::skip(self, &missing);
                None
            }
        }
    }

    /// The same, or what is missing for it.
    pub(crate) fn try_database(self) -> Result<ClientDatabase, String> {
        ClientDatabase::create(self)
    }

    /// The variable that names its server.
    pub(crate) fn variable(self) -> String {
        format!("LIMBECK_TEST_{}_URL", self.server().to_uppercase())
    }

    /// The word for its server.
    pub const fn server(self) -> &'static str {
        match self {
            Self::Psql => "postgres",
            Self::MySql => "mysql",
            Self::MariaDb => "mariadb",
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
