//! Text for psql.

use limbeck_core::sql::Lexer;
use limbeck_core::sql::TokenKind;

use super::rules::RULES;

/// What a `.psqlrc` may have set otherwise: psql must stop at the first error, leave transactions to the file, and take
/// a line end for a blank.
pub(super) const PROLOGUE: &[&str] = &[
    r"\set ON_ERROR_STOP on",
    r"\set ON_ERROR_ROLLBACK off",
    r"\set AUTOCOMMIT on",
    r"\set SINGLELINE off",
];

/// The text of the file is UTF-8, and what it writes means the same in every database.
pub(super) const SETTINGS: &[&str] = &[
    "SET client_encoding TO 'UTF8'",
    "SET TIME ZONE 'UTC'",
    "SET DateStyle TO 'ISO'",
    "SET standard_conforming_strings TO on",
];

/// A statement with its end.
///
/// Outside of quotes psql takes `:name` for one of its variables and a backslash for one of its commands. A blank after
/// the mark stops both. It means nothing to the server, which takes `a[1: n]`, and no backslash there at all: such a
/// statement stops psql as it would fail on the server.
pub(super) fn statement(sql: &str) -> String {
    let mut text = String::with_capacity(sql.len() + 1);
    for token in Lexer::new(sql, &RULES) {
        let word = token.span.slice(sql);
        text.push_str(word);
        let is_mark = match token.kind {
            TokenKind::Symbol => word == ":",
            TokenKind::Unknown => word == "\\",
            _ => false,
        };
        let next = sql.get(token.span.end..).and_then(|rest| rest.chars().next());
        if is_mark && next.is_some_and(|next| !next.is_whitespace()) {
            text.push(' ');
        }
    }
    text.push(';');
    text
}

#[cfg(test)]
mod tests {
    use super::statement;

    #[test]
    fn variables_of_psql_are_none() {
        insta::assert_snapshot!(
            statement("SELECT a[1:n], a[:'x'], b::text, f(x := 1), ':n', \":n\", $$:n \\q$$ -- :n"),
            @r#"SELECT a[1: n], a[: 'x'], b::text, f(x := 1), ':n', ":n", $$:n \q$$ -- :n;"#
        );
    }

    #[test]
    fn commands_of_psql_are_none() {
        assert_eq!(
            statement(r"SELECT '\q', E'\\', e'\'\!' \! reboot"),
            r"SELECT '\q', E'\\', e'\'\!' \ ! reboot;"
        );
        assert_eq!(statement(r"SELECT 1 \"), r"SELECT 1 \;");
    }
}
