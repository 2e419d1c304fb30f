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
    let text = POSTGRES.expression(default, context)?;
    // Without parentheses DEFAULT takes no AND, IS or IN.
    let text = if is_plain(default) {
        text
    } else {
        format!("({text})")
    };
    let is_json = portable == Some(&DataType::Json) && !is_keyword(default);
    let cast = if is_json { "::jsonb" } else { "" };
    Ok(format!("DEFAULT {text}{cast}"))
}

fn is_plain(default: &Expression) -> bool {
    render::is_plain_literal(default) || is_keyword(default)
}

/// NULL, TRUE, FALSE, `CURRENT_TIMESTAMP` and its kin.
fn is_keyword(default: &Expression) -> bool {
    matches!(only_piece(default), Some(Piece::Keyword(_)))
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
