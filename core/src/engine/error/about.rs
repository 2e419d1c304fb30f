//! What an error is about: a place in a file, what a run had done before it, and whether the files are to blame.

use super::EngineError;
use super::Fate;
use crate::driver::DriverErrorKind;
use crate::graph::RevisionId;
use crate::sql::Place;

impl EngineError {
    /// The same error, told what the run had recorded before it.
    pub(crate) fn after(mut self, recorded: Vec<RevisionId>) -> Self {
        if let Self::Statement { applied, .. }
        | Self::Rows { applied, .. }
        | Self::Assertion { applied, .. }
        | Self::Guard { applied, .. }
        | Self::TimedOut { applied, .. }
        | Self::Blocked { applied, .. }
        | Self::Stopped { applied, .. } = &mut self
        {
            *applied = recorded;
        }
        self
    }

    /// The same error, told what has become of the statement.
    pub(crate) fn with_fate(mut self, known: Fate) -> Self {
        if let Self::Statement { fate, .. } = &mut self {
            *fate = known;
        }
        self
    }

    /// Whether the files are to blame: what a step says fails on this database, and would fail again. Otherwise something
    /// else was in the way, as a server that is gone.
    pub(crate) fn is_of_step(&self) -> bool {
        match self {
            Self::Statement { error, .. } | Self::Rows { error, .. } | Self::NativeModels { error, .. } => {
                !matches!(
                    error.kind,
                    DriverErrorKind::ConnectionLost | DriverErrorKind::Cancelled | DriverErrorKind::Poisoned
                )
            }
            Self::Script(_)
            | Self::Portable { .. }
            | Self::Code { .. }
            | Self::DataFile { .. }
            | Self::Render { .. }
            | Self::TransactionControl { .. }
            | Self::Assertion { .. }
            | Self::TimedOut { .. }
            | Self::Misfit { .. }
            | Self::Guard { .. }
            | Self::UnknownSchema { .. }
            | Self::Unprepared { .. }
            | Self::NotAlone { .. }
            | Self::NotTogether { .. }
            | Self::NoDowngrade { .. } => true,
            _ => false,
        }
    }

    /// The place in a file that a person should look at.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::Script(error) => error.place(),
            Self::Seed(error) => error.place(),
            Self::Portable { place, .. }
            | Self::Misfit { place, .. }
            | Self::RowsInModels { place }
            | Self::FormerName { place }
            | Self::NativeModels { place, .. }
            | Self::TransactionControl { place } => Some(place),
            Self::Render { place, .. }
            | Self::DataFile { place, .. }
            | Self::UnknownSchema { place, .. }
            | Self::Unprepared { place, .. }
            | Self::NotAlone { place, .. }
            | Self::Statement { place, .. }
            | Self::Rows { place, .. }
            | Self::Guard { place, .. }
            | Self::TimedOut { place, .. }
            | Self::Blocked { place, .. }
            | Self::NoDowngrade { place, .. }
            | Self::Assertion { place, .. } => place.as_ref(),
            Self::DataLoss { losses } => match losses.as_slice() {
                [only] => Some(&only.place),
                _ => None,
            },
            _ => None,
        }
    }
}
