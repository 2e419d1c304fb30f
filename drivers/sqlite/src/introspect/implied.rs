//! Checks that the dialect adds to a column for its type.

use limbeck_core::schema::DataType;
use limbeck_core::schema::Name;
use limbeck_core::sql::TokenKind;

use crate::dialect::unquoted;
use crate::text::ConstraintKind;
use crate::text::ConstraintText;
use crate::text::significant;

/// The type of a TEXT column for which the dialect writes this check into its definition. The name of the check keeps
/// the names that table and column had then, so only its first word counts.
pub(crate) fn data_type(constraint: &ConstraintText<'_>, column: &Name) -> Option<DataType> {
    let (Some(name), ConstraintKind::Check(text)) = (&constraint.name, &constraint.kind) else {
        return None;
    };
    let tokens: Vec<_> = significant(text).collect();
    let is_column = |(kind, token): &(TokenKind, &str)| {
        *kind == TokenKind::QuotedName && unquoted(token) == column.as_str()
    };
    let is_word = |token: &(TokenKind, &str), word: &str| {
        token.0 == TokenKind::Word && token.1.eq_ignore_ascii_case(word)
    };
    match tokens.as_slice() {
        // Without the first half in tables of earlier releases.
        [function, (_, "("), operand, (_, ")")]
            if name.as_str().starts_with("json_")
                && is_word(function, "json_valid")
                && is_column(operand) =>
        {
            Some(DataType::Json)
        }
        [first, is, null, or, function, (_, "("), operand, (_, ")")]
            if name.as_str().starts_with("json_")
                && is_column(first)
                && is_word(is, "IS")
                && is_word(null, "NULL")
                && is_word(or, "OR")
                && is_word(function, "json_valid")
                && is_column(operand) =>
        {
            Some(DataType::Json)
        }
        [operand, (TokenKind::Word, word), (_, "("), values @ .., (_, ")")]
            if name.as_str().starts_with("enum_")
                && word.eq_ignore_ascii_case("IN")
                && is_column(operand) =>
        {
            strings(values)
                .filter(|values| !values.is_empty())
                .map(|values| DataType::Enum { values })
        }
        _ => None,
    }
}

/// The strings of a list with commas between them.
fn strings(list: &[(TokenKind, &str)]) -> Option<Vec<String>> {
    list.chunks(2)
        .map(|item| match item {
            [(TokenKind::String, text)] | [(TokenKind::String, text), (TokenKind::Symbol, ",")] => {
                text.starts_with('\'').then(|| unquoted(text))
            }
            _ => None,
        })
        .collect()
}
