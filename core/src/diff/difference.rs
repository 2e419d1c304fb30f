//! Differences that no operation changes.

use std::fmt;

use crate::operation::ApplyError;
use crate::operation::Object;

/// A difference between two schemas that no operation changes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Difference {
    /// An operation would be needed that does not fit.
    Refused {
        /// What differs.
        object: Object,
        /// Why it stays.
        error: Box<ApplyError>,
    },
    /// The two differ in a way that was not expected.
    Unknown {
        /// What differs.
        object: Object,
    },
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { object, error } => write!(f, "{object} differs, and stays: {error}"),
            Self::Unknown { object } => write!(f, "{object} differs"),
        }
    }
}
