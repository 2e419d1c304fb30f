//! An expression, query or type alone, as a catalogue or a builder has it.

use crate::schema::DataType;
use crate::schema::Name;
use crate::schema::TokenRun;
use crate::sql::Span;

use super::PortableError;
use super::PortableOptions;
use super::Spellings;
use super::cursor::Parser;
use super::run::Run;
use super::run::Standing;

/// Reads an expression, or with [`Standing::Query`] a whole query, that stands alone in `text`.
///
/// Which columns there are is not known here: a name may turn out to be no column.
///
/// # Errors
/// What is not portable, with the bytes at fault in `text`.
///
/// ```
/// use limbeck_core::operation::{Standing, parse_expression};
///
/// let run = parse_expression("\"age\" >= 18", Standing::Row)?;
/// assert_eq!(run.0.len(), 3);
/// assert!(parse_expression("age >= now()", Standing::Row).is_err());
/// # Ok::<(), limbeck_core::operation::PortableError>(())
/// ```
pub fn parse_expression(text: &str, standing: Standing) -> Result<TokenRun, PortableError> {
    read_expression(text, standing, &mut Spellings::default())
}

/// The same for an expression that is part of something larger, whose names are in `spellings`.
pub(in crate::operation) fn read_expression(
    text: &str,
    standing: Standing,
    spellings: &mut Spellings,
) -> Result<TokenRun, PortableError> {
    let options = PortableOptions::default();
    let mut parser = Parser::new(text, Span::new(0, text.len()), &options)?;
    std::mem::swap(&mut parser.spellings, spellings);
    let read = parser.expression_alone(standing);
    std::mem::swap(&mut parser.spellings, spellings);
    read
}

/// Reads the name of a table that `span` covers in `text`.
pub(crate) fn parse_table_name(text: &str, span: Span) -> Result<Name, PortableError> {
    let options = PortableOptions::default();
    let mut parser = Parser::new(text, span, &options)?;
    let (name, _) = parser.name("a table name")?;
    parser.finish()?;
    Ok(name)
}

/// Reads a type as it stands behind the name of a column.
pub(in crate::operation) fn read_type(
    text: &str,
    options: &PortableOptions,
) -> Result<DataType, PortableError> {
    let mut parser = Parser::new(text, Span::new(0, text.len()), options)?;
    let data_type = parser.data_type()?;
    parser.finish()?;
    Ok(data_type)
}

impl Parser<'_> {
    fn expression_alone(&mut self, standing: Standing) -> Result<TokenRun, PortableError> {
        let mut run = Run::new(standing);
        match standing {
            Standing::Query => {
                self.query(&mut run)?;
            }
            Standing::Default | Standing::Row => self.expression(&mut run)?,
        }
        self.finish()?;
        Ok(run.into_run())
    }
}
