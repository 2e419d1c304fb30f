//! Expressions, portable where portable SQL says exactly the same.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::Version;
use limbeck_core::operation::Standing;
use limbeck_core::operation::parse_expression;
use limbeck_core::schema::Expression;
use limbeck_core::schema::Name;
use limbeck_core::schema::Piece;
use limbeck_core::schema::TokenRun;
use limbeck_core::sql::Lexer;
use limbeck_core::sql::TokenKind;

use crate::dialect::RULES;
use crate::dialect::SQLITE;
use crate::text::bare;
use crate::text::comparable;
use crate::text::significant;

/// An expression of a table with these columns.
pub(super) fn read(text: &str, standing: Standing, columns: &[Name]) -> Expression {
    match portable(text, standing) {
        Some(run) if names(&run).all(|name| columns.contains(name)) => Expression::Portable(run),
        _ => Expression::Native(bare(text).to_owned()),
    }
}

/// Where the last token of a text begins, and its text when it is a word.
pub(super) fn last_word(text: &str) -> (usize, &str) {
    let last = Lexer::new(text, &RULES)
        .filter(|token| !token.kind.is_trivia())
        .last();
    match last {
        Some(token) if token.kind == TokenKind::Word => (token.span.start, token.span.slice(text)),
        _ => (text.len(), ""),
    }
}

/// The portable form of a text, when there is one that the dialect writes with the same tokens. Whether its names name
/// anything is not looked at: SQLite takes a quoted name that is none for a string.
pub(super) fn portable(text: &str, standing: Standing) -> Option<TokenRun> {
    let run = parse_expression(text, standing).ok()?;
    let context = RenderContext::new(Version::new(3, 35, 0));
    let written = SQLITE.token_run(&run, &context).ok()?;
    are_alike(text, &written).then_some(run)
}

/// The names that a run mentions.
pub(super) fn names(run: &TokenRun) -> impl Iterator<Item = &Name> {
    run.0.iter().filter_map(|piece| match piece {
        Piece::Name(name) => Some(name),
        _ => None,
    })
}

/// Whether two texts have the same tokens but for blanks, comments, case of words, and quotes around names.
fn are_alike(one: &str, other: &str) -> bool {
    significant(one)
        .map(comparable)
        .eq(significant(other).map(comparable))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_portable(text: &str) -> bool {
        let columns = [Name::exact("a").unwrap(), Name::exact("B").unwrap()];
        matches!(read(text, Standing::Row, &columns), Expression::Portable(_))
    }

    #[test]
    fn what_portable_sql_says_exactly_is_portable() {
        for text in [
            "a > 0",
            "\"a\">0 /* why */ AND \"B\" IS NULL",
            "lower(a) = 'x'",
            "(a) + 1 < 2",
        ] {
            assert!(is_portable(text), "{text}");
        }
    }

    #[test]
    fn everything_else_is_not() {
        for text in [
            "[a] > 0",
            "`a` > 0",
            "B > 0",
            "a = \"text\"",
            "a GLOB 'x*'",
            "a == 1",
            "typeof(a) = 'text'",
            "CAST(a AS VARCHAR(10)) = 'x'",
            "CAST(a AS DATE) > 0",
            "a IN (1",
        ] {
            assert!(!is_portable(text), "{text}");
        }
    }
}
