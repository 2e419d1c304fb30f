//! What a server can do.

/// What a server of some version can do.
///
/// ```
/// use limbeck_core::dialect::Capabilities;
///
/// const OURS: Capabilities = {
///     let mut ours = Capabilities::STANDARD;
///     ours.transactional_ddl = true;
///     ours
/// };
/// assert!(OURS.transactional_ddl && !OURS.partial_indexes);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Capabilities {
    /// A transaction takes schema changes back.
    pub transactional_ddl: bool,
    /// An index may hold only the rows that meet a condition.
    pub partial_indexes: bool,
    /// An index may hold the values of an expression.
    pub expression_indexes: bool,
    /// An index may be kept in descending order. Without it DESC is read and forgotten.
    pub descending_indexes: bool,
    /// A foreign key may be checked at the end of the transaction.
    pub deferrable_constraints: bool,
}

impl Capabilities {
    /// The capabilities that every SQL database has: where a dialect starts.
    pub const STANDARD: Self = Self {
        transactional_ddl: false,
        partial_indexes: false,
        expression_indexes: false,
        descending_indexes: true,
        deferrable_constraints: false,
    };
}
