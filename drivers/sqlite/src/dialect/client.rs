//! Text for the `sqlite3` shell.

use limbeck_core::sql::Lexer;
use limbeck_core::sql::StatementClass;
use limbeck_core::sql::TokenKind;
use limbeck_core::sql::classify;

use super::rules::RULES;

/// A statement with its end.
///
/// The shell ends each line of a file in a line feed alone, also within a text. In a statement over rows, the carriage
/// returns that it would leave out are written as `char(13)`.
pub(super) fn statement(sql: &str) -> String {
    if !sql.contains("\r\n") || classify(sql, &RULES) != StatementClass::Rows {
        return format!("{sql};");
    }
    let mut text = String::with_capacity(sql.len() + 64);
    for token in Lexer::new(sql, &RULES) {
        let word = token.span.slice(sql);
        if token.kind == TokenKind::String && word.contains("\r\n") {
            text.push_str(&format!("({})", word.replace("\r\n", "'||char(13)||'\n")));
        } else {
            text.push_str(word);
        }
    }
    text.push(';');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_in_values_survive_the_shell() {
        assert_eq!(statement("SELECT 'a\nb'"), "SELECT 'a\nb';");
        assert_eq!(
            statement("INSERT INTO t (\"a\r\nb\") VALUES ('it''s\r\n', 'x')"),
            "INSERT INTO t (\"a\r\nb\") VALUES (('it''s'||char(13)||'\n'), 'x');"
        );
    }
}
