//! Blanks, comments and the case of keywords change nothing.

use limbeck_core::dialect::Dialect;
use limbeck_core::sql::Lexer;
use limbeck_core::sql::TokenKind;
use limbeck_sqlite::SQLITE;
use proptest::prelude::*;

use super::made_by;

const TABLES: &str = r#"
    CREATE TABLE parent (id INTEGER PRIMARY KEY AUTOINCREMENT, "name" TEXT COLLATE NOCASE UNIQUE ON CONFLICT IGNORE);
    CREATE TABLE [child] (
        a DOUBLE PRECISION DEFAULT - 1.5 CHECK (a < 5) CONSTRAINT "x y" CHECK (a IS NOT NULL OR b = ')'),
        b VARCHAR ( 9 ) NOT NULL DEFAULT ( 'it''s' || '(' ) REFERENCES parent ( name ) ON DELETE SET NULL
            DEFERRABLE INITIALLY DEFERRED,
        c NUMERIC(10, 2) GENERATED ALWAYS AS (a * 2) STORED,
        d TEXT CONSTRAINT enum_child_d CHECK ("d" IN ('one', 'two')),
        CONSTRAINT pk PRIMARY KEY (a, b DESC), UNIQUE (`b`, a), CHECK (length(b) > 0) ON CONFLICT ABORT,
        FOREIGN KEY (a, d) REFERENCES [child] (a, b) MATCH SIMPLE ON UPDATE CASCADE
    ) WITHOUT ROWID;
    CREATE UNIQUE INDEX "i" ON child (a DESC, (lower(b)) ASC, c) WHERE d <> 'one' AND a > 0;
    CREATE VIEW v (x, "y") AS SELECT c.a, count(*) AS n FROM child AS c WHERE c.b = 'x' GROUP BY c.a
"#;

/// What may stand between two tokens.
const BETWEEN: [&str; 6] = [" ", "\n\t", "/* ) ' */", " -- ( \"\n", "/**/", "\r\n"];

fn spaced(choices: &[usize]) -> String {
    let mut choices = choices.iter().cycle();
    let mut text = String::new();
    for token in Lexer::new(TABLES, SQLITE.lexical_rules()).filter(|token| !token.kind.is_trivia()) {
        let choice = choices.next().unwrap();
        let word = token.span.slice(TABLES);
        text.push_str(BETWEEN[choice % BETWEEN.len()]);
        if token.kind == TokenKind::Word && is_keyword(word) && choice.is_multiple_of(2) {
            text.push_str(&word.to_ascii_lowercase());
        } else {
            text.push_str(word);
        }
    }
    text
}

/// In the tables above only keywords and types are upper case. Types and collations are kept as they are spelt.
fn is_keyword(word: &str) -> bool {
    word.len() > 1 && word != "NOCASE" && word.chars().all(|letter| letter.is_ascii_uppercase())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn spacing_says_nothing(choices in prop::collection::vec(0..12_usize, 40)) {
        prop_assert_eq!(made_by(&spaced(&choices)), made_by(TABLES));
    }
}
