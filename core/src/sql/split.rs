//! Cutting a text into statements.

use super::Lexer;
use super::LexicalRules;
use super::Span;
use super::Token;
use super::TokenKind;
use super::Unclosed;
use super::block::Block;
use super::closed;

/// One statement of a text, or the trivia after the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatementSlice {
    /// Everything from the end of the slice before: comments and client commands in front, the statement, its end mark.
    /// The slices of a text, put together, are the text.
    pub span: Span,
    /// The statement itself, from its first to its last significant token, without the end mark. Empty when there is
    /// none: nothing to send.
    pub body: Span,
}

/// Cuts a text into statements. Never fails: what no end mark ends reaches to the end of the text.
///
/// ```
/// use limbeck_core::sql::{LexicalRules, split};
///
/// let text = "-- first\nDROP TABLE a; DROP TABLE b;\n";
/// let statements: Vec<_> = split(text, &LexicalRules::STANDARD)
///     .into_iter()
///     .map(|slice| slice.body.slice(text))
///     .collect();
/// assert_eq!(statements, ["DROP TABLE a", "DROP TABLE b", ""]);
/// ```
pub fn split(text: &str, rules: &LexicalRules) -> Vec<StatementSlice> {
    split_within(text, Span::new(0, text.len()), rules)
}

/// Like [`split`], for the part of `text` that `span` covers. The spans of the answer count from the start of `text`;
/// there are none for a span that lies outside of it or cuts a character.
pub fn split_within(text: &str, span: Span, rules: &LexicalRules) -> Vec<StatementSlice> {
    cut(text, span, rules, Lexer::within(text, span, rules))
}

/// The same of a text in which everything is closed.
///
/// # Errors
/// A comment, string or quoted name goes on to the end of the span.
pub fn split_closed(text: &str, span: Span, rules: &LexicalRules) -> Result<Vec<StatementSlice>, Unclosed> {
    closed(text, span, rules, |tokens| cut(text, span, rules, tokens))
}

/// Cuts the part of a text whose tokens are these.
fn cut(
    text: &str,
    span: Span,
    rules: &LexicalRules,
    tokens: impl Iterator<Item = Token>,
) -> Vec<StatementSlice> {
    if text.get(span.start..span.end).is_none() {
        return Vec::new();
    }
    let mut slices = Vec::new();
    let mut start = span.start;
    let mut body: Option<Span> = None;
    let mut block = Block::new(rules.block_bodies);
    for token in tokens {
        match token.kind {
            TokenKind::Whitespace | TokenKind::Comment | TokenKind::ClientCommand => {}
            TokenKind::StatementEnd if !block.holds_end_mark() => {
                slices.push(slice(start, token.span.end, body.take(), token.span.start));
                start = token.span.end;
                block = Block::new(rules.block_bodies);
            }
            _ => {
                body = Some(body.map_or(token.span, |body| body.to(token.span)));
                block.see(token, text);
            }
        }
    }
    if start < span.end {
        slices.push(slice(start, span.end, body, span.end));
    }
    slices
}

