//! The tokens that mean something, with executable comments opened.

use super::Lexer;
use super::LexicalRules;
use super::Span;
use super::Token;
use super::TokenKind;

/// A significant token with its text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece<'a> {
    pub(super) kind: TokenKind,
    pub(super) span: Span,
    pub(super) text: &'a str,
}

impl Piece<'_> {
    /// Whether this is one of the keywords (or an unquoted name spelt like one).
    pub(super) fn is(self, keywords: &[&str]) -> bool {
        self.kind == TokenKind::Word
            && keywords
                .iter()
                .any(|keyword| self.text.eq_ignore_ascii_case(keyword))
    }

    pub(super) fn is_symbol(self, symbol: &str) -> bool {
        self.kind == TokenKind::Symbol && self.text == symbol
    }
}

/// The tokens of `sql` without trivia, end marks and client commands. What stands in `/*! … */` counts as if it stood
/// alone, because a server may run it; hints and deeper comments do not.
pub(super) fn significant<'a>(sql: &'a str, rules: &'a LexicalRules) -> impl Iterator<Item = Piece<'a>> {
    let opened = Lexer::new(sql, rules).flat_map(move |token| {
        let inner = executable_code(token, sql);
        let outer = inner.is_none().then_some(token);
        outer.into_iter().chain(
            inner
                .into_iter()
                .flat_map(move |span| Lexer::within(sql, span, rules)),
        )
    });
    opened
        .filter(|token| says_something(token.kind))
        .map(move |token| Piece {
            kind: token.kind,
            span: token.span,
            text: token.span.slice(sql),
        })
}

fn says_something(kind: TokenKind) -> bool {
    !kind.is_trivia()
        && !matches!(
            kind,
            TokenKind::StatementEnd | TokenKind::ClientCommand | TokenKind::ExecutableComment
        )
}

/// The code in `/*!50001 code */`; nothing for other tokens and for hints.
fn executable_code(token: Token, sql: &str) -> Option<Span> {
    if token.kind != TokenKind::ExecutableComment {
        return None;
    }
    let text = token.span.slice(sql);
    let marked = text.strip_prefix("/*!").or_else(|| text.strip_prefix("/*M!"))?;
    let code = marked.trim_start_matches(|character: char| character.is_ascii_digit());
    let start = token.span.end - code.len();
    let end = token.span.end - if code.ends_with("*/") { 2 } else { 0 };
    Some(Span::new(start, end))
}
