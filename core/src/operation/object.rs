//! What messages speak of: an object of the schema with its place.

use std::fmt;

use crate::schema::Name;

/// An object of a schema, as messages name it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Object {
    /// A table.
    Table(Name),
    /// A view.
    View(Name),
    /// An index.
    Index(Name),
    /// A column of a table.
    Column {
        /// The table, or the view that gives it.
        table: Name,
        /// The column.
        column: Name,
    },
    /// A constraint of a table.
    Constraint {
        /// The table.
        table: Name,
        /// The constraint.
        constraint: Name,
    },
}

impl Object {
    /// A column of a table.
    pub fn column(table: &Name, column: &Name) -> Self {
        Self::Column {
            table: table.clone(),
            column: column.clone(),
        }
    }

    /// A constraint of a table.
    pub fn constraint(table: &Name, constraint: &Name) -> Self {
        Self::Constraint {
            table: table.clone(),
            constraint: constraint.clone(),
        }
    }

    /// The name without its place.
    pub fn name(&self) -> &Name {
        match self {
            Self::Table(name) | Self::View(name) | Self::Index(name) => name,
            Self::Column { column, .. } => column,
            Self::Constraint { constraint, .. } => constraint,
        }
    }
}

impl fmt::Display for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Table(name) => write!(f, "table `{name}`"),
            Self::View(name) => write!(f, "view `{name}`"),
            Self::Index(name) => write!(f, "index `{name}`"),
            Self::Column { table, column } => write!(f, "column `{table}.{column}`"),
            Self::Constraint { table, constraint } => {
                write!(f, "constraint `{constraint}` of table `{table}`")
            }
        }
    }
}

/// Objects as a list of a sentence: `a, b and c`.
pub(crate) fn listed(objects: &[Object]) -> String {
    let mut text = String::new();
    for (index, object) in objects.iter().enumerate() {
        if index > 0 {
            text.push_str(if index + 1 == objects.len() { " and " } else { ", " });
        }
        text.push_str(&object.to_string());
    }
    text
}
