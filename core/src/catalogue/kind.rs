//! Kinds of objects.

use std::fmt;

use serde::Deserialize;
use serde::Serialize;

/// What an object is. The order is that in which objects are made that do not need each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Kind {
    /// A namespace.
    Schema,
    /// An extension of the server.
    Extension,
    /// An order of texts.
    Collation,
    /// An enumeration, a domain, a composite or a range type.
    Type,
    /// A sequence.
    Sequence,
    /// A function or an aggregate.
    Function,
    /// A procedure.
    Procedure,
    /// A table, also a partitioned one.
    Table,
    /// The column that a sequence belongs to.
    Ownership,
    /// A primary key, a unique or exclusion constraint, or a check.
    Constraint,
    /// An index that no constraint has.
    Index,
    /// Statistics over several columns.
    Statistics,
    /// A foreign key.
    ForeignKey,
    /// A view.
    View,
    /// A view that keeps its rows.
    MaterializedView,
    /// A rewrite rule.
    Rule,
    /// A trigger.
    Trigger,
    /// A row-level security policy.
    Policy,
    /// A scheduled event.
    Event,
    /// Anything else.
    Other,
}

impl Kind {
    /// Whether the [schema model](crate::schema) holds objects of this kind, though perhaps not all of what they say.
    pub const fn is_of_model(self) -> bool {
        matches!(
            self,
            Self::Table | Self::Constraint | Self::Index | Self::ForeignKey | Self::View
        )
    }

    /// The kind in words: `foreign key`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Schema => "schema",
            Self::Extension => "extension",
            Self::Collation => "collation",
            Self::Type => "type",
            Self::Sequence => "sequence",
            Self::Function => "function",
            Self::Procedure => "procedure",
            Self::Table => "table",
            Self::Ownership => "owner of the sequence",
            Self::Constraint => "constraint",
            Self::Index => "index",
            Self::Statistics => "statistics",
            Self::ForeignKey => "foreign key",
            Self::View => "view",
            Self::MaterializedView => "materialized view",
            Self::Rule => "rule",
            Self::Trigger => "trigger",
            Self::Policy => "policy",
            Self::Event => "event",
            Self::Other => "object",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
