//! What a server or a client library reports.

use std::fmt;

/// An error of a database, sorted by what can be done about it.
#[derive(Debug)]
#[non_exhaustive]
pub struct DriverError {
    /// What can be done about it.
    pub kind: DriverErrorKind,
    /// The server's own code: SQLSTATE, error number or result-code name.
    pub code: Option<String>,
    /// The server's sentence.
    pub message: String,
    /// What the server adds.
    pub detail: Option<String>,
    /// What the server or the driver advises.
    pub hint: Option<String>,
    /// The byte in the statement at which the server stopped reading.
    pub offset: Option<usize>,
    /// The client library's error.
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// What can be done about a [`DriverError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DriverErrorKind {
    /// The URL says something that the driver does not know.
    Url,
    /// The server cannot be reached, or the file cannot be opened.
    Connect,
    /// The connection cannot be encrypted as was asked, or the certificate is not the right one.
    Tls,
    /// The server knows neither user nor password, or not both.
    Authentication,
    /// The database does not exist.
    NoDatabase,
    /// The connection broke.
    ConnectionLost,
    /// The role may not do this, or the database is read-only.
    Permission,
    /// A table or view does not exist.
    UndefinedTable,
    /// A unique, foreign key, check or NOT NULL constraint was violated.
    Constraint,
    /// The SQL is not understood.
    Syntax,
    /// Somebody else holds a lock; the same may work later.
    Busy,
    /// Nothing of the statement has taken effect, because others hold locks: the session's time for the wait is over, or
    /// they waited for each other. The whole transaction may be tried again.
    LockTimeout,
    /// The statement was interrupted.
    Cancelled,
    /// No space is left.
    DiskFull,
    /// The driver does not offer this.
    Unsupported,
    /// An earlier call on this connection was dropped in its middle, so its state is not known.
    Poisoned,
    /// No connection of the pool was to be had in time.
    PoolTimeout,
    /// The pool is closed.
    PoolClosed,
    /// A row was asked for, and there is none.
    NoRow,
    /// One row was asked for, and there are more.
    ManyRows,
    /// A row does not fit the Rust type that it is read as.
    Unreadable,
    /// Anything else.
    Other,
}

impl DriverError {
    /// An error of this kind with a sentence.
    pub fn new(kind: DriverErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            code: None,
            message: message.into(),
            detail: None,
            hint: None,
            offset: None,
            source: None,
        }
    }

    /// A driver does not offer `what`.
    pub fn unsupported(what: &str) -> Self {
        Self::new(
            DriverErrorKind::Unsupported,
            format!("this driver does not offer {what}"),
        )
    }

    /// A parameter of the engine's URL has a value that means nothing.
    pub fn bad_parameter(engine: &str, name: &str, value: &str, expected: &str) -> Self {
        let message = format!("the parameter {name} of the {engine} URL is \"{value}\", not {expected}");
        Self::new(DriverErrorKind::Url, message).with_hint("correct it in the database URL")
    }

    /// The engine's URL has a parameter that the driver does not know; it knows these.
    pub fn unknown_parameter(engine: &str, name: &str, known: &str) -> Self {
        let message = format!("the {engine} URL has an unknown parameter \"{name}\"");
        Self::new(DriverErrorKind::Url, message).with_hint(format!("the parameters are {known}"))
    }

    /// The same with the server's code.
    pub fn with_code(mut self, code: impl Into<String>) -> Self {
        self.code = Some(code.into());
        self
    }

    /// The same with advice.
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same with the byte of the statement at which the server stopped.
    pub fn with_offset(mut self, offset: usize) -> Self {
        self.offset = Some(offset);
        self
    }

    /// The same with the client library's error.
    pub fn with_source(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }
}

impl fmt::Display for DriverError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if let Some(code) = &self.code {
            write!(f, " ({code})")?;
        }
        Ok(())
    }
}

impl std::error::Error for DriverError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source
            .as_deref()
            .map(|source| source as &(dyn std::error::Error + 'static))
    }
}
