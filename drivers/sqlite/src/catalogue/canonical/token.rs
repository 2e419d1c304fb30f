//! Tokens in the way in which they are compared.

use limbeck_core::schema::Name;
use limbeck_core::sql::Lexer;
use limbeck_core::sql::TokenKind;

use crate::dialect::RULES;
use crate::dialect::unquoted;
use crate::text::is_keyword;
use crate::text::spelling;

/// A token that means something.
#[derive(Clone, Copy)]
pub(super) struct Written<'a> {
    pub(super) kind: TokenKind,
    pub(super) text: &'a str,
    /// The byte at which it begins.
    pub(super) start: usize,
}

/// The tokens of a text that mean something.
pub(super) fn written(text: &str) -> Vec<Written<'_>> {
    let tokens = Lexer::new(text, &RULES).filter(|token| !token.kind.is_trivia());
    let tokens = tokens.map(|token| Written {
        kind: token.kind,
        text: token.span.slice(text),
        start: token.span.start,
    });
    tokens.collect()
}

impl Written<'_> {
    /// Whether it is this symbol.
    pub(super) fn is(&self, symbol: &str) -> bool {
        self.kind == TokenKind::Symbol && self.text == symbol
    }

    /// Whether it is one of these words, without quotes.
    pub(super) fn is_one_of(&self, words: &[&str]) -> bool {
        self.kind == TokenKind::Word && words.iter().any(|word| self.text.eq_ignore_ascii_case(word))
    }

    /// Whether its quotes are those of a name and no string.
    pub(super) fn is_surely_name(&self) -> bool {
        self.kind == TokenKind::QuotedName && !self.text.starts_with('"')
    }

    /// Whether it can be a name where one is due.
    pub(super) fn can_be_name(&self) -> bool {
        matches!(
            self.kind,
            TokenKind::Word | TokenKind::QuotedName | TokenKind::String
        )
    }

    /// Whether it can be this name, in any case.
    pub(super) fn is_named(&self, name: &str) -> bool {
        match self.kind {
            TokenKind::Word => self.text.eq_ignore_ascii_case(name),
            _ => self.can_be_name() && unquoted(self.text).eq_ignore_ascii_case(name),
        }
    }

    /// A word of the language, or of a type.
    pub(super) fn word(&self) -> String {
        match self.kind {
            TokenKind::Word => self.text.to_ascii_uppercase(),
            _ => self.text.to_owned(),
        }
    }

    /// A name, spelt as the known one that it means.
    pub(super) fn name(&self, known: &[Name]) -> String {
        if !self.can_be_name() {
            return self.text.to_owned();
        }
        let name = unquoted(self.text);
        let name = spelling::find(&name, known).map_or(name.as_str(), Name::as_str);
        let mut tokens = Lexer::new(name, &RULES).map(|token| token.kind);
        let is_word = tokens.next() == Some(TokenKind::Word) && tokens.next().is_none();
        match is_word && !is_keyword(name) {
            true => name.to_owned(),
            false => format!("\"{}\"", name.replace('"', "\"\"")),
        }
    }

    /// The name of a collation, which has no case.
    pub(super) fn collation(&self) -> String {
        self.name(&[]).to_ascii_uppercase()
    }

    /// What may be a keyword, a name, or a string.
    pub(super) fn anywhere(&self, known: &[Name], is_call: bool) -> String {
        match self.kind {
            TokenKind::Word if is_keyword(self.text) => self.text.to_ascii_uppercase(),
            TokenKind::Word if is_call => self.text.to_ascii_lowercase(),
            TokenKind::Word => self.name(known),
            TokenKind::QuotedName if spelling::find(&unquoted(self.text), known).is_some() => {
                self.name(known)
            }
            TokenKind::String if !self.text.starts_with('\'') => self.text.to_ascii_lowercase(),
            _ => self.text.to_owned(),
        }
    }
}
