//! What a statement has left in the catalogue.

/// What a statement of which nobody knows the outcome has left in the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Trace {
    /// It has taken effect.
    Done,
    /// It has not.
    NotRun,
    /// It has left something that is in the way of another attempt and of no use, like an index that is marked as invalid.
    Partial {
        /// The statements that take it away, each of which must stand alone. Then the statement has not run.
        cleanup: Vec<String>,
        /// What is there, for people: `the index "ix_log_kind" is invalid`.
        what: String,
    },
    /// The catalogue does not tell.
    Unknown,
}
