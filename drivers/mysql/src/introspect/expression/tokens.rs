//! The tokens of a text from the catalogue.

use std::ops::Deref;
use std::ops::DerefMut;

use limbeck_core::schema::Name;
use limbeck_core::sql::Case;
use limbeck_core::sql::TokenKind;

use crate::dialect::RULES;
use crate::introspect::literal;

/// The tokens that say something, and the next one. Words may have any case.
pub(super) struct Tokens<'a>(limbeck_core::sql::Tokens<'a>);

impl<'a> Tokens<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self(limbeck_core::sql::Tokens::new(text, &RULES, Case::Ignored))
    }

    /// A name between backticks: the catalogue quotes all of them.
    pub(super) fn name(&mut self) -> Option<Name> {
        let (TokenKind::QuotedName, quoted) = self.peek()? else {
            return None;
        };
        let inner = quoted.strip_prefix('`')?.strip_suffix('`')?;
        self.skip(1);
        Name::exact(literal::repaired(inner.replace("``", "`"))).ok()
    }

    /// A string, decoded.
    pub(super) fn string(&mut self) -> Option<String> {
        let (TokenKind::String, quoted) = self.peek()? else {
            return None;
        };
        self.skip(1);
        literal::decode(quoted)
    }
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
