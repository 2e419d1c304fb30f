//! The kinds of errors, for programs.

use super::EngineError;

/// The closed list of error kinds: what machine output calls `kind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A revision expression, or what it asks of the graph.
    Graph,
    /// A script, or portable SQL in it.
    Script,
    /// The database could not be reached or opened.
    Connect,
    /// A statement failed.
    Statement,
    /// An assertion of a script did not hold.
    Assertion,
    /// Applied scripts were edited.
    Changed,
    /// The lock was not had in time.
    Locked,
    /// The lock, or the rows of the version table, changed under the run.
    Concurrent,
    /// A statement in doubt must be decided by a person.
    Doubt,
    /// Something is refused as it is asked.
    Refused,
    /// A signal stopped the run.
    Stopped,
    /// The database answered something that should not be.
    Database,
}

impl ErrorKind {
    /// The word in machine output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Graph => "graph",
            Self::Script => "script",
            Self::Connect => "connect",
            Self::Statement => "statement",
            Self::Assertion => "assertion",
            Self::Changed => "changed",
            Self::Locked => "locked",
            Self::Concurrent => "concurrent",
            Self::Doubt => "doubt",
            Self::Refused => "refused",
            Self::Stopped => "stopped",
            Self::Database => "database",
        }
    }
}

impl EngineError {
    /// The kind, for machine output and exit codes.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Graph(_) => ErrorKind::Graph,
            Self::Script(_)
            | Self::Portable { .. }
            | Self::Code { .. }
            | Self::Render { .. }
            | Self::TransactionControl { .. } => ErrorKind::Script,
            Self::Connect(_) => ErrorKind::Connect,
            Self::Database { .. } | Self::Journal(_) | Self::HistoryTables(_) => ErrorKind::Database,
            Self::Statement { .. } | Self::Guard { .. } => ErrorKind::Statement,
            Self::Assertion { .. } => ErrorKind::Assertion,
            Self::Changed(_) | Self::UnfinishedChanged(_) => ErrorKind::Changed,
            Self::Locked { .. } | Self::WaitedInVain { .. } => ErrorKind::Locked,
            Self::LockLost { .. } | Self::RowsMoved { .. } => ErrorKind::Concurrent,
            Self::Doubt(_) => ErrorKind::Doubt,
            Self::Unfinished { .. }
            | Self::NothingInDoubt { .. }
            | Self::NoScript { .. }
            | Self::MissingCode { .. }
            | Self::Irreversible { .. }
            | Self::NoDowngrade { .. }
            | Self::DataLoss { .. } => ErrorKind::Refused,
            Self::Stopped { .. } => ErrorKind::Stopped,
        }
    }
}
