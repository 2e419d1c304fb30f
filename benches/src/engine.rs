//! The engines that are measured.

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;
use serde::Serialize;

use crate::error::BenchError;

/// A database engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Engine {
    /// SQLite, a file
    Sqlite,
    /// PostgreSQL
    Postgres,
    /// MySQL
    MySql,
    /// MariaDB
    MariaDb,
}

impl Engine {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Sqlite, Self::Postgres, Self::MySql, Self::MariaDb];

    /// The word for it, which is also that of its dialect.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
            Self::MySql => "mysql",
            Self::MariaDb => "mariadb",
        }
    }

    /// The engine of the server that tests and measurements share; none for SQLite.
    pub const fn server(self) -> Option<limbeck_testkit::Engine> {
        match self {
            Self::Sqlite => None,
            Self::Postgres => Some(limbeck_testkit::Engine::Postgres),
            Self::MySql => Some(limbeck_testkit::Engine::MySql),
            Self::MariaDb => Some(limbeck_testkit::Engine::MariaDb),
        }
    }

    /// Whether it is MySQL or MariaDB.
    pub const fn is_mysql_family(self) -> bool {
        matches!(self, Self::MySql | Self::MariaDb)
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
            Self::MySql => "MySQL",
            Self::MariaDb => "MariaDB",
        })
    }
}

impl FromStr for Engine {
    type Err = BenchError;

    fn from_str(word: &str) -> Result<Self, BenchError> {
        let found = Self::ALL.into_iter().find(|engine| engine.word() == word);
        found.ok_or_else(|| {
            let words = Self::ALL.map(Self::word).join(", ");
            BenchError::Usage(format!("\"{word}\" is no engine; there are {words}"))
        })
    }
}
