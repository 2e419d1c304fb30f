//! What can go wrong with a measurement.

use std::io;
use std::path::Path;
use std::path::PathBuf;

/// Why something could not be measured.
#[derive(Debug, thiserror::Error)]
pub enum BenchError {
    /// The command line asks for something that does not exist.
    #[error("{0}")]
    Usage(String),
    /// A program that the measurement cannot be without.
    #[error("{0} is not installed, and nothing can be measured beside it")]
    NotInstalled(String),
    /// A file or a folder.
    #[error("{}: {source}", path.display())]
    File {
        /// Which one.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A program that does not start.
    #[error("{program} cannot be started: {source}")]
    Start {
        /// Which one.
        program: String,
        /// What the system says.
        source: io::Error,
    },
    /// A program that ended otherwise than it must.
    #[error("`{command}` ended with {ended}: {said}")]
    Failed {
        /// The program with its arguments.
        command: String,
        /// Its exit code or signal.
        ended: String,
        /// The end of what it wrote to standard error.
        said: String,
    },
    /// An answer that is none.
    #[error("{what}: {text}")]
    Unreadable {
        /// Where it comes from.
        what: String,
        /// The answer, or what is wrong with it.
        text: String,
    },
}

impl BenchError {
    /// A file's error, for `map_err`.
    pub fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        |source| Self::File { path, source }
    }

    /// An answer that is none.
    pub fn unreadable(what: impl Into<String>, text: impl ToString) -> Self {
        Self::Unreadable {
            what: what.into(),
            text: text.to_string(),
        }
    }
}
