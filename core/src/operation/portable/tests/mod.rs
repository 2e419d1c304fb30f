//! What is accepted, what is refused and how, that nothing panics, and that what is printed is read back.

mod accepted;
mod grammar;
mod naming;
mod printed;
mod properties;
mod refused_changes;
mod refused_rows;
mod refused_tables;
mod refused_text;
mod refused_types;

use crate::operation::Operation;
use crate::operation::PortableError;
use crate::operation::PortableOptions;
use crate::operation::parse_statement;
use crate::sql::Span;

/// Parses a text that is one statement.
fn parse(text: &str) -> Result<Vec<Operation>, PortableError> {
    parse_statement(text, Span::new(0, text.len()), &PortableOptions::default())
}

/// For each statement: the statement, the text at fault, the message and the hint.
fn refusals(texts: &[&str]) -> String {
    let blocks: Vec<String> = texts
        .iter()
        .map(|text| match parse(text) {
            Ok(operations) => format!("{text}\n  accepted: {operations:?}\n"),
            Err(error) => {
                let at = error.span.slice(text);
                let hint = error
                    .hint
                    .map(|hint| format!("\n  -> {hint}"))
                    .unwrap_or_default();
                format!("{text}\n  [{at}] {}{hint}\n", error.message)
            }
        })
        .collect();
    blocks.concat()
}
