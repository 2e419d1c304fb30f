//! Laws over random statements.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::sample::select;

use super::grammar::statement;
use super::parse;
use crate::operation::portable_sql;
use crate::sql::Lexer;
use crate::sql::LexicalRules;

/// Parses any text; an error points into it and says something.
fn try_parse(text: &str) -> Result<(), TestCaseError> {
    if let Err(error) = parse(text) {
        prop_assert!(text.get(error.span.start..error.span.end).is_some(), "{error:?}");
        prop_assert!(!error.message.is_empty());
        prop_assert!(error.hint.is_none_or(|hint| !hint.is_empty()));
    }
    Ok(())
}

fn tokens(text: &str) -> Vec<&str> {
    Lexer::new(text, &LexicalRules::STANDARD)
        .map(|token| token.span.slice(text))
        .collect()
}

proptest! {
    #[test]
    fn what_is_printed_is_read_back(text in statement()) {
        let operations = parse(&text);
        prop_assert!(operations.is_ok(), "{text}: {operations:?}");
        for operation in operations.unwrap_or_default() {
            let printed = portable_sql(&operation).map_err(|error| TestCaseError::fail(error.to_string()))?;
            let again = parse(&printed);
            prop_assert_eq!(again, Ok(vec![operation]), "{} printed as {}", text, printed);
        }
    }

    #[test]
    fn any_text_is_survived(text in "\\PC{0,60}") {
        try_parse(&text)?;
        try_parse(&format!("SELECT {text}"))?;
        try_parse(&format!("CREATE TABLE a (b {text}"))?;
    }

    #[test]
    fn broken_statements_are_survived(
        text in statement(),
        at in any::<Index>(),
        with in select(vec!["", "(", ")", ",", "'", "\"", ".", "NOT", "SELECT", "DEFAULT", "IF", "ON", "X''", "*", ";", "é"]),
    ) {
        let mut parts = tokens(&text);
        let at = at.index(parts.len());
        parts[at] = with;
        try_parse(&parts.concat())?;
        try_parse(&parts[..at].concat())?;
        try_parse(&parts[at..].concat())?;
    }

    #[test]
    fn any_row_of_words_is_survived(words in vec(select(vec![
        "CREATE", "TABLE", "ALTER", "ADD", "COLUMN", "INDEX", "ON", "(", ")", ",", "a", "\"b\"", "TEXT", "NUMERIC",
        "DEFAULT", "GENERATED", "ALWAYS", "AS", "IDENTITY", "NOT", "NULL", "SELECT", "FROM", "WHERE", "IN", "LIKE",
        "lower", "CASE", "WHEN", "END", "1", "'x'", "=", "||", "+", "REFERENCES", "SET", "UPDATE", "INSERT", "INTO",
        "VALUES", "JOIN", "UNION", "LIMIT", ".", "*", "OVER", "CHECK", "CONSTRAINT", "ENUM", "sqlite",
    ]), 0..14)) {
        try_parse(&words.join(" "))?;
        try_parse(&words.concat())?;
    }
}
