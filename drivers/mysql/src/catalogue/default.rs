//! Defaults.

use limbeck_core::sql::Lexer;
use limbeck_core::sql::TokenKind;

use super::Server;
use super::text;
use crate::dialect::RULES;
use crate::introspect::repaired;
use crate::introspect::unescaped;

/// A default as it stands behind DEFAULT; none where it is NULL.
///
/// MariaDB's catalogue shows each as an expression. MySQL's shows a literal as its bare text and an expression with escapes,
/// and says in `extra` which of them it is.
pub(super) fn read(server: Server, written: &str, column_type: &str, extra: &str) -> Option<String> {
    if server.is_mariadb() {
        return (written != "NULL").then(|| of_expression(written, column_type));
    }
    Some(match extra.contains("DEFAULT_GENERATED") {
        true => of_expression(&expression(server, written), column_type),
        false => of_literal(written, column_type),
    })
}

/// An expression without what MySQL's catalogue does to it.
pub(super) fn expression(server: Server, written: &str) -> String {
    match server.is_mariadb() {
        true => written.to_owned(),
        false => repaired(unescaped(written).unwrap_or_else(|| written.to_owned())),
    }
}

fn of_expression(expression: &str, column_type: &str) -> String {
    match is_literal(expression) || is_clock(expression, column_type) {
        true => expression.to_owned(),
        false => text::parenthesised(expression),
    }
}

/// The present moment stands without parentheses where the column is a moment itself.
fn is_clock(expression: &str, column_type: &str) -> bool {
    let is_moment = ["datetime", "timestamp"]
        .iter()
        .any(|word| column_type.starts_with(word));
    let rest = expression
        .get(.."current_timestamp".len())
        .filter(|word| word.eq_ignore_ascii_case("current_timestamp"))
        .and_then(|word| expression.strip_prefix(word));
    is_moment
        && rest.is_some_and(|rest| {
            let digits = rest
                .strip_prefix('(')
                .and_then(|rest| rest.strip_suffix(')'))
                .unwrap_or(rest);
            digits.chars().all(|letter| letter.is_ascii_digit())
        })
}

fn is_literal(expression: &str) -> bool {
    let unsigned = expression.strip_prefix('-').unwrap_or(expression);
    let mut tokens = Lexer::new(unsigned, &RULES);
    let first = tokens.next().map(|token| token.kind);
    let is_one = matches!(first, Some(TokenKind::String | TokenKind::Number)) && tokens.next().is_none();
    is_one || is_bytes(expression)
}

/// `x'ff'`, `b'1'` or `0xff`.
fn is_bytes(expression: &str) -> bool {
    let inner = ["x'", "X'", "b'", "B'"]
        .iter()
        .find_map(|prefix| expression.strip_prefix(prefix)?.strip_suffix('\''));
    inner
        .or_else(|| expression.strip_prefix("0x"))
        .is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn of_literal(written: &str, column_type: &str) -> String {
    let word = column_type.split(['(', ' ']).next().unwrap_or_default();
    match word {
        "bit" | "binary" | "varbinary" if is_bytes(written) => written.to_owned(),
        "tinyint" | "smallint" | "mediumint" | "int" | "bigint" | "decimal" | "float" | "double" | "year"
            if is_literal(written) =>
        {
            written.to_owned()
        }
        _ => text::string(written),
    }
}

#[cfg(test)]
mod tests {
    use limbeck_core::dialect::Version;

    use super::*;
    use crate::dialect::MARIADB;
    use crate::dialect::MYSQL;

    #[test]
    fn mysql_says_which_are_expressions() {
        let server = Server {
            dialect: &MYSQL,
            version: Version::new(9, 7, 0),
        };
        let found = |written, of, extra| read(server, written, of, extra).unwrap();
        assert_eq!(found("it's", "varchar(9)", ""), "'it''s'");
        assert_eq!(found("-1.5", "decimal(5,2)", ""), "-1.5");
        assert_eq!(found("1", "varchar(9)", ""), "'1'");
        assert_eq!(found("b'101'", "bit(3)", ""), "b'101'");
        assert_eq!(found("0x6162", "varbinary(9)", ""), "0x6162");
        let generated = "DEFAULT_GENERATED";
        assert_eq!(
            found("CURRENT_TIMESTAMP(6)", "datetime(6)", generated),
            "CURRENT_TIMESTAMP(6)"
        );
        assert_eq!(found("now()", "datetime", generated), "(now())");
        assert_eq!(
            found(r"_utf8mb4\'it\\\'s Ã©\'", "text", generated),
            r"(_utf8mb4'it\'s é')"
        );
    }

    #[test]
    fn mariadb_writes_expressions() {
        let server = Server {
            dialect: &MARIADB,
            version: Version::new(11, 8, 0),
        };
        let found = |written, of| read(server, written, of, "");
        assert_eq!(found("NULL", "int(11)"), None);
        assert_eq!(found("'it''s'", "text").as_deref(), Some("'it''s'"));
        assert_eq!(found("-5", "int(11)").as_deref(), Some("-5"));
        assert_eq!(found("rand()", "float").as_deref(), Some("(rand())"));
        assert_eq!(
            found("current_timestamp()", "datetime").as_deref(),
            Some("current_timestamp()")
        );
        assert_eq!(
            found("current_timestamp() + interval 1 day", "datetime").as_deref(),
            Some("(current_timestamp() + interval 1 day)")
        );
        assert_eq!(found("x'00ff'", "binary(2)").as_deref(), Some("x'00ff'"));
    }
}
