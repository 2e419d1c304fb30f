//! Table constraints.

use serde::Deserialize;
use serde::Serialize;

use super::Expression;
use super::Name;
use super::PrimaryKey;

/// A constraint of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Constraint {
    /// `PRIMARY KEY (…)`
    PrimaryKey(PrimaryKey),
    /// `UNIQUE (…)`
    Unique(Unique),
    /// `FOREIGN KEY (…) REFERENCES …`
    ForeignKey(ForeignKey),
    /// `CHECK (…)`
    Check(Check),
}

impl Constraint {
    /// The name of the constraint.
    pub fn name(&self) -> &Name {
        match self {
            Self::PrimaryKey(key) => &key.name,
            Self::Unique(unique) => &unique.name,
            Self::ForeignKey(key) => &key.name,
            Self::Check(check) => &check.name,
        }
    }
}

/// `UNIQUE (columns)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Unique {
    /// The name.
    pub name: Name,
    /// The columns, in order.
    pub columns: Vec<Name>,
    /// Two NULLs are the same: `NULLS NOT DISTINCT`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub nulls_not_distinct: bool,
}

impl Unique {
    /// A unique constraint in which NULLs are distinct.
    pub fn new(name: Name, columns: Vec<Name>) -> Self {
        Self {
            name,
            columns,
            nulls_not_distinct: false,
        }
    }
}

/// `CHECK (expression)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Check {
    /// The name.
    pub name: Name,
    /// What must not be false.
    pub expression: Expression,
}

impl Check {
    /// A check of this expression.
    pub fn new(name: Name, expression: Expression) -> Self {
        Self { name, expression }
    }
}

/// `FOREIGN KEY (columns) REFERENCES table (columns)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ForeignKey {
    /// The name.
    pub name: Name,
    /// The referencing columns.
    pub columns: Vec<Name>,
    /// The referenced table.
    pub referenced_table: Name,
    /// The referenced columns, as many as `columns`; empty means the primary key of the referenced table.
    pub referenced_columns: Vec<Name>,
    /// `ON DELETE`.
    #[serde(default)]
    pub on_delete: ReferentialAction,
    /// `ON UPDATE`.
    #[serde(default)]
    pub on_update: ReferentialAction,
    /// When it is checked.
    #[serde(default)]
    pub deferrable: Deferrable,
}

impl ForeignKey {
    /// A foreign key without actions, checked at once.
    pub fn new(
        name: Name,
        columns: Vec<Name>,
        referenced_table: Name,
        referenced_columns: Vec<Name>,
    ) -> Self {
        Self {
            name,
            columns,
            referenced_table,
            referenced_columns,
            on_delete: ReferentialAction::NoAction,
            on_update: ReferentialAction::NoAction,
            deferrable: Deferrable::No,
        }
    }
}

/// What happens to referencing rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReferentialAction {
    /// The change fails when rows still refer to it at the end of the statement.
    #[default]
    NoAction,
    /// The change fails at once.
    Restrict,
    /// The referencing rows follow.
    Cascade,
    /// The referencing columns become NULL.
    SetNull,
    /// The referencing columns take their defaults.
    SetDefault,
}

impl ReferentialAction {
    /// The words of the SQL clause.
    pub const fn sql(self) -> &'static str {
        match self {
            Self::NoAction => "NO ACTION",
            Self::Restrict => "RESTRICT",
            Self::Cascade => "CASCADE",
            Self::SetNull => "SET NULL",
            Self::SetDefault => "SET DEFAULT",
        }
    }
}

/// When a constraint is checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deferrable {
    /// At the end of each statement.
    #[default]
    No,
    /// `DEFERRABLE INITIALLY IMMEDIATE`
    InitiallyImmediate,
    /// `DEFERRABLE INITIALLY DEFERRED`
    InitiallyDeferred,
}
