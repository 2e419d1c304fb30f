//! CAST between text and bytes, where PostgreSQL reads and writes the notation of bytea and not the characters.

use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::render;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Piece;
use limbeck_core::schema::TokenRun;

use super::name;
use super::refusal::refused;
use super::traits::POSTGRES;
use super::types;

/// The type of a CAST.
pub(super) fn cast_type(data_type: &DataType) -> Result<String, RenderError> {
    if let Some(DataType::Enum { .. }) = types::portable(data_type) {
        return Err(
            refused("CAST a value to ENUM, which is a text with a check there")
                .with_hint("write CAST(value AS TEXT)"),
        );
    }
    types::column_type(data_type)
}

/// Writes the pieces; the text of a CAST to BLOB as its bytes.
pub(super) fn token_run(run: &TokenRun, context: &RenderContext<'_>) -> Result<String, RenderError> {
    let mut run = run.clone();
    for piece in &run.0 {
        match piece {
            Piece::Name(name) => name::allow(name)?,
            Piece::String(text) if text.contains('\0') => {
                return Err(
                    refused("keep a NUL character in a text").with_hint("write bytes in a BLOB column: X'…'")
                );
            }
            _ => {}
        }
    }
    for at in 0..run.0.len() {
        if let Some([value, Piece::Keyword(word), Piece::Type(data_type)]) = run.0.get_mut(at..at + 3)
            && word == "AS"
            && let Some(portable) = types::portable(data_type)
        {
            bytes_or_text(value, portable)?;
        }
    }
    render::token_run(&POSTGRES, &run, context)
}

fn bytes_or_text(value: &mut Piece, data_type: &DataType) -> Result<(), RenderError> {
    match value {
        Piece::String(text) if *data_type == DataType::Blob => {
            *value = Piece::Bytes(std::mem::take(text).into_bytes());
            Ok(())
        }
        Piece::Keyword(_) | Piece::Bytes(_) if *data_type == DataType::Blob => Ok(()),
        _ if *data_type == DataType::Blob => Err(refused(
            "CAST a value to BLOB: it would read backslashes of a text as escapes",
        )
        .with_hint("write the bytes as X'…', or convert_to(value, 'UTF8') in a native section")),
        Piece::Bytes(_) if types::is_text(data_type) => Err(refused(
            "CAST bytes to text: it would write the digits of the bytes",
        )
        .with_hint("write the text between single quotes")),
        _ => Ok(()),
    }
}
