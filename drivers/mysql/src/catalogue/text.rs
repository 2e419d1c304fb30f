//! Names and strings as the statements have them.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::render;
use limbeck_core::driver::Row;
use limbeck_core::sql::Lexer;
use limbeck_core::sql::TokenKind;

use crate::dialect::MYSQL;
use crate::dialect::RULES;

/// A name between backticks.
pub(super) fn quoted(name: &str) -> String {
    MYSQL.quote_identifier(name)
}

/// Several names between backticks and parentheses.
pub(super) fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.into_iter().map(quoted).collect();
    format!("({})", names.join(", "))
}

/// A string between quotes. In the sessions of the driver a backslash is an escape.
pub(super) fn string(text: &str) -> String {
    render::string_literal(&text.replace('\\', "\\\\").replace('\0', "\\0"))
}

/// An expression between parentheses, once.
pub(super) fn parenthesised(expression: &str) -> String {
    match is_parenthesised(expression) {
        true => expression.to_owned(),
        false => format!("({expression})"),
    }
}

fn is_parenthesised(expression: &str) -> bool {
    expression.starts_with('(') && enclosed(expression) == Some(expression.len())
}

/// How many bytes there are up to the end of the parentheses that the text begins with.
pub(super) fn enclosed(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for token in Lexer::new(text, &RULES) {
        match token.span.slice(text) {
            "(" => depth = depth.saturating_add(1),
            ")" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return Some(token.span.end);
        }
    }
    None
}

/// Whether a name between backticks is in the text.
pub(super) fn mentions(text: &str, name: &str) -> bool {
    let name = quoted(name);
    Lexer::new(text, &RULES)
        .any(|token| token.kind == TokenKind::QuotedName && token.span.slice(text) == name)
}

/// The text of a column; none where it is NULL or empty.
pub(super) fn some(row: &Row, column: usize) -> Option<&str> {
    row.text(column).filter(|text| !text.is_empty())
}

/// The text of a column; nothing where it is NULL.
pub(super) fn of(row: &Row, column: usize) -> &str {
    row.text(column).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parentheses_stand_around_the_whole_once() {
        assert_eq!(parenthesised("`a` + 1"), "(`a` + 1)");
        assert_eq!(parenthesised("(`a` + ')')"), "(`a` + ')')");
        assert_eq!(parenthesised("(`a`) or (`b`)"), "((`a`) or (`b`))");
    }

    #[test]
    fn a_string_keeps_its_backslashes() {
        assert_eq!(string("it's\\n"), r"'it''s\\n'");
    }

    #[test]
    fn only_names_are_mentioned() {
        assert!(mentions("`a` > 0", "a"));
        assert!(!mentions("'`a`' > 0", "a"));
    }
}
