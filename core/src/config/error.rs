//! What can be wrong with the configuration. No message shows a value: it may be a secret.

use std::io;
use std::path::PathBuf;

use crate::diff::PatternError;
use crate::driver::UrlError;

/// What can be wrong with the configuration.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// No `limbeck.toml`, and nothing that looks like a project.
    #[error("there is no limbeck.toml in {} or above it, and no folder `migrations`", directory.display())]
    NoProject {
        /// Where the search began.
        directory: PathBuf,
    },
    /// A file cannot be read.
    #[error("{} cannot be read", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Models are in a file or printed by a command.
    #[error("[models] names a file and a command")]
    TwoModels,
    /// A pattern of what comparisons leave out is none.
    #[error("[models] ignore: {0}")]
    Pattern(PatternError),
    /// `limbeck.toml` is not TOML.
    #[error("{}:{line}: this is not TOML: {message}", path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The byte of the file at which the reader stopped.
        offset: usize,
        /// The reader's sentence.
        message: String,
    },
    /// A key that does not exist.
    #[error("{}:{line}: there is no key `{key}`", path.display())]
    UnknownKey {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The key with the tables it stands in.
        key: String,
        /// What may have been meant.
        near: Option<String>,
    },
    /// A value of the wrong kind.
    #[error("{}:{line}: the value of `{key}` {problem}", path.display())]
    Value {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The key with the tables it stands in.
        key: String,
        /// A sentence that goes on after the key.
        problem: String,
    },
    /// A line of an `.env` file that cannot be read.
    #[error("{}:{line}: this line is not NAME=value", path.display())]
    EnvironmentLine {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
    },
    /// A variable whose value cannot be used.
    #[error("the value of {name} ({layer}) {problem}")]
    Variable {
        /// The variable, key or flag.
        name: String,
        /// Where it stands.
        layer: String,
        /// A sentence that goes on after the name.
        problem: String,
    },
    /// A database URL that is none.
    #[error("{name} ({layer}) is no database URL")]
    Url {
        /// The variable, key or flag.
        name: String,
        /// Where it stands.
        layer: String,
        /// Why.
        source: UrlError,
    },
    /// Nothing names a database.
    #[error("no database is configured")]
    NoDatabase,
    /// `--database` names none of the configured databases.
    #[error("limbeck.toml has no database `{name}`")]
    UnknownDatabase {
        /// The name.
        name: String,
        /// What may have been meant.
        near: Option<String>,
        /// All names.
        known: Vec<String>,
    },
    /// A database of limbeck.toml has no URL.
    #[error("the database `{name}` has no URL")]
    NoUrl {
        /// The name.
        name: String,
        /// The variable that could hold it.
        variable: String,
    },
    /// Several databases, and none is chosen.
    #[error("limbeck.toml has several databases, and none is chosen")]
    Undecided {
        /// All names.
        known: Vec<String>,
    },
    /// Variables of several drivers and no URL.
    #[error("variables of several databases are set: {}", prefixes.join(", "))]
    SeveralDrivers {
        /// What the variables begin with.
        prefixes: Vec<String>,
    },
}

impl ConfigError {
    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::NoProject { .. } => {
                "`limbeck init` makes a project; `-c` names its limbeck.toml".to_owned()
            }
            Self::TwoModels => "leave out one of them".to_owned(),
            Self::Pattern(_) => {
                "a pattern is a name with `*` and `?` in it, or `kind:name`, like `table:tmp_*` and `function:st_*`".to_owned()
            }
            Self::UnknownKey { near: Some(near), .. } => format!("did you mean `{near}`?"),
            Self::UnknownKey { near: None, .. } => {
                "core/src/config/reference.toml, linked from the README, has every key".to_owned()
            }
            Self::EnvironmentLine { .. } => {
                "a value with blanks, `#` or `$` stands between quotes, and a quote is closed".to_owned()
            }
            Self::Url { .. } => "it looks like `scheme://user:password@host:port/database`".to_owned(),
            Self::NoDatabase => {
                "set DATABASE_URL, in the environment or in `.env`, or `url` in limbeck.toml, or give --url"
                    .to_owned()
            }
            Self::UnknownDatabase { near: Some(near), .. } => format!("did you mean `{near}`?"),
            Self::UnknownDatabase { known, .. } if known.is_empty() => {
                "add a table `[databases.<name>]` to it".to_owned()
            }
            Self::UnknownDatabase { known, .. } => format!("it has: {}", known.join(", ")),
            Self::NoUrl { name, variable } => {
                format!("set {variable}, or `url` in `[databases.{name}]`")
            }
            Self::Undecided { known } => format!("give --database with one of: {}", known.join(", ")),
            Self::SeveralDrivers { .. } => "set DATABASE_URL to say which one is meant".to_owned(),
            Self::Unreadable { source, .. } => match source.kind() {
                io::ErrorKind::NotFound => {
                    "name a file that exists; `limbeck init` makes a project with one".to_owned()
                }
                io::ErrorKind::InvalidData => "save the file as UTF-8".to_owned(),
                io::ErrorKind::IsADirectory => "move the folder away: a file belongs there".to_owned(),
                _ => "check what stands there, and who may read it".to_owned(),
            },
            Self::Syntax { .. } => {
                "each setting has a line, `key = value`, and texts stand between quotes: `key = \"text\"`"
                    .to_owned()
            }
            Self::Value { .. } | Self::Variable { .. } => return None,
        })
    }

    /// The error's word, the same in every release.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::NoProject { .. } => "no_project",
            Self::UnknownKey { .. } => "unknown_key",
            Self::NoDatabase | Self::NoUrl { .. } | Self::UnknownDatabase { .. } | Self::Undecided { .. } => {
                "no_database"
            }
            _ => "configuration",
        }
    }
}
