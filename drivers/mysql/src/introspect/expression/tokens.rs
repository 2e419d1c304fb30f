//! The tokens of a text from the catalogue.

use limbeck_core::schema::Name;
use limbeck_core::sql::Lexer;
use limbeck_core::sql::TokenKind;

use crate::dialect::RULES;
use crate::introspect::literal;

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

    pub(super) const fn at_end(&self) -> bool {
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

    /// Takes a word, in any case, or a symbol when it comes next.
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
        self.peek_at(offset).is_some_and(|(kind, word)| {
            matches!(kind, TokenKind::Word | TokenKind::Symbol) && word.eq_ignore_ascii_case(text)
        })
    }

    /// A name between backticks: the catalogue quotes all of them.
    pub(super) fn name(&mut self) -> Option<Name> {
        let (TokenKind::QuotedName, quoted) = self.peek()? else {
            return None;
        };
        let inner = quoted.strip_prefix('`')?.strip_suffix('`')?;
        self.at += 1;
        Name::exact(inner.replace("``", "`")).ok()
    }

    /// A string, decoded.
    pub(super) fn string(&mut self) -> Option<String> {
        let (TokenKind::String, quoted) = self.peek()? else {
            return None;
        };
        self.at += 1;
        literal::decode(quoted)
    }
}
