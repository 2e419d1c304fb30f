//! Whether an expression names something.

use limbeck_core::schema::Expression;
use limbeck_core::schema::Name;
use limbeck_core::schema::Piece;
use limbeck_core::sql::Lexer;
use limbeck_core::sql::TokenKind;

use super::rules::RULES;

/// Whether the expression, perhaps the engine's own text, names the column or table. Something else of the same name
/// counts too: the answer may be a false yes, never a false no.
pub(super) fn mentions(expression: &Expression, name: &Name) -> bool {
    match expression {
        Expression::Portable(run) => run.0.contains(&Piece::Name(name.clone())),
        Expression::Native(text) => Lexer::new(text, &RULES).any(|token| {
            let word = token.span.slice(text);
            match token.kind {
                TokenKind::Word => word.eq_ignore_ascii_case(name.as_str()),
                TokenKind::QuotedName => unquoted(word).eq_ignore_ascii_case(name.as_str()),
                _ => false,
            }
        }),
        _ => true,
    }
}

fn unquoted(name: &str) -> String {
    let inner = name.get(1..name.len().saturating_sub(1)).unwrap_or_default();
    inner.replace("``", "`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_every_notation() {
        let column = Name::exact("a `b").unwrap();
        for (text, expected) in [
            ("x > 0 AND `A ``b` < 1", true),
            ("'a `b' = a -- a `b", false),
            ("concat(\"a `b\")", false),
        ] {
            let native = Expression::Native(text.to_owned());
            assert_eq!(mentions(&native, &column), expected, "{text}");
        }
        let plain = Name::exact("size").unwrap();
        assert!(mentions(&Expression::Native("Size>0".to_owned()), &plain));
        assert!(!mentions(&Expression::Native("resize>0".to_owned()), &plain));
    }
}
