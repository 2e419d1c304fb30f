//! What is refused, in the same words everywhere.

use limbeck_core::dialect::RenderError;

use super::traits::NAME;

/// A refusal: "sqlite cannot …".
pub(super) fn refused(what: impl Into<String>) -> RenderError {
    RenderError::unsupported(NAME, what)
}

/// What only a new table with the old rows could do.
pub(super) fn needs_rebuild(what: &str, instead: &str) -> RenderError {
    refused(format!(
        "{what}: its ALTER TABLE does not do this, and rebuilding the table is not available yet in this version \
         of Limbeck"
    ))
    .with_hint(format!(
        "{instead}, or keep this section from SQLite (-- limbeck:upgrade except sqlite) and rebuild the table in a \
         native one (-- limbeck:upgrade sqlite)"
    ))
}
