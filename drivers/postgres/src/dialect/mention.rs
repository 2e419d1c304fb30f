//! Whether an expression names a column.

use limbeck_core::schema::Column;
use limbeck_core::schema::Expression;
use limbeck_core::schema::Name;
use limbeck_core::schema::Piece;
use limbeck_core::schema::Table;
use limbeck_core::sql::Lexer;
use limbeck_core::sql::TokenKind;

use super::rules::RULES;

/// Whether the expression, perhaps PostgreSQL's own text, names the column. A table or function of the same name counts
/// too: the answer may be a false yes, never a false no.
pub(super) fn mentions(expression: &Expression, column: &Name) -> bool {
    match expression {
        Expression::Portable(run) => run.0.contains(&Piece::Name(column.clone())),
        Expression::Native(text) => Lexer::new(text, &RULES).any(|token| {
            let word = token.span.slice(text);
            match token.kind {
                TokenKind::Word => word.to_ascii_lowercase() == column.as_str(),
                TokenKind::QuotedName => {
                    let inner = word.get(1..word.len().saturating_sub(1)).unwrap_or_default();
                    // What U&"…" means is not worked out: it may be any name.
                    !word.starts_with('"') || inner.replace("\"\"", "\"") == column.as_str()
                }
                _ => false,
            }
        }),
        _ => true,
    }
}

/// A generated column that is computed from the column.
pub(super) fn computed_from<'a>(table: &'a Table, column: &Name) -> Option<&'a Column> {
    table.columns.iter().find(|other| {
        let generated = other.generated.as_ref();
        other.name != *column && generated.is_some_and(|generated| mentions(&generated.expression, column))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_every_notation() {
        let column = Name::exact("a \"b\"").unwrap();
        for (text, expected) in [
            ("x > 0 AND \"a \"\"b\"\"\" < 1", true),
            ("'a \"b\"' = a -- a \"b\"", false),
            ("U&\"\\0061\" = 1", true),
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
