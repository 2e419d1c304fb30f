//! What a server can do.

/// What a server of some version can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Capabilities {
    /// A transaction takes schema changes back.
    pub transactional_ddl: bool,
}

impl Capabilities {
    /// The capabilities that standard SQL promises: schema changes are not taken back.
    pub const STANDARD: Self = Self {
        transactional_ddl: false,
    };
}
