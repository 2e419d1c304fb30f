//! What a dialect knows of changing objects.

use std::collections::BTreeSet;

use super::Catalogue;
use super::Object;

/// An object as it is, and as it is to be.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Change<'a> {
    /// As it is.
    pub from: &'a Object,
    /// As it is to be.
    pub to: &'a Object,
    /// Everything as it is.
    pub before: &'a Catalogue,
    /// Everything as it is to be.
    pub after: &'a Catalogue,
}

impl<'a> Change<'a> {
    /// A change of an object that is in both catalogues.
    pub const fn new(from: &'a Object, to: &'a Object, before: &'a Catalogue, after: &'a Catalogue) -> Self {
        Self {
            from,
            to,
            before,
            after,
        }
    }
}

/// How an object is changed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Alteration {
    /// By statements, and it stays where it is.
    InPlace {
        /// The statements.
        statements: Vec<String>,
        /// What others may not use meanwhile: they are taken away before and made again afterwards, but for those that
        /// keep rows.
        disturbed: Disturbed,
        /// What is lost, in words.
        losses: Vec<String>,
    },
    /// By taking it away and making it again.
    Anew,
    /// Not at all, for a reason.
    Impossible(String),
}

impl Alteration {
    /// A change that nobody else notices.
    pub const fn quiet(statements: Vec<String>) -> Self {
        Self::InPlace {
            statements,
            disturbed: Disturbed::Nothing,
            losses: Vec::new(),
        }
    }
}

/// What of an object cannot be used by others while it is changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Disturbed {
    /// Nothing.
    #[default]
    Nothing,
    /// These columns.
    Columns(BTreeSet<String>),
    /// All of it.
    Everything,
}

impl Disturbed {
    /// Whether it keeps others from a column, or from the whole when none is named.
    pub(super) fn reaches(&self, column: Option<&str>) -> bool {
        match (self, column) {
            (Self::Nothing, _) => false,
            (Self::Everything, _) => true,
            (Self::Columns(columns), Some(column)) => columns.contains(column),
            (Self::Columns(_), None) => false,
        }
    }
}
