//! The lexer: text into tokens, by the lexical rules of a dialect.
//!
//! It is total. Every byte belongs to exactly one token, what the end of the text cuts off reaches to the end, and what
//! has no place in SQL is [`TokenKind::Unknown`].

mod comment;
mod delimiter;
mod number;
mod quoted;
mod symbol;
mod unclosed;
mod word;

#[cfg(test)]
mod tests;

pub use unclosed::Unclosed;
pub(crate) use unclosed::closed;
pub use unclosed::unclosed;

use super::LexicalRules;
use super::Span;
use super::Token;
use super::TokenKind;
use word::starts_word;

/// The default mark at the end of a statement.
const SEMICOLON: &str = ";";

/// The tokens of a text, in order and without gaps.
///
/// The lexer knows no context: a `;` inside of a block body is a [`TokenKind::StatementEnd`] like any other. Where
/// statements really end is for the splitter to say.
///
/// ```
/// use limbeck_core::sql::{LexicalRules, Lexer, TokenKind};
///
/// let text = "SELECT 'it''s' -- why not";
/// let words: Vec<_> = Lexer::new(text, &LexicalRules::STANDARD)
///     .filter(|token| !token.kind.is_trivia())
///     .map(|token| (token.kind, token.span.slice(text)))
///     .collect();
/// assert_eq!(words, [(TokenKind::Word, "SELECT"), (TokenKind::String, "'it''s'")]);
/// ```
#[derive(Clone, Debug)]
pub struct Lexer<'a> {
    text: &'a str,
    rules: &'a LexicalRules,
    at: usize,
    delimiter: &'a str,
    statement_start: bool,
}

impl<'a> Lexer<'a> {
    /// Reads the whole text.
    pub fn new(text: &'a str, rules: &'a LexicalRules) -> Self {
        Self {
            text,
            rules,
            at: 0,
            delimiter: SEMICOLON,
            statement_start: true,
        }
    }

    /// Reads only the part of the text that `span` covers. The spans of the tokens still count from the start of `text`.
    /// A span that lies outside of the text or cuts a character holds no tokens.
    pub fn within(text: &'a str, span: Span, rules: &'a LexicalRules) -> Self {
        let inside = text.get(span.start..span.end).is_some();
        Self {
            at: span.start,
            ..Self::new(
                if inside {
                    text.get(..span.end).unwrap_or_default()
                } else {
                    ""
                },
                rules,
            )
        }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn rest(&self, at: usize) -> &'a str {
        self.text.get(at..).unwrap_or_default()
    }

    fn starts_with(&self, at: usize, mark: &str) -> bool {
        let bytes = self.text.as_bytes().get(at..).unwrap_or_default();
        bytes.starts_with(mark.as_bytes())
    }

    /// The position after the run of bytes from `at` on that `belongs` accepts.
    fn run(&self, at: usize, belongs: impl Fn(u8) -> bool) -> usize {
        let bytes = self.text.as_bytes().get(at..).unwrap_or_default();
        let length = bytes.iter().position(|&byte| !belongs(byte));
        length.map_or(self.text.len(), |length| at + length)
    }

    /// The position after the first `mark` from `at` on, or the end of the text.
    fn past(&self, at: usize, mark: &str) -> usize {
        let found = self.rest(at).find(mark);
        found.map_or(self.text.len(), |offset| at + offset + mark.len())
    }

    /// Kind and end of the token at the present position. The order matters: the delimiter wins over everything, as in
    /// the clients that know one, and comments over operators.
    fn scan(&mut self, first: u8) -> (TokenKind, usize) {
        if let Some(end) = self.statement_end(self.at) {
            return (TokenKind::StatementEnd, end);
        }
        if let Some(end) = self.client_command() {
            return (TokenKind::ClientCommand, end);
        }
        let at = self.at;
        if is_space(first) {
            (TokenKind::Whitespace, self.run(at, is_space))
        } else if starts_word(first) {
            let prefixed = self.prefixed(at);
            prefixed.unwrap_or_else(|| (TokenKind::Word, self.word_end(at)))
        } else {
            self.comment(at)
                .or_else(|| self.quoted(at))
                .or_else(|| self.number(at))
                .or_else(|| self.parameter(at))
                .unwrap_or_else(|| self.symbol(at))
        }
    }
}

impl Iterator for Lexer<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let first = self.byte(self.at)?;
        let (kind, end) = self.scan(first);
        let span = Span::new(self.at, end);
        self.at = end;
        self.statement_start = match kind {
            TokenKind::StatementEnd | TokenKind::ClientCommand => true,
            kind => self.statement_start && kind.is_trivia(),
        };
        Some(Token { kind, span })
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c)
}
