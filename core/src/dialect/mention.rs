//! Whether an expression names something.

use crate::schema::Expression;
use crate::schema::Name;
use crate::schema::Piece;
use crate::sql::Lexer;
use crate::sql::LexicalRules;
use crate::sql::TokenKind;

/// Whether the expression, perhaps in the engine's own text, names the column or table. Something else of that name, or
/// one that differs in case, counts too: the answer may be a false yes, never a false no.
///
/// ```
/// use limbeck_core::dialect::mentions;
/// use limbeck_core::schema::{Expression, Name};
/// use limbeck_core::sql::LexicalRules;
///
/// let size = Name::exact("size")?;
/// let check = |text: &str| mentions(&Expression::Native(text.to_owned()), &size, &LexicalRules::STANDARD);
/// assert!(check("\"size\" > 0"));
/// assert!(!check("resize > 0 AND note <> 'size'"));
/// # Ok::<(), limbeck_core::schema::NameError>(())
/// ```
pub fn mentions(expression: &Expression, name: &Name, rules: &LexicalRules) -> bool {
    match expression {
        Expression::Portable(run) => run.0.contains(&Piece::Name(name.clone())),
        Expression::Native(text) => Lexer::new(text, rules).any(|token| {
            let word = token.span.slice(text);
            match token.kind {
                TokenKind::Word => word.eq_ignore_ascii_case(name.as_str()),
                // What a notation like U&"…" means is not worked out: it may be any name.
                TokenKind::QuotedName => {
                    unquoted(word).is_none_or(|inner| inner.eq_ignore_ascii_case(name.as_str()))
                }
                _ => false,
            }
        }),
    }
}

/// The name between plain quotes; none for another notation.
fn unquoted(quoted: &str) -> Option<String> {
    let close = match quoted.chars().next()? {
        '[' => ']',
        quote @ ('"' | '`') => quote,
        _ => return None,
    };
    let inner = quoted.get(1..)?.strip_suffix(close)?;
    Some(inner.replace(&format!("{close}{close}"), &close.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_every_notation() {
        let mut rules = LexicalRules::STANDARD;
        rules.backtick_names = true;
        rules.bracket_names = true;
        rules.escape_strings = true;
        let name = Name::exact("a \"b`").unwrap();
        for (text, expected) in [
            ("x > 0 AND \"A \"\"b`\" < 1", true),
            ("[a \"b`] + 1", true),
            ("`a \"b``` + 1", true),
            ("'a \"b`' = a -- a \"b`", false),
            ("U&\"\\0061\" = 1", true),
        ] {
            let native = Expression::Native(text.to_owned());
            assert_eq!(mentions(&native, &name, &rules), expected, "{text}");
        }
        let plain = Name::exact("size").unwrap();
        assert!(mentions(&Expression::Native("Size>0".to_owned()), &plain, &rules));
        assert!(!mentions(
            &Expression::Native("resize>0".to_owned()),
            &plain,
            &rules
        ));
    }
}
