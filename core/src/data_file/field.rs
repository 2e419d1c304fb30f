//! The value of a column in a row.

use std::borrow::Cow;

/// The value of a column in a row, as the file has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field<'a> {
    /// Nothing between two commas, or JSON's null.
    Null,
    /// Characters.
    Text(&'a str),
    /// A JSON value that is not null, as it is written.
    Json(&'a str),
}

impl<'a> Field<'a> {
    /// Its characters: what a JSON string means, and any other JSON value as it is written. None for a null.
    pub(crate) fn text(self) -> Option<Cow<'a, str>> {
        match self {
            Self::Null => None,
            Self::Text(text) => Some(Cow::Borrowed(text)),
            Self::Json(json) if json.starts_with('"') => Some(unquoted(json)),
            Self::Json(json) => Some(Cow::Borrowed(json)),
        }
    }
}

/// What a JSON string means.
fn unquoted(json: &str) -> Cow<'_, str> {
    let inner = json.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    match inner {
        Some(inner) if !inner.contains('\\') => Cow::Borrowed(inner),
        // The reader has found it to be JSON.
        _ => Cow::Owned(serde_json::from_str(json).unwrap_or_default()),
    }
}
