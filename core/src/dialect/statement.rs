//! What rendering takes and gives.

use std::ops::Range;

use super::Version;
use crate::schema::Name;
use crate::schema::Schema;

/// A statement in a dialect's own SQL, without its end mark.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Statement {
    /// The text to send.
    pub sql: String,
    /// Which of the rendered operations it carries out.
    pub operations: Range<usize>,
}

impl Statement {
    /// A statement that carries out the operations of this range.
    pub fn new(sql: impl Into<String>, operations: Range<usize>) -> Self {
        Self {
            sql: sql.into(),
            operations,
        }
    }
}

/// Something a person should know about a rendered operation: it did less than the words say.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Note {
    /// Which of the rendered operations it is about.
    pub operation: usize,
    /// The sentence.
    pub message: String,
}

impl Note {
    /// A note about an operation.
    pub fn new(operation: usize, message: impl Into<String>) -> Self {
        Self {
            operation,
            message: message.into(),
        }
    }
}

/// What rendering gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rendering {
    /// The statements, in the order in which they must run.
    pub statements: Vec<Statement>,
    /// What a person should know.
    pub notes: Vec<Note>,
}

/// What rendering may look at.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RenderContext<'a> {
    /// The server's version.
    pub server: Version,
    /// The schema before the first operation, as far as it is known.
    pub schema: Option<&'a Schema>,
}

impl<'a> RenderContext<'a> {
    /// A context without a known schema.
    pub fn new(server: Version) -> Self {
        Self { server, schema: None }
    }

    /// The same with the schema before the first operation.
    pub fn with_schema(self, schema: &'a Schema) -> Self {
        Self {
            schema: Some(schema),
            ..self
        }
    }
}

/// What a dialect must know of the schema to write an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Needs {
    /// Nothing.
    Nothing,
    /// The present definition of a table.
    Table(Name),
    /// All tables: the operation names an object whose table must be found.
    Everything,
}
