//! The error of portable SQL.

use crate::schema::UnknownDriver;
use crate::sql::Span;
use crate::sql::Unclosed;

/// The hint of everything that has no portable form.
pub(super) const NATIVE: &str = "write it in a native section: `-- limbeck:upgrade <driver>`";

/// What is wrong with a portable statement, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
#[non_exhaustive]
pub struct PortableError {
    /// The bytes at fault, in the text that was given to the parser. Empty where something is missing.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub hint: Option<String>,
}

impl PortableError {
    pub(super) fn new(span: Span, message: impl Into<String>) -> Self {
        Self {
            span,
            message: message.into(),
            hint: None,
        }
    }

    pub(in crate::operation) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Something that no text holds.
    pub(in crate::operation) fn nowhere(message: impl Into<String>) -> Self {
        Self::new(Span::new(0, 0), message)
    }

    /// A hint where none more exact is given.
    pub(super) fn hint_if_none(mut self, hint: impl Into<String>) -> Self {
        self.hint.get_or_insert_with(|| hint.into());
        self
    }

    /// Something that only a native section can say.
    pub(super) fn native(span: Span, message: impl Into<String>) -> Self {
        Self::new(span, message).hint(NATIVE)
    }
}

impl PortableError {
    pub(super) fn unknown_driver(span: Span, unknown: &UnknownDriver) -> Self {
        Self::new(span, unknown.to_string()).hint(unknown.hint())
    }
}

impl From<Unclosed> for PortableError {
    fn from(unclosed: Unclosed) -> Self {
        Self::new(unclosed.span, unclosed.to_string()).hint(unclosed.hint())
    }
}
