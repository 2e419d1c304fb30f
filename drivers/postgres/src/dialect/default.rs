//! Defaults.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::render;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Expression;
use limbeck_core::schema::Piece;

use super::traits::POSTGRES;
use super::types;

/// `DEFAULT …` for a column of this type; of an unknown one, PostgreSQL finds out what a literal is.
pub(super) fn clause(
    data_type: Option<&DataType>,
    default: &Expression,
    context: &RenderContext<'_>,
) -> Result<String, RenderError> {
    let portable = data_type.and_then(types::portable);
    // Read as the text of a bytea, a backslash would escape.
    if let (Some(DataType::Blob), Some(Piece::String(text))) = (portable, only_piece(default)) {
        return Ok(format!("DEFAULT {}", POSTGRES.bytes_literal(text.as_bytes())));
    }
    if portable == Some(&DataType::Json)
        && let Some(document) = json_text(default)
    {
        return Ok(format!("DEFAULT {}::jsonb", POSTGRES.string_literal(&document)));
    }
    let text = POSTGRES.expression(default, context)?;
    // Without parentheses DEFAULT takes no AND, IS or IN.
    let is_keyword = matches!(only_piece(default), Some(Piece::Keyword(_)));
    let is_plain = is_keyword || render::is_plain_literal(default);
    let text = if is_plain { text } else { format!("({text})") };
    let is_json = portable == Some(&DataType::Json) && !is_keyword;
    let cast = if is_json { "::jsonb" } else { "" };
    Ok(format!("DEFAULT {text}{cast}"))
}

/// Whether a default stays one when the column becomes of this type: numbers are no truth values.
pub(super) fn fits(default: &Expression, data_type: &DataType) -> bool {
    let is_truth = types::portable(data_type) == Some(&DataType::Boolean);
    match only_piece(default) {
        Some(Piece::Number(_)) => !is_truth,
        Some(Piece::Keyword(word)) if matches!(word.as_str(), "TRUE" | "FALSE") => {
            is_truth || types::portable(data_type) == Some(&DataType::Json)
        }
        _ => true,
    }
}

/// A number or truth value as a document: there is no cast from them.
fn json_text(default: &Expression) -> Option<String> {
    let Expression::Portable(run) = default else {
        return None;
    };
    match run.0.as_slice() {
        [Piece::Number(number)] => Some(number.clone()),
        [Piece::Operator(sign), Piece::Number(number)] if sign == "-" => Some(format!("-{number}")),
        [Piece::Keyword(word)] if matches!(word.as_str(), "TRUE" | "FALSE") => {
            Some(word.to_ascii_lowercase())
        }
        _ => None,
    }
}

fn only_piece(default: &Expression) -> Option<&Piece> {
    match default {
        Expression::Portable(run) => match run.0.as_slice() {
            [piece] => Some(piece),
            _ => None,
        },
        _ => None,
    }
}
