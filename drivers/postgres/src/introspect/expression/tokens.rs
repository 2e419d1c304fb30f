//! The tokens of a text from the catalogue.

use limbeck_core::schema::Name;
use limbeck_core::sql::Lexer;
use limbeck_core::sql::TokenKind;

use crate::dialect::RULES;

/// The tokens that say something, and the next one.
pub(super) struct Tokens<'a> {
    tokens: Vec<(TokenKind, &'a str)>,
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let tokens = Lexer::new(text, &RULES).filter(|token| !token.kind.is_trivia());
        Self {
            tokens: tokens.map(|token| (token.kind, token.span.slice(text))).collect(),
            at: 0,
        }
    }

    pub(super) fn at_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    pub(super) fn peek(&self) -> Option<(TokenKind, &'a str)> {
        self.peek_at(0)
    }

    pub(super) fn peek_at(&self, offset: usize) -> Option<(TokenKind, &'a str)> {
        self.tokens.get(self.at + offset).copied()
    }

    pub(super) fn next(&mut self) -> Option<(TokenKind, &'a str)> {
        let next = self.peek()?;
        self.at += 1;
        Some(next)
    }

    /// Takes a word or symbol when it comes next. Words are written as PostgreSQL writes them, so case counts.
    pub(super) fn take(&mut self, text: &str) -> bool {
        let is_next = self.is(text);
        self.at += usize::from(is_next);
        is_next
    }

    /// Takes all of them, or none.
    pub(super) fn take_all(&mut self, texts: &[&str]) -> bool {
        let are_next = (0..).zip(texts).all(|(offset, text)| self.is_at(offset, text));
        if are_next {
            self.at += texts.len();
        }
        are_next
    }

    pub(super) fn expect(&mut self, text: &str) -> Option<()> {
        self.take(text).then_some(())
    }

    pub(super) fn is(&self, text: &str) -> bool {
        self.is_at(0, text)
    }

    pub(super) fn is_at(&self, offset: usize, text: &str) -> bool {
        let token = self.peek_at(offset);
        token.is_some_and(|(kind, word)| matches!(kind, TokenKind::Word | TokenKind::Symbol) && word == text)
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
        self.at += 1;
        Name::exact(name).ok()
    }
}

/// The text between quotes.
pub(super) fn unquoted(text: &str, quote: char) -> Option<String> {
    let inner = text.strip_prefix(quote)?.strip_suffix(quote)?;
    Some(inner.replace(&format!("{quote}{quote}"), &quote.to_string()))
}
