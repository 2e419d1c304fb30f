//! COPY between the server and its client, for which a script has no words.

use limbeck_core::dialect::Dialect;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::sql::Lexer;
use limbeck_core::sql::TokenKind;

use crate::dialect::POSTGRES;

/// Refuses a COPY that would wait for the client's rows: nobody sends them, and the session would be stuck.
pub(crate) fn refuse(sql: &str) -> Result<(), DriverError> {
    let mut words = Lexer::new(sql, POSTGRES.lexical_rules())
        .filter(|token| !token.kind.is_trivia())
        .map(|token| (token.kind, token.span));
    let is_copy = words
        .next()
        .is_some_and(|(_, span)| span.slice(sql).eq_ignore_ascii_case("copy"));
    let is_client = |(kind, span): (TokenKind, limbeck_core::sql::Span)| {
        let word = span.slice(sql);
        kind == TokenKind::Word && (word.eq_ignore_ascii_case("stdin") || word.eq_ignore_ascii_case("stdout"))
    };
    if !is_copy || !words.any(is_client) {
        return Ok(());
    }
    Err(DriverError::new(
        DriverErrorKind::Unsupported,
        "COPY from or to the client cannot stand in a revision",
    )
    .with_hint("write the rows as INSERT statements, or load them from a file with `-- limbeck:load`"))
}

#[cfg(test)]
mod tests {
    use super::refuse;

    #[test]
    fn only_the_clients_side_is_refused() {
        assert!(refuse("COPY t (a) FROM stdin;").is_err());
        assert!(refuse("/* x */ copy t TO STDOUT").is_err());
        assert!(refuse("COPY t FROM '/srv/rows.csv'").is_ok());
        assert!(refuse("SELECT 'copy', stdin FROM t").is_ok());
    }
}
