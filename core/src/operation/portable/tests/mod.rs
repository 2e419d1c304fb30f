//! What is accepted, what is refused and how, and that nothing panics.

mod accepted;

use crate::operation::Operation;
use crate::operation::PortableError;
use crate::operation::PortableOptions;
use crate::operation::parse_statement;
use crate::sql::Span;

/// Parses a text that is one statement.
fn parse(text: &str) -> Result<Vec<Operation>, PortableError> {
    parse_statement(text, Span::new(0, text.len()), &PortableOptions::default())
}
