//! CAST, which in SQLite never fails: where it would change a value in silence, it is refused.

use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::render;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Piece;
use limbeck_core::schema::TokenRun;

use super::refusal::refused;
use super::traits::SQLITE;
use super::types;

/// The type of a CAST of any value.
pub(super) fn cast_type(data_type: &DataType) -> Result<String, RenderError> {
    let Some(portable) = types::portable(data_type) else {
        return types::column_type(data_type);
    };
    let word = match portable {
        DataType::SmallInt | DataType::Integer | DataType::BigInt => "INTEGER",
        DataType::Real | DataType::DoublePrecision => "REAL",
        DataType::Char { .. } | DataType::Varchar { .. } | DataType::Text | DataType::Uuid => "TEXT",
        DataType::Blob => "BLOB",
        DataType::Numeric { .. } | DataType::Native { .. } => return types::column_type(data_type),
        other => {
            return Err(refused(format!(
                "CAST a value to {}, which it has not",
                words_of(other).unwrap_or("this type")
            ))
            .with_hint("CAST a string between quotes, leave the CAST out, or write native sections"));
        }
    };
    Ok(word.to_owned())
}

/// Writes the pieces. A string that is cast to a type which SQLite keeps as text stays the text it is.
pub(super) fn token_run(run: &TokenRun, context: &RenderContext<'_>) -> Result<String, RenderError> {
    let mut run = run.clone();
    for at in 2..run.0.len() {
        if let [Piece::String(_), Piece::Keyword(word), Piece::Type(data_type)] =
            run.0.get_mut(at - 2..=at).unwrap_or_default()
            && word == "AS"
            && types::portable(data_type)
                .and_then(words_of)
                .is_some_and(|words| words != "BOOLEAN")
        {
            *data_type = DataType::Text;
        }
    }
    render::token_run(&SQLITE, &run, context)
}

/// The portable words for the types that SQLite does not have.
fn words_of(data_type: &DataType) -> Option<&'static str> {
    Some(match data_type {
        DataType::Boolean => "BOOLEAN",
        DataType::Date => "DATE",
        DataType::Time => "TIME",
        DataType::Timestamp => "TIMESTAMP",
        DataType::TimestampWithTimeZone => "TIMESTAMP WITH TIME ZONE",
        DataType::Json => "JSON",
        DataType::Enum { .. } => "ENUM",
        _ => return None,
    })
}
