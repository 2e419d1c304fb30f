//! The type mapping.

use limbeck_core::dialect::RenderError;
use limbeck_core::schema::DataType;

use super::refusal::refused;
use super::traits::NAME;

/// Digits that a 64-bit floating-point number keeps: SQLite has no other number with a point.
const EXACT_DIGITS: u8 = 15;

/// The words that name SQLite in a type such as `sqlite(TEXT)`.
const WORDS: &[&str] = &[NAME];

/// The portable type to write; none when the type says in SQLite's own words what to write.
pub(super) fn portable(data_type: &DataType) -> Option<&DataType> {
    match data_type.native_for(WORDS) {
        Some(_) => None,
        None => Some(data_type.base()),
    }
}

/// The declared type of a column. SQLite derives from its words how values are kept (the affinity), so a UUID is TEXT:
/// declared as UUID, one of digits only would become a number.
pub(crate) fn column_type(data_type: &DataType) -> Result<String, RenderError> {
    let Some(portable) = portable(data_type) else {
        return Ok(data_type.native_for(WORDS).unwrap_or_default().to_owned());
    };
    let word = match portable {
        DataType::SmallInt => "SMALLINT",
        DataType::Integer => "INTEGER",
        DataType::BigInt => "BIGINT",
        DataType::Numeric { precision, scale } => return numeric(*precision, *scale),
        DataType::Real => "REAL",
        DataType::DoublePrecision => "DOUBLE PRECISION",
        DataType::Boolean => "BOOLEAN",
        DataType::Char { length } => return Ok(format!("CHAR({length})")),
        DataType::Varchar { length } => return Ok(format!("VARCHAR({length})")),
        DataType::Text | DataType::Uuid | DataType::Json | DataType::Enum { .. } => "TEXT",
        DataType::Blob => "BLOB",
        DataType::Date => "DATE",
        DataType::Time => "TIME",
        DataType::Timestamp | DataType::TimestampWithTimeZone => "TIMESTAMP",
        DataType::Native { driver, sql } => {
            return Err(
                refused(format!("store the type {driver}({sql})")).with_hint("give a type for sqlite too")
            );
        }
        other => return Err(refused(format!("store the type {other:?}"))),
    };
    Ok(word.to_owned())
}

fn numeric(precision: u8, scale: u8) -> Result<String, RenderError> {
    if precision > EXACT_DIGITS {
        return Err(refused(format!(
            "keep the {precision} digits of NUMERIC({precision}, {scale}): it computes with {EXACT_DIGITS} and drops \
             the rest in silence"
        ))
        .with_hint(format!(
            "use at most {EXACT_DIGITS} digits, or keep the text of the number there with sqlite(TEXT)"
        )));
    }
    Ok(format!("NUMERIC({precision}, {scale})"))
}
