//! The kinds of errors.

use serde::Serialize;

use crate::exit::Exit;

macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $name:ident = $word:literal,)+) => {
        /// The kind of an error: a closed list. With `--json` the word stands in `error.kind`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
        pub enum ErrorKind {
            $($(#[doc = $doc])+ #[serde(rename = $word)] $name,)+
        }

        impl ErrorKind {
            /// All of them, in the order of the documentation.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The word of `error.kind`.
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)+
                }
            }

            /// What it means.
            pub const fn meaning(self) -> &'static str {
                match self {
                    $(Self::$name => concat!($($doc,)+).trim_ascii_start(),)+
                }
            }
        }
    };
}

kinds! {
    /// The command line is not understood.
    Usage = "usage",
    /// There is no `limbeck.toml` here.
    NoProject = "no_project",
    /// The configuration or the environment has a mistake.
    Config = "config",
    /// No database is configured, or its URL cannot be read.
    Url = "url",
    /// No driver of this build knows the URL's scheme.
    NoDriver = "no_driver",
    /// A revision file has a mistake.
    Script = "script",
    /// The revisions do not form a graph: a parent is missing, an id is used twice, there is a cycle.
    Graph = "graph",
    /// A revision expression names nothing, too much, or nothing that the command can go to.
    Target = "target",
    /// The database cannot be reached or opened, not as securely as was asked, or the connection broke.
    Connect = "connect",
    /// The database does not know the user, or not with this password.
    Authentication = "authentication",
    /// The server answers, and has no such database.
    NoDatabase = "no_database",
    /// The role may not do this, or the database or a file is read-only.
    Permission = "permission",
    /// Another program uses the database just now.
    Busy = "busy",
    /// No space is left.
    DiskFull = "disk_full",
    /// The database refused something or the connection broke.
    Database = "database",
    /// A statement of a revision failed.
    Statement = "statement",
    /// An assertion of a revision found rows.
    Assertion = "assertion",
    /// There are rows that do not let a statement take effect: it would lose something silently, or the server refuses it.
    Guard = "guard",
    /// A hook or the backup failed before something, which was not begun.
    Hook = "hook",
    /// Another process holds the migration lock.
    Locked = "locked",
    /// Other sessions held locks that a step needs, for too long.
    Blocked = "blocked",
    /// The lock was lost while the run went on, or the history changed under it.
    Concurrent = "concurrent",
    /// The database is at a revision that no file has.
    UnknownRevision = "unknown_revision",
    /// A revision was edited after it was applied.
    Changed = "changed",
    /// The database is not what the history says.
    Drift = "drift",
    /// A downgrade is missing and cannot be derived.
    Irreversible = "irreversible",
    /// A new revision does not lead where it should, or not back.
    Unproven = "unproven",
    /// Data would be gone, and nobody agreed to that.
    DataLoss = "data_loss",
    /// The revision is written in Rust, and this binary does not have its code.
    NoCode = "no_code",
    /// The revision needs something that this database or driver does not offer.
    Unsupported = "unsupported",
    /// A statement is in doubt; `limbeck resolve` says what became of it.
    Doubt = "doubt",
    /// A step has run in part and must be finished first, or the one that was named is not in doubt.
    Unfinished = "unfinished",
    /// Waiting ran out of time.
    Timeout = "timeout",
    /// Ctrl-C or SIGTERM.
    Stopped = "stopped",
    /// A seed has a mistake, or does not fit its table.
    Seed = "seed",
    /// The database lacks revisions that the command needs.
    NotUpgraded = "not_upgraded",
    /// Something that exists would be overwritten.
    Exists = "exists",
    /// A file cannot be read or written, or a program not started.
    Io = "io",
    /// A defect of Limbeck.
    Internal = "internal",
}

impl ErrorKind {
    /// The exit code of an error of this kind, unless a signal decides it.
    pub const fn exit(self) -> Exit {
        match self {
            Self::Locked | Self::Blocked | Self::Timeout => Exit::LockNotHad,
            Self::Doubt => Exit::NeedsResolve,
            Self::Drift => Exit::Drift,
            Self::Stopped => Exit::Interrupted,
            _ => Exit::Failure,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_own_word_and_a_sentence() {
        for kind in ErrorKind::ALL {
            assert!(kind.meaning().ends_with('.'), "{kind:?}");
            let same = ErrorKind::ALL.iter().filter(|other| other.word() == kind.word());
            assert_eq!(same.count(), 1, "{kind:?}");
        }
    }
}
