//! What ALTER TABLE learned, and when.

use limbeck_core::dialect::Capabilities;
use limbeck_core::dialect::Version;

/// Something that ALTER TABLE can do from some version on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Feature {
    /// `RENAME COLUMN`
    RenameColumn,
    /// `DROP COLUMN`
    DropColumn,
    /// `ALTER COLUMN … SET NOT NULL` and `DROP NOT NULL`
    AlterNotNull,
    /// `ADD CONSTRAINT … CHECK` and `DROP CONSTRAINT` of a check
    AlterCheck,
    /// `DROP CONSTRAINT` of a foreign key
    DropForeignKey,
}

impl Feature {
    const fn since(self) -> Version {
        match self {
            Self::RenameColumn => Version::new(3, 25, 0),
            Self::DropColumn => Version::new(3, 35, 0),
            Self::AlterNotNull | Self::AlterCheck => Version::new(3, 53, 0),
            Self::DropForeignKey => Version::new(3, 54, 0),
        }
    }

    /// Whether a library of this version has it.
    pub(super) fn is_in(self, version: &Version) -> bool {
        *version >= self.since()
    }
}

/// The same in every version from the floor on.
pub(super) const CAPABILITIES: Capabilities = {
    let mut capabilities = Capabilities::STANDARD;
    capabilities.transactional_ddl = true;
    capabilities.partial_indexes = true;
    capabilities.expression_indexes = true;
    capabilities.deferrable_constraints = true;
    capabilities
};
