//! The type mapping.

use limbeck_core::dialect::RenderError;
use limbeck_core::schema::DataType;

use super::refusal::refused;
use super::traits::NAME;

/// The words that name PostgreSQL in a type such as `postgres(inet)`.
pub(super) const WORDS: &[&str] = &[NAME];

/// The portable type to write; none when the type says in PostgreSQL's own words what to write.
pub(super) fn portable(data_type: &DataType) -> Option<&DataType> {
    match data_type.native_for(WORDS) {
        Some(_) => None,
        None => Some(data_type.base()),
    }
}

/// The type of a column. An ENUM is text with a check: values of a real enum type can't be taken away, and a new one
/// can't be used in the transaction that adds it.
pub(super) fn column_type(data_type: &DataType) -> Result<String, RenderError> {
    let Some(portable) = portable(data_type) else {
        return Ok(data_type.native_for(WORDS).unwrap_or_default().to_owned());
    };
    let word = match portable {
        DataType::SmallInt => "smallint",
        DataType::Integer => "integer",
        DataType::BigInt => "bigint",
        DataType::Numeric { precision, scale } => return Ok(format!("numeric({precision}, {scale})")),
        DataType::Real => "real",
        DataType::DoublePrecision => "double precision",
        DataType::Boolean => "boolean",
        DataType::Char { length } => return Ok(format!("char({length})")),
        DataType::Varchar { length } => return Ok(format!("varchar({length})")),
        DataType::Text | DataType::Enum { .. } => "text",
        DataType::Blob => "bytea",
        DataType::Date => "date",
        DataType::Time => "time",
        DataType::Timestamp => "timestamp",
        DataType::TimestampWithTimeZone => "timestamptz",
        DataType::Uuid => "uuid",
        DataType::Json => "jsonb",
        DataType::Native { driver, sql } => {
            return Err(
                refused(format!("store the type {driver}({sql})")).with_hint("give a type for postgres too")
            );
        }
        other => return Err(refused(format!("store the type {other:?}"))),
    };
    Ok(word.to_owned())
}

/// Whether values of the type are strings of characters.
pub(super) fn is_text(data_type: &DataType) -> bool {
    matches!(
        data_type,
        DataType::Char { .. } | DataType::Varchar { .. } | DataType::Text | DataType::Enum { .. }
    )
}
