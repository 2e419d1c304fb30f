//! Names of revisions and branches.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

use serde::Deserialize;
use serde::Serialize;

/// The longest id or label, in characters: the width of the version table's column.
const MAX_CHARACTERS: usize = 255;

/// Words with a meaning of their own in revision expressions.
pub(crate) const RESERVED: [&str; 4] = ["head", "heads", "base", "current"];

/// The name of a revision: 1 to 255 ASCII letters, digits, `_` or `.`; case counts. Cheap to clone.
///
/// ```
/// use limbeck_core::graph::RevisionId;
///
/// assert_eq!(RevisionId::new("1975ea83b712")?.as_str(), "1975ea83b712");
/// assert!(RevisionId::new("head").is_err());
/// # Ok::<(), limbeck_core::graph::IdError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RevisionId(Arc<str>);

/// The name of a branch, declared by one revision: the same characters as an id, and in the same name space.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Label(Arc<str>);

/// Why a text can be neither id nor label.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IdError {
    /// No character.
    #[error("a revision's name cannot be empty")]
    Empty,
    /// More characters than the version table's column holds.
    #[error(
        "the name that begins with `{start}` has {length} characters; at most {MAX_CHARACTERS} are allowed"
    )]
    TooLong {
        /// The first characters.
        start: String,
        /// How many there are.
        length: usize,
    },
    /// A character that expressions or file systems need for themselves.
    #[error("`{name}` cannot name a revision or a branch: it contains {character:?}")]
    Character {
        /// The whole text.
        name: String,
        /// The first character that is not allowed.
        character: char,
    },
    /// A word of the expression language.
    #[error("`{name}` cannot name a revision or a branch: it is a word of revision expressions")]
    Reserved {
        /// The word.
        name: String,
    },
}

impl IdError {
    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Empty => "give it a name of ASCII letters, digits, `_` or `.`",
            Self::TooLong { .. } => "choose a shorter name",
            Self::Character { .. } => "use only ASCII letters, digits, `_` and `.`",
            Self::Reserved { .. } => "choose another name than head, heads, base or current",
        };
        Some(hint.to_owned())
    }
}

fn check(text: &str) -> Result<Arc<str>, IdError> {
    if text.is_empty() {
        return Err(IdError::Empty);
    }
    let length = text.chars().count();
    if length > MAX_CHARACTERS {
        let start = text.chars().take(20).collect();
        return Err(IdError::TooLong { start, length });
    }
    if let Some(character) = text.chars().find(|&character| !is_name_character(character)) {
        let name = text.to_owned();
        return Err(IdError::Character { name, character });
    }
    if RESERVED.contains(&text) {
        return Err(IdError::Reserved {
            name: text.to_owned(),
        });
    }
    Ok(Arc::from(text))
}

/// Whether ids and labels may contain this character.
pub(crate) fn is_name_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_' || character == '.'
}

macro_rules! name {
    ($name:ident) => {
        impl $name {
            /// Checks length, characters and reserved words.
            pub fn new(text: impl AsRef<str>) -> Result<Self, IdError> {
                check(text.as_ref()).map(Self)
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                Self::new(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;

            fn try_from(text: String) -> Result<Self, IdError> {
                Self::new(text)
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0.as_ref().to_owned()
            }
        }
    };
}

name!(RevisionId);
name!(Label);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_checked() {
        assert!(RevisionId::new("A_b.9").is_ok());
        assert!(RevisionId::new("x".repeat(255)).is_ok());
        assert_eq!(RevisionId::new(""), Err(IdError::Empty));
        assert!(matches!(
            RevisionId::new("x".repeat(256)),
            Err(IdError::TooLong { length: 256, .. })
        ));
        assert!(matches!(
            Label::new("a-b"),
            Err(IdError::Character { character: '-', .. })
        ));
        assert!(matches!(Label::new("é"), Err(IdError::Character { .. })));
        for word in RESERVED {
            assert!(matches!(Label::new(word), Err(IdError::Reserved { .. })));
        }
        assert!(Label::new("Head").is_ok(), "case counts");
    }
}
