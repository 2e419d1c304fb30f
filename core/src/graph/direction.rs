//! Up or down.

use std::fmt;

use serde::Deserialize;
use serde::Serialize;

/// Which part of a revision runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The revision is applied.
    Upgrade,
    /// The revision is taken back.
    Downgrade,
}

impl Direction {
    /// `upgrade` or `downgrade`, as files, journal and JSON write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Upgrade => "upgrade",
            Self::Downgrade => "downgrade",
        }
    }
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
