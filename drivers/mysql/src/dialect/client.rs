//! Text for the clients `mysql` and `mariadb`.

use std::time::Duration;

use limbeck_core::sql::Lexer;
use limbeck_core::sql::Token;
use limbeck_core::sql::TokenKind;

use super::flavour::Flavour;
use super::rules::RULES;

/// What the crate's page says of the session. All by value: a server's own modes can be any.
pub(super) const fn settings(flavour: Flavour) -> &'static [&'static str] {
    match flavour {
        Flavour::MySql => &[
            "SET NAMES utf8mb4 COLLATE utf8mb4_0900_bin",
            "SET SESSION sql_mode = 'STRICT_ALL_TABLES,STRICT_TRANS_TABLES,PIPES_AS_CONCAT,NO_AUTO_VALUE_ON_ZERO,\
             NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY', \
             time_zone = '+00:00', foreign_key_checks = 1, unique_checks = 1, autocommit = 1",
        ],
        // ONLY_FULL_GROUP_BY refuses columns there that depend on the key, which the others allow.
        Flavour::MariaDb => &[
            "SET NAMES utf8mb4 COLLATE utf8mb4_nopad_bin",
            "SET SESSION sql_mode = 'STRICT_ALL_TABLES,STRICT_TRANS_TABLES,PIPES_AS_CONCAT,NO_AUTO_VALUE_ON_ZERO,\
             NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION', \
             time_zone = '+00:00', foreign_key_checks = 1, unique_checks = 1, autocommit = 1",
        ],
    }
}

/// How long a statement waits for the definition of a table, and for a row: each in whole seconds. Without a limit it is
/// as long as a server waits on which nobody has set anything.
pub(super) fn lock_timeout(limit: Option<Duration>) -> String {
    const YEAR: u64 = 31_536_000;
    const ROW: u64 = 50;
    let (table, row) = limit.map_or((YEAR, ROW), |limit| {
        let seconds = whole_seconds(limit).min(YEAR);
        (seconds, seconds)
    });
    format!("SET SESSION lock_wait_timeout = {table}, innodb_lock_wait_timeout = {row}")
}

/// How long a statement runs: on MySQL one that reads, on MariaDB every one.
pub(super) fn statement_timeout(flavour: Flavour, limit: Option<Duration>) -> String {
    match flavour {
        Flavour::MySql => {
            let limit = limit.map_or(0, |limit| limit.as_millis().clamp(1, u128::from(u32::MAX)));
            format!("SET SESSION max_execution_time = {limit}")
        }
        Flavour::MariaDb => {
            let limit = limit.map_or(0.0, |limit| limit.as_secs_f64());
            format!("SET SESSION max_statement_time = {limit:.3}")
        }
    }
}

/// The engines count in seconds, and 0 is none of the limits that anybody means.
pub(crate) fn whole_seconds(limit: Duration) -> u64 {
    let up = u64::from(limit.subsec_nanos() > 0);
    limit.as_secs().saturating_add(up).max(1)
}

/// A statement with its end: another one than `;` when there is a `;` in it.
///
/// The client takes two things for commands of its own that stand in the middle of a statement, outside of quotes: a
/// backslash, but for `\N`, and the letters `delimiter` before a blank, be they the end of a word. A blank after the one
/// and a tab after the other stop that and mean nothing to the server.
pub(super) fn statement(sql: &str) -> String {
    let mut text = String::with_capacity(sql.len() + 1);
    let mut has_end = false;
    for token in Lexer::new(sql, &RULES) {
        let word = token.span.slice(sql);
        let rest = sql.get(token.span.end..).unwrap_or_default();
        text.push_str(word);
        if is_command(token, word, rest) {
            text.push(' ');
        } else if ends_as_command(token, word) && rest.starts_with(' ') {
            text.push('\t');
        }
        has_end |= match token.kind {
            TokenKind::StatementEnd => true,
            TokenKind::ExecutableComment => word.contains(';'),
            _ => false,
        };
    }
    if !has_end {
        text.push(';');
        return text;
    }
    let mut end = "//".to_owned();
    while text.contains(&end) {
        end.push('/');
    }
    format!("DELIMITER {end}\n{text}\n{end}\nDELIMITER ;")
}

fn is_command(token: Token, word: &str, rest: &str) -> bool {
    token.kind == TokenKind::Unknown && word == "\\" && !rest.starts_with(['N', ' ', '\t', '\n'])
}

fn ends_as_command(token: Token, word: &str) -> bool {
    const COMMAND: &str = "delimiter";
    let start = word.len().checked_sub(COMMAND.len());
    token.kind == TokenKind::Word
        && start
            .and_then(|start| word.get(start..))
            .is_some_and(|end| end.eq_ignore_ascii_case(COMMAND))
}

#[cfg(test)]
mod tests {
    use super::statement;

    #[test]
    fn a_semicolon_inside_needs_another_end() {
        assert_eq!(statement("SELECT ';', `;` /* ; */"), "SELECT ';', `;` /* ; */;");
        insta::assert_snapshot!(
            statement("CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN SET new.b = 1; END"),
            @r"
        DELIMITER //
        CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN SET new.b = 1; END
        //
        DELIMITER ;
        "
        );
        let paths = statement("BEGIN NOT ATOMIC SELECT 'a//b///'; END");
        assert!(
            paths.starts_with("DELIMITER ////\n") && paths.ends_with("\n////\nDELIMITER ;"),
            "{paths}"
        );
    }

    #[test]
    fn commands_of_the_client_are_none() {
        assert_eq!(
            statement(r"SELECT '\c', \N, \! reboot"),
            r"SELECT '\c', \N, \ ! reboot;"
        );
        assert_eq!(
            statement("SELECT a.Delimiter AS b, 'delimiter x', `my delimiter x`, delimiters FROM a"),
            "SELECT a.Delimiter\t AS b, 'delimiter x', `my delimiter x`, delimiters FROM a;"
        );
    }
}
