//! Which of the two engines.

use limbeck_core::dialect::RenderError;

/// MySQL or MariaDB: they share a protocol and most of their SQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flavour {
    /// MySQL
    MySql,
    /// MariaDB
    MariaDb,
}

impl Flavour {
    /// The dialect's word.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::MySql => "mysql",
            Self::MariaDb => "mariadb",
        }
    }

    /// The engine's name, for people.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::MySql => "MySQL",
            Self::MariaDb => "MariaDB",
        }
    }

    /// The collation that compares UTF-8 byte by byte.
    pub(super) const fn collation(self) -> &'static str {
        match self {
            Self::MySql => "utf8mb4_0900_bin",
            Self::MariaDb => "utf8mb4_nopad_bin",
        }
    }

    /// The words that name the engine in a type such as `mysql(MEDIUMINT)`, the dialect's own first.
    pub(super) const fn words(self) -> &'static [&'static str] {
        match self {
            Self::MySql => &["mysql"],
            Self::MariaDb => &["mariadb", "mysql"],
        }
    }

    /// A refusal: "mysql cannot …".
    pub(super) fn refused(self, what: impl Into<String>) -> RenderError {
        RenderError::unsupported(self.name(), what)
    }
}
