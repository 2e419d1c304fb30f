//! Kinds of servers: an engine in a version.

use std::fmt;
use std::str::FromStr;

use super::Engine;

/// An engine, and one of its versions or any.
///
/// ```
/// use limbeck_testkit::Engine;
/// use limbeck_testkit::ServerKind;
///
/// let kind: ServerKind = "mariadb1011".parse()?;
/// assert_eq!(kind.engine(), Engine::MariaDb);
/// assert_eq!(kind.version(), Some("10.11"));
/// assert_eq!(ServerKind::any(Engine::Postgres).to_string(), "postgres");
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ServerKind {
    engine: Engine,
    entry: Option<&'static Entry>,
}

/// A version that tests know by name.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Entry {
    word: &'static str,
    engine: Engine,
    version: &'static str,
    /// The Debian suite whose packages have it.
    suite: Option<&'static str>,
}

const fn entry(
    word: &'static str,
    engine: Engine,
    version: &'static str,
    suite: Option<&'static str>,
) -> Entry {
    Entry {
        word,
        engine,
        version,
        suite,
    }
}

/// The newest of an engine first.
static ENTRIES: [Entry; 11] = [
    entry("pg18", Engine::Postgres, "18", Some("sid")),
    entry("pg17", Engine::Postgres, "17", Some("trixie")),
    entry("pg15", Engine::Postgres, "15", Some("bookworm")),
    entry("pg13", Engine::Postgres, "13", Some("bullseye")),
    entry("pg12", Engine::Postgres, "12", None),
    entry("mysql97", Engine::MySql, "9.7", Some("sid")),
    entry("mysql84", Engine::MySql, "8.4", None),
    entry("mysql80", Engine::MySql, "8.0", None),
    entry("mariadb118", Engine::MariaDb, "11.8", Some("trixie")),
    entry("mariadb1011", Engine::MariaDb, "10.11", Some("bookworm")),
    entry("mariadb105", Engine::MariaDb, "10.5", Some("bullseye")),
];

impl ServerKind {
    /// Whichever version is there.
    pub const fn any(engine: Engine) -> Self {
        Self { engine, entry: None }
    }

    /// All kinds with a version.
    pub fn all() -> impl Iterator<Item = Self> {
        Engine::ALL
            .into_iter()
            .flat_map(|engine| Self::any(engine).versions())
    }

    /// The engine.
    pub const fn engine(self) -> Engine {
        self.engine
    }

    /// The version as far as it matters, like `17` or `10.11`; none where any will do.
    pub fn version(self) -> Option<&'static str> {
        self.entry.map(|entry| entry.version)
    }

    /// The kinds that this one may be, the newest first.
    pub(super) fn versions(self) -> impl Iterator<Item = Self> + use<> {
        let entries = ENTRIES.iter().filter(move |entry| {
            entry.engine == self.engine && self.entry.is_none_or(|wanted| std::ptr::eq(wanted, *entry))
        });
        entries.map(|entry| Self {
            engine: entry.engine,
            entry: Some(entry),
        })
    }

    /// The Debian suite whose packages have this version.
    pub(super) fn suite(self) -> Option<&'static str> {
        self.entry.and_then(|entry| entry.suite)
    }

    /// The image with it, by its official name. The newest, where any will do.
    #[cfg(any(feature = "containers", test))]
    pub(super) fn image(self) -> Option<(&'static str, &'static str)> {
        let entry = self.versions().find_map(|newest| newest.entry)?;
        Some((self.engine.word(), entry.version))
    }

    /// Whether a server that says this of its version is of this kind.
    pub(super) fn takes(self, version: &str) -> bool {
        self.version().is_none_or(|wanted| {
            let rest = version.strip_prefix(wanted);
            rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
        })
    }

    /// The variable with the URL of the server of this kind, where several of one engine run.
    pub fn variable(self) -> String {
        format!("LIMBECK_TEST_{}_URL", self.to_string().to_uppercase())
    }
}

impl fmt::Display for ServerKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.entry.map_or(self.engine.word(), |entry| entry.word))
    }
}

impl FromStr for ServerKind {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let named = ENTRIES.iter().find(|entry| entry.word == word);
        let any = || Engine::ALL.into_iter().find(|engine| engine.word() == word);
        match (named, any()) {
            (Some(entry), _) => Ok(Self {
                engine: entry.engine,
                entry: Some(entry),
            }),
            (None, Some(engine)) => Ok(Self::any(engine)),
            (None, None) => {
                let words: Vec<_> = ENTRIES.iter().map(|entry| entry.word).collect();
                Err(format!(
                    "\"{word}\" is no server; there are postgres, mysql, mariadb, and {}",
                    words.join(", ")
                ))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_takes_its_own_versions_only() {
        let kind: ServerKind = "mariadb105".parse().unwrap();
        assert!(kind.takes("10.5.29-MariaDB"));
        assert!(!kind.takes("10.53.1-MariaDB"));
        assert!(!kind.takes("10.11.6-MariaDB"));
        assert!(ServerKind::any(Engine::MariaDb).takes("12.0.1"));
        let newest: ServerKind = "pg18".parse().unwrap();
        assert!(newest.takes("18beta1"));
    }

    #[test]
    fn a_word_that_is_no_server_is_refused_with_those_that_are() {
        let error = "pg9".parse::<ServerKind>().unwrap_err();
        assert!(error.contains("\"pg9\" is no server"), "{error}");
        assert!(error.contains("pg12"), "{error}");
    }

    #[test]
    fn every_kind_has_an_image() {
        let kind: ServerKind = "mysql84".parse().unwrap();
        assert_eq!(kind.image(), Some(("mysql", "8.4")));
        assert_eq!(
            ServerKind::any(Engine::MariaDb).image(),
            Some(("mariadb", "11.8"))
        );
    }
}
