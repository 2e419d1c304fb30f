//! What is refused, in the same words everywhere.

use limbeck_core::dialect::RenderError;

use super::traits::NAME;

/// A refusal: "sqlite cannot …".
pub(super) fn refused(what: impl Into<String>) -> RenderError {
    RenderError::unsupported(NAME, what)
}
