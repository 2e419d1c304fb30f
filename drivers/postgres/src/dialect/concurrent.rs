//! Statements that let others work and wait for them instead.

use limbeck_core::sql::Case;
use limbeck_core::sql::Tokens;

use super::rules::RULES;

/// CREATE INDEX, DROP INDEX, REINDEX, REFRESH and DETACH PARTITION with the word CONCURRENTLY. What they wait for is the
/// end of older transactions, and a limit for it leaves an index behind that is marked as invalid.
pub(super) fn is(sql: &str) -> bool {
    const FIRST: [&str; 5] = ["CREATE", "DROP", "REINDEX", "REFRESH", "ALTER"];
    let tokens = Tokens::new(sql, &RULES, Case::Ignored);
    FIRST.iter().any(|word| tokens.is(word)) && tokens.has("CONCURRENTLY")
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
