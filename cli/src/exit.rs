//! Exit codes.

use std::process::ExitCode;

/// How a run of the command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Exit {
    /// Done.
    Success,
    /// Done, and there is something: pending revisions with `status --exit-code`, findings of `verify`, a database
    /// that is not at all heads with `current --check-heads`, a run of which hooks failed to hear.
    Found,
    /// An error, a misspelt command line, or a refusal.
    Failure,
    /// The lock was not had in time, or `wait` ran out.
    LockNotHad,
    /// The database is not what the history says.
    Drift,
    /// A statement is in doubt and a person must say what became of it.
    NeedsResolve,
    /// Ctrl-C.
    Interrupted,
    /// SIGTERM.
    Terminated,
}

impl Exit {
    /// The number that the operating system sees.
    pub const fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Found => 1,
            Self::Failure => 2,
            Self::LockNotHad => 3,
            Self::Drift => 5,
            Self::NeedsResolve => 6,
            Self::Interrupted => 130,
            Self::Terminated => 143,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
