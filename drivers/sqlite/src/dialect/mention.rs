//! Whether an expression names a column.

use limbeck_core::schema::Expression;
use limbeck_core::schema::Name;
use limbeck_core::schema::Piece;
use limbeck_core::sql::Lexer;
use limbeck_core::sql::TokenKind;

use super::quoted::unquoted;
use super::rules::RULES;

/// Whether the expression, perhaps SQLite's own text, names the column. A table or collation of the same name counts too:
/// the answer may be a false yes, never a false no.
pub(super) fn mentions(expression: &Expression, column: &Name) -> bool {
    match expression {
        Expression::Portable(run) => run.0.contains(&Piece::Name(column.clone())),
        Expression::Native(text) => Lexer::new(text, &RULES).any(|token| {
            let word = token.span.slice(text);
            match token.kind {
                TokenKind::Word => word.eq_ignore_ascii_case(column.as_str()),
                TokenKind::QuotedName => unquoted(word).eq_ignore_ascii_case(column.as_str()),
                _ => false,
            }
        }),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_every_notation() {
        let column = Name::exact("a \"b\"").unwrap();
        for (text, expected) in [
            ("x > 0 AND \"A \"\"b\"\"\" < 1", true),
            ("[a \"b\"] + 1", true),
            ("`a \"b\"` + 1", true),
            ("'a \"b\"' = a -- a \"b\"", false),
        ] {
            assert_eq!(
                mentions(&Expression::Native(text.to_owned()), &column),
                expected,
                "{text}"
            );
        }
        let plain = Name::exact("size").unwrap();
        assert!(mentions(&Expression::Native("Size>0".to_owned()), &plain));
        assert!(!mentions(&Expression::Native("resize>0".to_owned()), &plain));
    }
}
