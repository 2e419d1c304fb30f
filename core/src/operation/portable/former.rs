//! Former names of a table and its columns.

use crate::schema::Name;
use crate::sql::Span;

use super::PortableError;
use super::PortableOptions;
use super::cursor::Parser;

/// A name that something had before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FormerName {
    /// Of the table.
    Table(Name),
    /// Of one of its columns.
    Column {
        /// The former name.
        from: Name,
        /// The name it has now.
        to: Name,
    },
}

/// Reads `account, mail=email`: the former name of a table, and those of columns with the ones that they have now.
///
/// # Errors
/// Something else, with the bytes at fault.
pub(crate) fn parse_former_names(text: &str) -> Result<Vec<FormerName>, PortableError> {
    let options = PortableOptions::default();
    let mut parser = Parser::new(text, Span::new(0, text.len()), &options)?;
    let mut names: Vec<FormerName> = Vec::new();
    loop {
        let (from, span) = parser.name("a former name")?;
        if parser.take_symbol("=") {
            let (to, _) = parser.name("the column's name of now")?;
            names.push(FormerName::Column { from, to });
        } else if names.iter().any(|name| matches!(name, FormerName::Table(_))) {
            let error = PortableError::new(
                span,
                format!("`{from}` would be a second former name of the table"),
            );
            return Err(error.hint("that of a column stands with the one of now: `old=new`"));
        } else {
            names.push(FormerName::Table(from));
        }
        if !parser.take_symbol(",") {
            parser.finish()?;
            return Ok(names);
        }
    }
}