fn slice(start: usize, end: usize, body: Option<Span>, empty_at: usize) -> StatementSlice {
    StatementSlice {
        span: Span::new(start, end),
        body: body.unwrap_or(Span::new(empty_at, empty_at)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::sql::test_rules::ALL;
    use crate::sql::test_rules::MYSQL;
    use crate::sql::test_rules::POSTGRES;
    use crate::sql::test_rules::SQLITE;
    use crate::sql::test_rules::sql_like;

    /// Checks the statements of `text` that are not empty.
    fn check(rules: &LexicalRules, text: &str, expected: &[&str]) {
        let slices = split(text, rules);
        let bodies = slices.iter().map(|slice| slice.body.slice(text));
        let statements: Vec<_> = bodies.filter(|body| !body.is_empty()).collect();
        assert_eq!(statements, expected, "of {text:?}");
    }

    #[test]
    fn end_marks_end_statements() {
        let rules = &LexicalRules::STANDARD;
        check(rules, "", &[]);
        check(rules, " ; ;; -- a;\n;", &[]);
        check(rules, "a; -- b;\n c /* ; */ d", &["a", "c /* ; */ d"]);
        check(rules, "a ';' b; \";\"", &["a ';' b", "\";\""]);
        check(
            rules,
            "CREATE TRIGGER t BEGIN a; END;",
            &["CREATE TRIGGER t BEGIN a", "END"],
        );
    }

    #[test]
    fn slices_carry_what_stands_before_the_statement() {
        let text = "-- one\na ; -- two\n b";
        let slices = split(text, &LexicalRules::STANDARD);
        let shown: Vec<_> = slices
            .iter()
            .map(|slice| (slice.span.slice(text), slice.body.slice(text)))
            .collect();
        assert_eq!(shown, [("-- one\na ;", "a"), (" -- two\n b", "b")]);
    }

    #[test]
    fn spans_of_a_part_count_from_the_start_of_the_text() {
        let text = "x; a; b; y";
        let slices = split_within(text, Span::new(3, 8), &LexicalRules::STANDARD);
        let shown: Vec<_> = slices.iter().map(|slice| slice.span.slice(text)).collect();
        assert_eq!(shown, ["a;", " b;"]);
        assert_eq!(split_within(text, Span::new(3, 80), &LexicalRules::STANDARD), []);
    }

    #[test]
    fn triggers_of_sqlite_end_after_their_last_statement() {
        let trigger = "CREATE TEMP TRIGGER t AFTER UPDATE ON a WHEN CASE new.x WHEN 1 THEN 0 END BEGIN
            UPDATE b SET x = CASE WHEN new.x > 1 THEN 'a;' ELSE 'b' END;
            DELETE FROM c WHERE y = CASE z WHEN 1 THEN 2 END; -- END;
        END";
        check(&SQLITE, &format!("{trigger};SELECT 1;"), &[trigger, "SELECT 1"]);
        check(
            &SQLITE,
            &format!("explain query plan {trigger} ;b"),
            &[&format!("explain query plan {trigger}"), "b"],
        );
        check(
            &SQLITE,
            "CREATE TRIGGER [end] BEFORE DELETE ON [;] BEGIN SELECT 1; end; b",
            &[
                "CREATE TRIGGER [end] BEFORE DELETE ON [;] BEGIN SELECT 1; end",
                "b",
            ],
        );
        check(
            &SQLITE,
            "BEGIN; a; END; DROP TRIGGER t; CREATE TABLE trigger (a); END",
            &[
                "BEGIN",
                "a",
                "END",
                "DROP TRIGGER t",
                "CREATE TABLE trigger (a)",
                "END",
            ],
        );
        check(
            &SQLITE,
            "CREATE TRIGGER t BEGIN a; b",
            &["CREATE TRIGGER t BEGIN a; b"],
        );
    }

    #[test]
    fn atomic_bodies_end_with_their_begin() {
        let function = "CREATE OR REPLACE FUNCTION f(a int) RETURNS int LANGUAGE sql BEGIN ATOMIC
            UPDATE t SET x = CASE WHEN a > 1 THEN CASE a WHEN 2 THEN 3 END ELSE 4 END;
            SELECT t.end, 1 AS end, 2 AS \"case\" FROM t;
        END";
        check(&POSTGRES, &format!("{function}; b;"), &[function, "b"]);
        check(
            &POSTGRES,
            "create procedure p() begin atomic a; end; b",
            &["create procedure p() begin atomic a; end", "b"],
        );
        check(
            &POSTGRES,
            "CREATE FUNCTION p() BEGIN ATOMIC END; b",
            &["CREATE FUNCTION p() BEGIN ATOMIC END", "b"],
        );
    }

    #[test]
    fn what_only_looks_like_an_atomic_body_ends_at_its_semicolon() {
        check(
            &POSTGRES,
            "BEGIN; a; END; BEGIN ATOMIC; b",
            &["BEGIN", "a", "END", "BEGIN ATOMIC", "b"],
        );
        check(
            &POSTGRES,
            "CREATE FUNCTION fn_atomic() AS $$ BEGIN; END $$; b",
            &["CREATE FUNCTION fn_atomic() AS $$ BEGIN; END $$", "b"],
        );
        check(
            &POSTGRES,
            "CREATE FUNCTION begin.atomic(begin int) RETURNS int RETURN 1; b",
            &[
                "CREATE FUNCTION begin.atomic(begin int) RETURNS int RETURN 1",
                "b",
            ],
        );
        check(
            &POSTGRES,
            "CREATE VIEW function AS SELECT begin atomic; b",
            &["CREATE VIEW function AS SELECT begin atomic", "b"],
        );
    }

    #[test]
    fn parentheses_of_postgres_hold_statements_together() {
        let rule = "CREATE RULE r AS ON INSERT TO t DO ALSO (INSERT INTO a VALUES (1); DELETE FROM b)";
        check(&POSTGRES, &format!("{rule}; c"), &[rule, "c"]);
        check(&POSTGRES, "a ); b", &["a )", "b"]);
    }

    #[test]
    fn delimiter_lines_are_not_statements() {
        let text = "SELECT 1;\n-- why\nDELIMITER //\nCREATE PROCEDURE p() BEGIN a; b; END//\nDELIMITER ;\nc;DELIMITER $$\n\
                    CREATE TRIGGER t FOR EACH ROW BEGIN SET x = '$$'; END$$ d";
        check(
            &MYSQL,
            text,
            &[
                "SELECT 1",
                "CREATE PROCEDURE p() BEGIN a; b; END",
                "c",
                "CREATE TRIGGER t FOR EACH ROW BEGIN SET x = '$$'; END",
                "d",
            ],
        );
        check(&MYSQL, "DELIMITER //\n", &[]);
        check(
            &MYSQL,
            "/*!50003 CREATE TRIGGER t BEGIN a; END */; b",
            &["/*!50003 CREATE TRIGGER t BEGIN a; END */", "b"],
        );
    }

    #[test]
    fn a_long_text_is_cut_in_one_pass() {
        let text = "INSERT INTO t (a, b) VALUES (1, 'x;y'); -- z\n".repeat(20_000);
        for rules in &ALL {
            assert_eq!(split(&text, rules).len(), 20_001);
        }
    }

    proptest! {
        #[test]
        fn slices_put_together_are_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            rejoins(&String::from_utf8_lossy(&bytes))?;
        }

        #[test]
        fn slices_put_together_are_the_text(text in sql_like()) {
            rejoins(&text)?;
        }

        #[test]
        fn a_slice_is_cut_no_further(text in sql_like()) {
            for rules in ALL.iter().filter(|rules| !rules.delimiter_lines) {
                for slice in split(&text, rules) {
                    let again = split(slice.span.slice(&text), rules);
                    prop_assert_eq!(again.len(), 1);
                    prop_assert_eq!(again[0].body.len(), slice.body.len());
                    prop_assert_eq!(again[0].body.slice(slice.span.slice(&text)), slice.body.slice(&text));
                }
            }
        }
    }

    fn rejoins(text: &str) -> Result<(), TestCaseError> {
        for rules in &ALL {
            let slices = split(text, rules);
            let joined: String = slices.iter().map(|slice| slice.span.slice(text)).collect();
            prop_assert_eq!(&joined, text);
            for slice in slices {
                prop_assert!(slice.span.start <= slice.body.start && slice.body.end <= slice.span.end);
                prop_assert!(text.get(slice.body.start..slice.body.end).is_some());
            }
        }
        Ok(())
    }
}
