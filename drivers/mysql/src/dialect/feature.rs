//! What the engines learned, and when.

use limbeck_core::dialect::Capabilities;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::Version;

use super::flavour::Flavour;

/// Something that an engine can do from some version on, or not at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Feature {
    /// A collation that compares UTF-8 byte by byte, trailing blanks included
    BinaryCollation,
    /// `DEFAULT (expression)`
    ExpressionDefault,
    /// `CHECK`; older servers read it and forget it
    Check,
    /// An index of an expression
    ExpressionIndex,
    /// An index that is kept in descending order; older servers read `DESC` and forget it
    DescendingIndex,
    /// `RENAME COLUMN` and `RENAME INDEX`
    Rename,
    /// `CAST` to `FLOAT` and `DOUBLE`
    FloatCast,
    /// The type `UUID`
    Uuid,
    /// `CAST` to `JSON`
    JsonCast,
    /// A generated column that is `NOT NULL`
    GeneratedNotNull,
    /// A name for the rows of an `INSERT`
    RowAlias,
}

impl Feature {
    const fn since(self, flavour: Flavour) -> Option<Version> {
        match (flavour, self) {
            (Flavour::MySql, Self::BinaryCollation | Self::FloatCast) => Some(Version::new(8, 0, 17)),
            (Flavour::MySql, Self::Check) => Some(Version::new(8, 0, 16)),
            (Flavour::MySql, Self::ExpressionDefault | Self::ExpressionIndex) => Some(Version::new(8, 0, 13)),
            (Flavour::MySql, Self::Rename | Self::DescendingIndex) => Some(Version::new(8, 0, 0)),
            (Flavour::MySql, Self::JsonCast | Self::GeneratedNotNull) => Some(Version::new(5, 7, 8)),
            (Flavour::MySql, Self::RowAlias) => Some(Version::new(8, 0, 19)),
            (Flavour::MySql, Self::Uuid)
            | (Flavour::MariaDb, Self::RowAlias)
            | (Flavour::MariaDb, Self::ExpressionIndex | Self::JsonCast | Self::GeneratedNotNull) => None,
            (Flavour::MariaDb, Self::BinaryCollation | Self::ExpressionDefault | Self::Check) => {
                Some(Version::new(10, 2, 2))
            }
            (Flavour::MariaDb, Self::FloatCast) => Some(Version::new(10, 5, 0)),
            (Flavour::MariaDb, Self::Rename) => Some(Version::new(10, 5, 2)),
            (Flavour::MariaDb, Self::Uuid) => Some(Version::new(10, 7, 0)),
            (Flavour::MariaDb, Self::DescendingIndex) => Some(Version::new(10, 8, 0)),
        }
    }

    /// Whether a server of this version has it.
    pub(super) fn is_in(self, flavour: Flavour, server: &Version) -> bool {
        self.since(flavour).is_some_and(|since| *server >= since)
    }

    /// Refuses to do `what` on a server that has it not, and says which one has; `instead` is for an engine where none has.
    pub(super) fn require(
        self,
        flavour: Flavour,
        server: &Version,
        what: &str,
        instead: &str,
    ) -> Result<(), RenderError> {
        match self.since(flavour) {
            Some(since) if *server >= since => Ok(()),
            Some(since) => Err(flavour
                .refused(format!("{what} in version {server}"))
                .with_hint(format!("use {} {since} or newer", flavour.label()))),
            None => Err(flavour.refused(what).with_hint(instead)),
        }
    }
}

/// What a server of this version can do.
pub(super) fn capabilities(flavour: Flavour, server: &Version) -> Capabilities {
    let mut capabilities = Capabilities::STANDARD;
    capabilities.expression_indexes = Feature::ExpressionIndex.is_in(flavour, server);
    capabilities.descending_indexes = Feature::DescendingIndex.is_in(flavour, server);
    capabilities
}
