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
    /// All of them.
    const ALL: [Self; 8] = [
        Self::Success,
        Self::Found,
        Self::Failure,
        Self::LockNotHad,
        Self::Drift,
        Self::NeedsResolve,
        Self::Interrupted,
        Self::Terminated,
    ];

    /// The exit of this number, for a program that runs the command as a child.
    ///
    /// ```
    /// use limbeck_cli::Exit;
    ///
    /// assert_eq!(Exit::of_code(3), Some(Exit::LockNotHad));
    /// assert_eq!(Exit::of_code(77), None);
    /// ```
    pub fn of_code(code: i32) -> Option<Self> {
        Self::ALL.into_iter().find(|exit| i32::from(exit.code()) == code)
    }

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
