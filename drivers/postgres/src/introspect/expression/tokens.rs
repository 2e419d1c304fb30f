//! The tokens of a text from the catalogue.

use std::ops::Deref;
use std::ops::DerefMut;

use limbeck_core::schema::Name;
use limbeck_core::sql::Case;
use limbeck_core::sql::TokenKind;

use crate::dialect::RULES;

/// The tokens that say something, and the next one. Words are written as PostgreSQL writes them, so case counts.
pub(super) struct Tokens<'a>(limbeck_core::sql::Tokens<'a>);

impl<'a> Tokens<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self(limbeck_core::sql::Tokens::new(text, &RULES, Case::Counts))
    }

    /// A name, quoted or not. A word with a capital is one of PostgreSQL's own.
    pub(super) fn name(&mut self) -> Option<Name> {
        let name = match self.peek()? {
            (TokenKind::Word, word) if !word.contains(|letter: char| letter.is_ascii_uppercase()) => {
                word.to_owned()
            }
            (TokenKind::QuotedName, quoted) => unquoted(quoted, '"')?,
            _ => return None,
        };
        self.skip(1);
        Name::exact(name).ok()
    }
}

/// The text between quotes.
pub(super) fn unquoted(text: &str, quote: char) -> Option<String> {
    let inner = text.strip_prefix(quote)?.strip_suffix(quote)?;
    Some(inner.replace(&format!("{quote}{quote}"), &quote.to_string()))
}

impl<'a> Deref for Tokens<'a> {
    type Target = limbeck_core::sql::Tokens<'a>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for Tokens<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}
