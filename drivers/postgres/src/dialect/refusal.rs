//! What is refused, in the same words everywhere.

use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::schema::Name;
use limbeck_core::schema::Table;

use super::traits::NAME;

/// A refusal: "postgres cannot …".
pub(super) fn refused(what: impl Into<String>) -> RenderError {
    RenderError::unsupported(NAME, what)
}

/// The table, when its definition is known.
pub(super) fn known_table<'a>(table: &Name, context: &RenderContext<'a>) -> Option<&'a Table> {
    context.schema.and_then(|schema| schema.table(table))
}

/// The table, which must be known.
pub(super) fn needed_table<'a>(table: &Name, context: &RenderContext<'a>) -> Result<&'a Table, RenderError> {
    known_table(table, context).ok_or_else(|| RenderError::Unknown {
        object: format!("the table {table}"),
    })
}
