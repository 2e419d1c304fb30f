//! The tokens of a text that mean something.

use limbeck_core::schema::Name;
use limbeck_core::sql::Lexer;
use limbeck_core::sql::TokenKind;

use super::spelling;
use crate::dialect::RULES;
use crate::dialect::unquoted;

pub(crate) fn significant(text: &str) -> impl Iterator<Item = (TokenKind, &str)> {
    Lexer::new(text, &RULES)
        .filter(|token| !token.kind.is_trivia())
        .map(move |token| (token.kind, token.span.slice(text)))
}

/// The text without the blanks and comments around it: a comment at its end would hide what is written behind it.
pub(crate) fn bare(text: &str) -> &str {
    let mut tokens = Lexer::new(text, &RULES).filter(|token| !token.kind.is_trivia());
    let Some(first) = tokens.next() else {
        return "";
    };
    first.span.to(tokens.last().unwrap_or(first).span).slice(text)
}

/// The columns that a text mentions in any notation, each once, in the order of their first mention.
pub(crate) fn mentioned(text: &str, columns: &[Name]) -> Vec<Name> {
    let mut mentioned: Vec<Name> = Vec::new();
    for (kind, token) in significant(text) {
        if !matches!(kind, TokenKind::Word | TokenKind::QuotedName) {
            continue;
        }
        let column = spelling::find(&unquoted(token), columns);
        if let Some(column) = column.filter(|column| !mentioned.contains(column)) {
            mentioned.push(column.clone());
        }
    }
    mentioned
}

/// A token as it is compared with others: the case of a word and the quotes around a name do not count.
pub(crate) fn comparable((kind, token): (TokenKind, &str)) -> (TokenKind, String) {
    match kind {
        TokenKind::Word | TokenKind::QuotedName => (TokenKind::Word, unquoted(token).to_ascii_lowercase()),
        TokenKind::String if !token.starts_with('\'') => (kind, token.to_ascii_lowercase()),
        _ => (kind, token.to_owned()),
    }
}
