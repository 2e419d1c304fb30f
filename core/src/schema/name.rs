//! Names of tables, columns, constraints, indexes and views.

use std::fmt;

use serde::Deserialize;
use serde::Serialize;

/// The name of a database object, as the catalogue stores it: folded when it was written without quotes.
///
/// ```
/// use limbeck_core::schema::Name;
///
/// assert_eq!(Name::folded("Account")?.as_str(), "account");
/// assert_eq!(Name::exact("Account")?.as_str(), "Account");
/// assert!(Name::exact("").is_err());
/// # Ok::<(), limbeck_core::schema::NameError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Name(String);

/// Why a text cannot be a name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NameError {
    /// No character.
    #[error("a name cannot be empty")]
    Empty,
    /// A NUL character, which no engine stores.
    #[error("a name cannot contain a NUL character")]
    Nul,
}

impl Name {
    /// The longest name, in bytes, that all supported engines keep whole (PostgreSQL's limit).
    pub const MAX_PORTABLE_BYTES: usize = 63;

    /// A name written with quotes, or read from a catalogue: kept as it is.
    pub fn exact(text: impl Into<String>) -> Result<Self, NameError> {
        let text = text.into();
        if text.is_empty() {
            return Err(NameError::Empty);
        }
        if text.contains('\0') {
            return Err(NameError::Nul);
        }
        Ok(Self(text))
    }

    /// A name written without quotes: ASCII letters become lower case.
    pub fn folded(text: &str) -> Result<Self, NameError> {
        Self::exact(text.to_ascii_lowercase())
    }

    /// A name that this crate writes itself: not empty and without NUL.
    pub(crate) fn fixed(text: &str) -> Self {
        debug_assert!(!text.is_empty() && !text.contains('\0'));
        Self(text.to_owned())
    }

    /// The text of the name, without quotes.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether both are the same but for the case of their letters.
    pub fn eq_ignore_case(&self, other: &Self) -> bool {
        if self.0.is_ascii() && other.0.is_ascii() {
            return self.0.eq_ignore_ascii_case(&other.0);
        }
        self.0.to_lowercase() == other.0.to_lowercase()
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for Name {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Name {
    type Error = NameError;

    fn try_from(text: String) -> Result<Self, NameError> {
        Self::exact(text)
    }
}

impl From<Name> for String {
    fn from(name: Name) -> Self {
        name.0
    }
}
