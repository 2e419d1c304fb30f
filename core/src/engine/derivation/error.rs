//! Why a downgrade was not derived.

use crate::engine::EngineError;
use crate::graph::RevisionId;
use crate::operation::PrintError;
use crate::sql::Place;

/// Why the downgrade of a revision was not derived for its file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DeriveError {
    /// Something in the history cannot be compiled, or cannot be taken back.
    #[error(transparent)]
    Engine(Box<EngineError>),
    /// It is written.
    #[error("{place}: the downgrade of revision {revision} is written already")]
    Written {
        /// The revision.
        revision: RevisionId,
        /// Where its section begins.
        place: Place,
    },
    /// The revision says that there is none.
    #[error("{place}: revision {revision} says that it has no downgrade")]
    Irreversible {
        /// The revision.
        revision: RevisionId,
        /// Where it says so.
        place: Place,
    },
    /// The revision is written in Rust.
    #[error("{place}: revision {revision} is written in Rust, and so is its downgrade")]
    Code {
        /// The revision.
        revision: RevisionId,
        /// Where it says so.
        place: Place,
    },
    /// There is no upgrade yet.
    #[error("{place}: revision {revision} has no upgrade yet from which a downgrade could be derived")]
    NoUpgrade {
        /// The revision.
        revision: RevisionId,
        /// The blank section.
        place: Place,
    },
    /// The upgrade is not the same everywhere.
    #[error("{place}: not all databases run the same upgrade of revision {revision}")]
    Mixed {
        /// The revision.
        revision: RevisionId,
        /// A section for others than those before it.
        place: Place,
    },
    /// No known database runs the upgrade.
    #[error("no database that this program knows runs the upgrade of revision {revision}")]
    NoDatabase {
        /// The revision.
        revision: RevisionId,
    },
    /// What the upgrade does leaves nothing to take back.
    #[error("the upgrade of revision {revision} leaves nothing that a downgrade could take back")]
    Nothing {
        /// The revision.
        revision: RevisionId,
    },
    /// An operation has no portable text.
    #[error("the derived downgrade of revision {revision} is no portable SQL: {error}")]
    NotPortable {
        /// The revision.
        revision: RevisionId,
        /// Which part of it.
        error: PrintError,
    },
    /// The text means something else in a file.
    #[error("the derived downgrade of revision {revision} would not be read as it is meant")]
    NotReadBack {
        /// The revision.
        revision: RevisionId,
    },
}

impl From<EngineError> for DeriveError {
    fn from(error: EngineError) -> Self {
        Self::Engine(Box::new(error))
    }
}

impl DeriveError {
    /// The place in a file that a person should look at.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::Engine(error) => error.place(),
            Self::Written { place, .. }
            | Self::Irreversible { place, .. }
            | Self::Code { place, .. }
            | Self::NoUpgrade { place, .. }
            | Self::Mixed { place, .. } => Some(place),
            Self::NoDatabase { .. }
            | Self::Nothing { .. }
            | Self::NotPortable { .. }
            | Self::NotReadBack { .. } => None,
        }
    }

    /// What to do next, one sentence each.
    pub fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::Engine(error) => return error.hints(),
            Self::Written { .. } => "empty the section to have it derived again",
            Self::Irreversible { .. } => "remove this line to have one derived",
            Self::Code { .. } => "write it into `Migration::downgrade`",
            Self::NoUpgrade { .. } => "write the upgrade first: `limbeck edit` opens the file",
            Self::Mixed { .. } => "write a `-- limbeck:downgrade` section for each of the upgrade's",
            Self::NoDatabase { .. } => "run a program that has a driver for it",
            Self::Nothing { .. } => "leave the section out: a downgrade then runs nothing",
            Self::NotPortable { .. } | Self::NotReadBack { .. } => {
                "leave the section out: what is not written is derived when the downgrade runs"
            }
        };
        vec![hint.to_owned()]
    }
}
