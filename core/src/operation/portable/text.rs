//! An expression or query alone, as a catalogue keeps it.

use crate::schema::TokenRun;
use crate::sql::Span;

use super::PortableError;
use super::PortableOptions;
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
    let options = PortableOptions::default();
    let mut parser = Parser::new(text, Span::new(0, text.len()), &options)?;
    let mut run = Run::new(standing);
    match standing {
        Standing::Query => {
            parser.query(&mut run)?;
        }
        Standing::Default | Standing::Row => parser.expression(&mut run)?,
    }
    parser.finish()?;
    Ok(run.into_run())
}
