//! What the parser needs to know besides the text.

use super::NamingConvention;

/// How portable SQL is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PortableOptions {
    /// The names of constraints and indexes that are written without one.
    pub naming: NamingConvention,
}

impl PortableOptions {
    /// Options with this naming convention.
    pub fn with_naming(naming: NamingConvention) -> Self {
        Self { naming }
    }
}
