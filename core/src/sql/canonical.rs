//! The canonical form of SQL, which checksums are taken over.

use super::Lexer;
use super::LexicalRules;
use super::TokenKind;

/// Adds the canonical tokens of `sql` to `out`, as bytes: a kind (1 byte), a length (8 bytes, little endian), the
/// text (that many bytes). Two texts with the same tokens mean the same to the server.
///
/// Comments, white space, line ends, the case of unquoted words and client commands do not count; names in quotes,
/// literals, numbers and comments that the server reads do. Every end mark is the same token, whatever the delimiter.
/// Words fold by ASCII and without a list of keywords, so that no release changes old sums.
///
/// ```
/// use limbeck_core::sql::{LexicalRules, write_canonical};
///
/// let canonical = |sql: &str| {
///     let mut bytes = Vec::new();
///     write_canonical(sql, &LexicalRules::STANDARD, &mut bytes);
///     bytes
/// };
/// assert_eq!(canonical("SELECT 'a' -- why"), canonical("select\n  'a'"));
/// assert_ne!(canonical("SELECT 'a'"), canonical("SELECT 'A'"));
/// ```
pub fn write_canonical(sql: &str, rules: &LexicalRules, out: &mut Vec<u8>) {
    for token in Lexer::new(sql, rules) {
        let Some(tag) = tag(token.kind) else { continue };
        let text = match token.kind {
            TokenKind::StatementEnd => "",
            _ => token.span.slice(sql),
        };
        out.push(tag);
        out.extend_from_slice(&(text.len() as u64).to_le_bytes());
        let start = out.len();
        out.extend_from_slice(text.as_bytes());
        let folded = start..start + folded(token.kind, text);
        if let Some(letters) = out.get_mut(folded) {
            letters.make_ascii_lowercase();
        }
    }
}

/// How many bytes at the beginning of a token are a keyword, whose case does not count: a whole word, and the letters
/// before a quote, as `X'ff'` is `x'ff'`.
fn folded(kind: TokenKind, text: &str) -> usize {
    match kind {
        TokenKind::Word => text.len(),
        TokenKind::String | TokenKind::QuotedName => {
            text.find(['\'', '"', '`', '[', '$']).unwrap_or_default()
        }
        _ => 0,
    }
}

/// These numbers are part of the checksum format `tokens1`: never change one, never use one again.
fn tag(kind: TokenKind) -> Option<u8> {
    match kind {
        TokenKind::Whitespace | TokenKind::Comment | TokenKind::ClientCommand => None,
        TokenKind::Word => Some(1),
        TokenKind::QuotedName => Some(2),
        TokenKind::String => Some(3),
        TokenKind::Number => Some(4),
        TokenKind::Parameter => Some(5),
        TokenKind::Symbol => Some(6),
        TokenKind::StatementEnd => Some(7),
        TokenKind::ExecutableComment => Some(8),
        TokenKind::Unknown => Some(9),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::sql::test_rules::ALL;
    use crate::sql::test_rules::MYSQL;
    use crate::sql::test_rules::POSTGRES;
    use crate::sql::test_rules::sql_like;

    fn canonical(sql: &str, rules: &LexicalRules) -> Vec<u8> {
        let mut bytes = Vec::new();
        write_canonical(sql, rules, &mut bytes);
        bytes
    }

    #[test]
    fn the_bytes_are_kind_length_text() {
        let expected = [
            b"\x01\x01\0\0\0\0\0\0\0a".as_slice(),
            b"\x04\x02\0\0\0\0\0\0\x0012",
            b"\x07\0\0\0\0\0\0\0\0",
        ];
        assert_eq!(canonical("A 12;", &LexicalRules::STANDARD), expected.concat());
    }

    #[test]
    fn what_does_not_count() {
        let same = [
            (POSTGRES, "SELECT a\r\nFROM b", "select /* x */ A from B -- c"),
            (POSTGRES, "SELECT E'a' X'ff' U&\"a\"", "SELECT e'a' x'ff' u&\"a\""),
            (POSTGRES, "a/**/+b", "a + b"),
            (MYSQL, "DELIMITER //\nSELECT 1// ", "SELECT 1;"),
            (MYSQL, "# a\nSELECT `b`", "SELECT `b`-- c"),
        ];
        for (rules, one, other) in same {
            assert_eq!(
                canonical(one, &rules),
                canonical(other, &rules),
                "{one} and {other}"
            );
        }
    }

    #[test]
    fn what_counts() {
        let different = [
            (POSTGRES, "SELECT 'a'", "SELECT 'A'"),
            (POSTGRES, "SELECT \"a\"", "SELECT \"A\""),
            (POSTGRES, "SELECT \"a\"", "SELECT a"),
            (POSTGRES, "SELECT 'a  b'", "SELECT 'a b'"),
            (POSTGRES, "SELECT $$a$$", "SELECT $$A$$"),
            (POSTGRES, "SELECT $x$a$x$", "SELECT $X$a$X$"),
            (POSTGRES, "SELECT 1.0", "SELECT 1.00"),
            (POSTGRES, "SELECT ab", "SELECT a b"),
            (POSTGRES, "SELECT 1", "SELECT 1;"),
            (POSTGRES, "SELECT 'É'", "SELECT 'é'"),
            (MYSQL, "SELECT /*!50001 a */ 1", "SELECT 1"),
            (MYSQL, "SELECT /*+ A */ 1", "SELECT 1"),
        ];
        for (rules, one, other) in different {
            assert_ne!(
                canonical(one, &rules),
                canonical(other, &rules),
                "{one} and {other}"
            );
        }
    }

    proptest! {
        /// Every blank and comment becomes another one, every word another case: the sum stays.
        #[test]
        fn layout_and_case_do_not_count(text in sql_like(), filler in prop::sample::select(vec![" ", "\n", "\r\n\t", " /* x; */ ", " -- '\n"])) {
            for rules in ALL.iter().filter(|rules| !rules.delimiter_lines) {
                let changed: String = Lexer::new(&text, rules)
                    .map(|token| match token.kind {
                        TokenKind::Whitespace | TokenKind::Comment => filler.to_owned(),
                        TokenKind::Word => token.span.slice(&text).to_ascii_uppercase(),
                        _ => token.span.slice(&text).to_owned(),
                    })
                    .collect();
                prop_assert_eq!(canonical(&text, rules), canonical(&changed, rules), "{:?} and {:?}", text, changed);
            }
        }

        /// A text of tokens is never the text of others.
        #[test]
        fn a_changed_literal_counts(before in sql_like(), literal in "[a-z]{1,5}", other in "[a-z]{1,5}") {
            prop_assume!(literal != other);
            for rules in &ALL {
                let ends_in_the_open = Lexer::new(&format!("{before} "), rules).last().is_some_and(|last| last.kind == TokenKind::Whitespace);
                if ends_in_the_open {
                    let with = |literal: &str| canonical(&format!("{before} '{literal}'"), rules);
                    prop_assert_ne!(with(&literal), with(&other));
                }
            }
        }
    }
}
