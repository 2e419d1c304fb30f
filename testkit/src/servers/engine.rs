//! The engines whose servers tests use.

use std::fmt;

/// A database engine that has servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Engine {
    /// PostgreSQL
    Postgres,
    /// MySQL
    MySql,
    /// MariaDB
    MariaDb,
}

impl Engine {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Postgres, Self::MySql, Self::MariaDb];

    /// The word for it: `postgres`, `mysql` or `mariadb`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Postgres => "postgres",
            Self::MySql => "mysql",
            Self::MariaDb => "mariadb",
        }
    }

    /// The engine that a URL's scheme means.
    pub fn of_scheme(scheme: &str) -> Option<Self> {
        match scheme {
            "postgres" | "postgresql" => Some(Self::Postgres),
            "mysql" => Some(Self::MySql),
            "mariadb" => Some(Self::MariaDb),
            _ => None,
        }
    }

    /// The variable with the URL of a server.
    pub fn variable(self) -> String {
        format!("LIMBECK_TEST_{}_URL", self.word().to_uppercase())
    }

    /// The variable with the kind of that server, so that a test can have another one like it.
    pub(super) fn kind_variable(self) -> String {
        format!("LIMBECK_TEST_{}_KIND", self.word().to_uppercase())
    }

    /// A database that every server of the engine has.
    pub(super) const fn admin_database(self) -> &'static str {
        match self {
            Self::Postgres => "postgres",
            Self::MySql | Self::MariaDb => "mysql",
        }
    }

    /// The name of the user who may do everything on a server that was started for tests.
    pub(super) const fn admin_user(self) -> &'static str {
        match self {
            Self::Postgres => "postgres",
            Self::MySql | Self::MariaDb => "root",
        }
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Postgres => "PostgreSQL",
            Self::MySql => "MySQL",
            Self::MariaDb => "MariaDB",
        })
    }
}
