//! How long the statements of a session may wait and run.

use std::time::Duration;

/// Limits that a server watches over. None is no limit.
///
/// A statement that waits for a lock makes everybody wait who comes after it, so a short limit and another attempt do
/// less harm than a long wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Timeouts {
    /// How long a statement waits for a lock of another session.
    pub lock: Option<Duration>,
    /// How long a statement runs.
    pub statement: Option<Duration>,
    /// How long a transaction waits for its client.
    pub idle_in_transaction: Option<Duration>,
}

impl Timeouts {
    /// No limits.
    pub const NONE: Self = Self {
        lock: None,
        statement: None,
        idle_in_transaction: None,
    };

    /// The limits of a migration, unless the configuration says others: five seconds for a lock, five minutes for a client
    /// that has fallen silent, and all the time in the world for a statement.
    pub const MIGRATION: Self = Self {
        lock: Some(Duration::from_secs(5)),
        statement: None,
        idle_in_transaction: Some(Duration::from_secs(300)),
    };
}

impl Default for Timeouts {
    fn default() -> Self {
        Self::NONE
    }
}
