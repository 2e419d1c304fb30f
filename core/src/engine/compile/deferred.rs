//! Statements that are written when their turn comes.

use super::declared::DeclaredType;
use crate::dialect::Dialect;
use crate::dialect::Needs;
use crate::dialect::Statement;
use crate::driver::Scope;
use crate::driver::ServerInfo;
use crate::operation::Operation;
use crate::operation::portable_sql;
use crate::schema::Name;
use crate::schema::Schema;
use crate::sql::Place;

/// Operations that a dialect can only write when it knows the tables which they change.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Deferred {
    /// The operations.
    pub operations: Vec<Operation>,
    /// What they are as far as the schema is known before the run; none when too little of it is.
    pub preview: Option<Vec<Statement>>,
    /// Where each operation stands.
    pub(super) places: Vec<Option<Place>>,
    /// What a catalogue does not tell of the columns.
    pub(super) declared: Vec<DeclaredType>,
    /// When they are written again from the database.
    pub(super) rewriting: Rewriting,
}

/// When operations are written again from the database as it is at their turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rewriting {
    /// Never, because it cannot be read: the preview is what is sent.
    Never,
    /// Only behind an earlier attempt, which may have carried some of them out. What they are does not depend on it.
    WhenRetried,
    /// Always.
    Always,
}

impl Deferred {
    /// What is sent without a look at the database.
    pub(crate) fn settled(&self, is_retried: bool) -> Option<&[Statement]> {
        let is_settled = match self.rewriting {
            Rewriting::Never => true,
            Rewriting::WhenRetried => !is_retried,
            Rewriting::Always => false,
        };
        self.preview.as_deref().filter(|_| is_settled)
    }

    /// Adds to a schema that was read what the history alone knows of it.
    pub(crate) fn declare(&self, schema: &mut Schema, server: &ServerInfo) {
        for declared in &self.declared {
            declared.set(schema, server.dialect, &server.version);
        }
    }

    /// Where an operation stands.
    pub(crate) fn place(&self, operation: usize) -> Option<Place> {
        self.places.get(operation).cloned().flatten()
    }

    /// The operations as portable SQL. A type or an expression in an engine's own words has none, and stands for itself.
    pub fn portable(&self) -> Vec<String> {
        let text = |operation| portable_sql(operation).unwrap_or_else(|error| format!("-- {error}"));
        self.operations.iter().map(text).collect()
    }
}

/// The tables that must be known to write some operations.
pub(crate) enum Needed {
    Tables(Vec<Name>),
    Everything,
}

impl Needed {
    /// What a dialect needs to write the operations.
    pub(crate) fn by(dialect: &dyn Dialect, operations: &[Operation]) -> Self {
        let mut tables = Vec::new();
        for operation in operations {
            match dialect.needs(operation) {
                Needs::Nothing => {}
                Needs::ToRefuse(table) | Needs::Table(table) => tables.push(table),
                Needs::Everything => return Self::Everything,
            }
        }
        tables.sort();
        tables.dedup();
        Self::Tables(tables)
    }

    pub(crate) fn is_nothing(&self) -> bool {
        matches!(self, Self::Tables(tables) if tables.is_empty())
    }

    pub(crate) fn scope(&self) -> Scope<'_> {
        match self {
            Self::Tables(tables) => Scope::Tables(tables),
            Self::Everything => Scope::All,
        }
    }
}
