//! Statements that let others work and wait for them instead.

use limbeck_core::sql::Lexer;
use limbeck_core::sql::TokenKind;

use super::rules::RULES;

/// CREATE INDEX, DROP INDEX, REINDEX, REFRESH and DETACH PARTITION with the word CONCURRENTLY. What they wait for is the
/// end of older transactions, and a limit for it leaves an index behind that is marked as invalid.
pub(super) fn is(sql: &str) -> bool {
    const WORD: &str = "concurrently";
    let mut words = Lexer::new(sql, &RULES).filter(|token| token.kind == TokenKind::Word);
    let first = words
        .next()
        .map(|token| token.span.slice(sql).to_ascii_uppercase());
    matches!(
        first.as_deref(),
        Some("CREATE" | "DROP" | "REINDEX" | "REFRESH" | "ALTER")
    ) && words.any(|token| token.span.slice(sql).eq_ignore_ascii_case(WORD))
}

#[cfg(test)]
mod tests {
    use super::is;

    #[test]
    fn only_the_word_itself_counts() {
        assert!(is("create unique index concurrently if not exists ix on t (a)"));
        assert!(is("REINDEX (VERBOSE) INDEX CONCURRENTLY ix"));
        assert!(!is("CREATE INDEX ix ON t (a) -- not concurrently"));
        assert!(!is("SELECT concurrently FROM t"));
    }
}
