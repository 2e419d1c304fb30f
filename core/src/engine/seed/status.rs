//! What the journal knows of a seed.

use serde::Serialize;

use crate::seed::SeedRuns;

/// A seed, and what the journal knows of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SeedStatus {
    /// Its name.
    pub name: String,
    /// The environment that it is for; none stands for all.
    pub environment: Option<String>,
    /// How often it runs.
    pub runs: SeedRuns,
    /// The table that a file of rows is for, as its name or seeds.toml has it.
    pub table: Option<String>,
    /// Whether it has run.
    pub state: SeedState,
    /// When it ran last, by the server's clock, ISO 8601, UTC.
    pub ran_at: Option<String>,
}

/// Whether a seed has run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum SeedState {
    /// It has never run.
    Pending,
    /// It runs always, and has run before.
    Repeats,
    /// It runs once, and has.
    Done,
    /// It runs once and has, and was changed since.
    Changed,
}

impl SeedState {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Repeats => "repeats",
            Self::Done => "done",
            Self::Changed => "changed",
        }
    }

    /// Whether the next run takes it.
    pub const fn is_due(self) -> bool {
        matches!(self, Self::Pending | Self::Repeats)
    }
}
