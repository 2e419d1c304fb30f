//! What an inverse cannot give back, and why there is none.

use std::fmt;

use super::ApplyError;
use super::DataKind;
use super::Operation;
use crate::schema::Name;

/// Something that an inverse creates again, but empty.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Loss {
    /// The rows of a table.
    Table(Name),
    /// The values of a column.
    Column {
        /// The table.
        table: Name,
        /// The column.
        column: Name,
    },
}

impl Loss {
    /// Whether the operation takes these data away.
    pub fn is_by(&self, operation: &Operation) -> bool {
        match (self, operation) {
            (Self::Table(lost), Operation::DropTable { table }) => lost == table,
            (
                Self::Column {
                    table: of,
                    column: lost,
                },
                Operation::DropColumn { table, column },
            ) => of == table && lost == column,
            _ => false,
        }
    }

    /// Whether the operation creates again, but empty, what held these data.
    pub(crate) fn is_left_by(&self, operation: &Operation) -> bool {
        match (self, operation) {
            (Self::Table(lost), Operation::CreateTable(table)) => *lost == table.name,
            (
                Self::Column {
                    table: of,
                    column: lost,
                },
                Operation::AddColumn { table, column, .. },
            ) => of == table && *lost == column.name,
            _ => false,
        }
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Table(table) => write!(f, "the rows of table `{table}`"),
            Self::Column { table, column } => write!(f, "the values of column `{table}.{column}`"),
        }
    }
}

/// An operation has no inverse.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{obstacle}")]
#[non_exhaustive]
pub struct NotInvertible {
    /// Its position in the list, from 0.
    pub index: usize,
    /// Why.
    pub obstacle: Obstacle,
}

/// Why an operation has no inverse.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Obstacle {
    /// It writes rows, and which ones is not known.
    #[error("{} cannot be undone", writes(*kind, table.as_ref()))]
    Rows {
        /// What it does.
        kind: DataKind,
        /// The table.
        table: Option<Name>,
    },
    /// The dropped column is NOT NULL and has no default, so a table with rows cannot have it again.
    #[error(
        "column `{table}.{column}` is NOT NULL and has no default, so it cannot be added again to a table with rows"
    )]
    NoValue {
        /// The table.
        table: Name,
        /// The column.
        column: Name,
    },
    /// It does not fit the schema.
    #[error(transparent)]
    Apply(Box<ApplyError>),
}

impl From<ApplyError> for Obstacle {
    fn from(error: ApplyError) -> Self {
        Self::Apply(Box::new(error))
    }
}

impl NotInvertible {
    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        match &self.obstacle {
            Obstacle::Apply(error) => error.hint(),
            Obstacle::Rows { .. } | Obstacle::NoValue { .. } => {
                Some("write a downgrade section, or -- limbeck:irreversible <why>".to_owned())
            }
        }
    }
}

fn writes(kind: DataKind, table: Option<&Name>) -> String {
    let verb = match kind {
        DataKind::Insert => "an INSERT into",
        DataKind::Update => "an UPDATE of",
        DataKind::Delete => "a DELETE from",
        DataKind::Select => "a SELECT from",
    };
    match table {
        Some(table) => format!("{verb} `{table}`, which exists before this revision,"),
        None => "a statement over rows".to_owned(),
    }
}
