//! Defaults.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::render;
use limbeck_core::schema::Expression;
use limbeck_core::schema::Piece;
use limbeck_core::sql::Lexer;
use limbeck_core::sql::TokenKind;

use super::rules::RULES;
use super::traits::SQLITE;

/// What SQLite makes of a default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DefaultKind {
    /// The word NULL.
    Null,
    /// A string, a number, TRUE or FALSE.
    Literal,
    /// `CURRENT_TIMESTAMP` and its kin.
    Clock,
    /// Anything else: it stands in parentheses.
    Computed,
}

/// `DEFAULT …`
pub(super) fn clause(default: &Expression, context: &RenderContext<'_>) -> Result<String, RenderError> {
    let text = SQLITE.expression(default, context)?;
    Ok(match kind(default) {
        DefaultKind::Computed => format!("DEFAULT ({text})"),
        _ => format!("DEFAULT {text}"),
    })
}

/// What SQLite makes of this default, which may come from its catalogue.
pub(super) fn kind(default: &Expression) -> DefaultKind {
    match default {
        Expression::Portable(run) => match run.0.as_slice() {
            [Piece::Keyword(word)] => kind_of_word(word),
            _ if render::is_plain_literal(default) => DefaultKind::Literal,
            _ => DefaultKind::Computed,
        },
        Expression::Native(text) => kind_of_text(text),
        _ => DefaultKind::Computed,
    }
}

/// What SQLite makes of a default of this text, with its parentheses.
pub(super) fn kind_of_text(text: &str) -> DefaultKind {
    let tokens: Vec<_> = Lexer::new(text, &RULES)
        .filter(|token| !token.kind.is_trivia())
        .map(|token| (token.kind, token.span.slice(text)))
        .collect();
    match tokens.as_slice() {
        [(TokenKind::String | TokenKind::Number, _)]
        | [(TokenKind::Symbol, "-" | "+"), (TokenKind::Number, _)] => DefaultKind::Literal,
        [(TokenKind::Word, word)] => kind_of_word(&word.to_ascii_uppercase()),
        _ => DefaultKind::Computed,
    }
}

fn kind_of_word(word: &str) -> DefaultKind {
    match word {
        "NULL" => DefaultKind::Null,
        "TRUE" | "FALSE" => DefaultKind::Literal,
        "CURRENT_DATE" | "CURRENT_TIME" | "CURRENT_TIMESTAMP" => DefaultKind::Clock,
        _ => DefaultKind::Computed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_the_catalogue_is_understood() {
        for (text, expected) in [
            ("NULL", DefaultKind::Null),
            ("'it''s'", DefaultKind::Literal),
            ("X'00'", DefaultKind::Literal),
            (" - 1.5e3 ", DefaultKind::Literal),
            ("true", DefaultKind::Literal),
            ("current_timestamp", DefaultKind::Clock),
            ("1 + 1", DefaultKind::Computed),
            ("upper('x')", DefaultKind::Computed),
            ("", DefaultKind::Computed),
        ] {
            assert_eq!(kind(&Expression::Native(text.to_owned())), expected, "{text}");
        }
    }
}
