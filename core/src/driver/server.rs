//! Who is at the other end of a connection.

use std::fmt;

use crate::dialect::Dialect;
use crate::dialect::Version;

/// What is known of a server once a connection stands.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ServerInfo {
    /// How to write SQL for it.
    pub dialect: &'static dyn Dialect,
    /// Its version.
    pub version: Version,
    /// The database or schema that is pinned at connect, empty where there is none.
    pub schema: String,
    /// This session, among all that the server ever had.
    pub session: SessionId,
    /// Whether a session lock can be relied on.
    pub trust: Trust,
}

impl ServerInfo {
    /// A server on which session locks can be relied on.
    pub fn new(dialect: &'static dyn Dialect, version: Version, session: SessionId) -> Self {
        Self {
            dialect,
            version,
            schema: String::new(),
            session,
            trust: Trust::Session,
        }
    }
}

/// A session, never used again for another one: process or connection number and start time.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SessionId(String);

impl SessionId {
    /// A session of this text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether a lock that a session holds is worth something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Trust {
    /// The session is ours alone, and the server is one.
    Session,
    /// A pooler shares the session, or the server is one of several: only a lease in a table counts.
    Shared,
}
