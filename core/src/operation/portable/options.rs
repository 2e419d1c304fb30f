//! What the parser needs to know besides the text.

use crate::schema::DriverWords;

use super::NamingConvention;

/// How portable SQL is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PortableOptions {
    /// The names of constraints and indexes that are written without one.
    pub naming: NamingConvention,
    /// The drivers that a column type may name. A word that is nearly one of them is refused.
    pub drivers: DriverWords,
}

impl PortableOptions {
    /// Options with this naming convention.
    pub fn with_naming(naming: NamingConvention) -> Self {
        Self {
            naming,
            ..Self::default()
        }
    }

    /// The same with the drivers that are known.
    pub fn knowing(mut self, drivers: DriverWords) -> Self {
        self.drivers = drivers;
        self
    }
}
