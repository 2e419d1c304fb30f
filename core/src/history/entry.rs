//! The rows of the journal.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use serde::Serialize;

use crate::graph::Direction;

/// What a journal row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum JournalDirection {
    /// A revision was applied.
    Upgrade,
    /// A revision was taken back.
    Downgrade,
    /// The version table was set without running anything.
    Stamp,
    /// A seed has written its rows. `revision` is its name.
    Seed,
    /// A changed file was accepted.
    Repair,
    /// A statement in doubt was decided.
    Resolve,
    /// What a run has left was looked at; `sql_hash` is that of all objects.
    Fingerprint,
}

/// What has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum JournalEvent {
    /// The statements are about to be sent.
    Intended,
    /// They have taken effect.
    Done,
    /// They have not; the error says why.
    Failed,
    /// They are taken as not run.
    Skipped,
}

/// Why the history tables cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HistoryError {
    /// A word in the journal that this release does not know.
    #[error("the journal holds the unknown word \"{0}\"")]
    UnknownWord(String),
    /// A newer release has written the journal.
    #[error("the journal has format {found}, and this release reads formats up to {known}")]
    NewerFormat {
        /// What was found.
        found: i64,
        /// The newest format that this release reads.
        known: i64,
    },
    /// A row of the version table is no text.
    #[error("the version table holds a row that is no text")]
    NotText,
}

impl HistoryError {
    /// What to do about it.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::UnknownWord(_) | Self::NewerFormat { .. } => {
                "a newer release of Limbeck has written it: use that one"
            }
            Self::NotText => "Limbeck writes only text there: delete the row by hand",
        }
    }
}

macro_rules! words {
    ($type:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl $type {
            /// The word in the journal.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl FromStr for $type {
            type Err = HistoryError;

            fn from_str(text: &str) -> Result<Self, HistoryError> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(HistoryError::UnknownWord(text.to_owned())),
                }
            }
        }
    };
}

words!(JournalDirection {
    Upgrade = "upgrade",
    Downgrade = "downgrade",
    Stamp = "stamp",
    Seed = "seed",
    Repair = "repair",
    Resolve = "resolve",
    Fingerprint = "fingerprint",
});

words!(JournalEvent {
    Intended = "intended",
    Done = "done",
    Failed = "failed",
    Skipped = "skipped",
});

impl From<Direction> for JournalDirection {
    fn from(direction: Direction) -> Self {
        match direction {
            Direction::Upgrade => Self::Upgrade,
            Direction::Downgrade => Self::Downgrade,
        }
    }
}

/// Some of the statements of a step, counted from 0, end exclusive. In the journal they count from 1, end inclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StatementRange {
    /// The first statement.
    pub start: usize,
    /// The statement after the last one.
    pub end: usize,
    /// How many statements the whole step has.
    pub of: usize,
}

impl StatementRange {
    /// The statements `range` of a step that has `of` statements.
    pub const fn new(range: Range<usize>, of: usize) -> Self {
        Self {
            start: range.start,
            end: range.end,
            of,
        }
    }

    /// Whether the last statement of the step is among them.
    pub const fn is_last(self) -> bool {
        self.end >= self.of
    }
}

/// What a new journal row says; run, session, person and clock are added when it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NewEntry {
    /// The revision, where it is about one; of a seed, its name.
    pub revision: Option<String>,
    /// What it is about.
    pub direction: JournalDirection,
    /// What has happened.
    pub event: JournalEvent,
    /// Which statements of the step.
    pub statements: Option<StatementRange>,
    /// Hash of the SQL of the step up to the end of `statements`; of a failed event, up to their start.
    pub sql_hash: Option<String>,
    /// Checksum of the script side that ran.
    pub checksum: Option<String>,
    /// How long it took on the client's monotonic clock, milliseconds.
    pub milliseconds: Option<u64>,
    /// Why it failed.
    pub error: Option<String>,
}

impl NewEntry {
    /// An event without details.
    pub const fn new(direction: JournalDirection, event: JournalEvent) -> Self {
        Self {
            revision: None,
            direction,
            event,
            statements: None,
            sql_hash: None,
            checksum: None,
            milliseconds: None,
            error: None,
        }
    }
}

/// A row of the journal, as `limbeck log` shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct JournalEntry {
    /// Position in the history, from 1.
    pub seq: i64,
    /// The run that wrote it.
    pub run: String,
    /// The revision, where it is about one.
    pub revision: Option<String>,
    /// What it is about.
    pub direction: JournalDirection,
    /// What has happened.
    pub event: JournalEvent,
    /// The first statement, from 1.
    pub statement_from: Option<i64>,
    /// The last statement, from 1; 0 when the step has none.
    pub statement_to: Option<i64>,
    /// How many statements the step has.
    pub statements: Option<i64>,
    /// Hash of the SQL of the step up to the last statement; of a failed event, up to the first.
    pub sql_hash: Option<String>,
    /// Checksum of the script side that ran.
    pub checksum: Option<String>,
    /// The rows of the version table after the event, separated by blanks.
    pub rows_after: Option<String>,
    /// The database session.
    pub session: Option<String>,
    /// The user of the machine.
    pub who: Option<String>,
    /// The machine.
    pub host: Option<String>,
    /// The server's clock, ISO 8601, UTC.
    pub recorded_at: String,
    /// How long it took, milliseconds.
    pub milliseconds: Option<i64>,
    /// Name and version of the program.
    pub tool: String,
    /// Version of the journal's format.
    pub format: i64,
    /// Why it failed.
    pub error: Option<String>,
}

impl JournalEntry {
    /// The statements it is about, counted from 0.
    pub fn range(&self) -> Option<StatementRange> {
        let number = |value: Option<i64>| value.and_then(|number| usize::try_from(number).ok());
        let (from, to, of) = (
            number(self.statement_from)?,
            number(self.statement_to)?,
            number(self.statements)?,
        );
        Some(StatementRange::new(from.saturating_sub(1)..to, of))
    }

    /// Whether it says that a whole step is done.
    pub fn completes_step(&self) -> bool {
        matches!(
            self.direction,
            JournalDirection::Upgrade | JournalDirection::Downgrade
        ) && self.event == JournalEvent::Done
            && self.range().is_none_or(StatementRange::is_last)
    }
}
