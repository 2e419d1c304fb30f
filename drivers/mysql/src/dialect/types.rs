//! The type mapping.

use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::Version;
use limbeck_core::schema::DataType;

use super::feature::Feature;
use super::flavour::Flavour;
use super::literal;

/// The longest CHAR, in characters.
const LONGEST_CHAR: u32 = 255;

/// A UUID as text: its characters are ASCII, and a byte each in an index.
const UUID_TEXT: &str = "CHAR(36) CHARACTER SET ascii COLLATE ascii_bin";

/// The portable type to write; none when the type says in the engine's own words what to write.
pub(super) fn portable(flavour: Flavour, data_type: &DataType) -> Option<&DataType> {
    match data_type.native_for(flavour.words()) {
        Some(_) => None,
        None => Some(data_type.base()),
    }
}

/// The type of a column.
pub(super) fn column_type(
    flavour: Flavour,
    data_type: &DataType,
    server: &Version,
) -> Result<String, RenderError> {
    let Some(portable) = portable(flavour, data_type) else {
        return Ok(data_type
            .native_for(flavour.words())
            .unwrap_or_default()
            .to_owned());
    };
    let word = match portable {
        DataType::SmallInt => "SMALLINT",
        DataType::Integer => "INTEGER",
        DataType::BigInt => "BIGINT",
        DataType::Numeric { precision, scale } => return Ok(format!("DECIMAL({precision}, {scale})")),
        // REAL is a DOUBLE unless the session says otherwise.
        DataType::Real => "FLOAT",
        DataType::DoublePrecision => "DOUBLE",
        DataType::Boolean => "TINYINT(1)",
        DataType::Char { length } if *length > LONGEST_CHAR => {
            return Err(flavour
                .refused(format!(
                    "store a CHAR({length}): the longest is CHAR({LONGEST_CHAR})"
                ))
                .with_hint(format!("write VARCHAR({length})")));
        }
        DataType::Char { length } => return Ok(format!("CHAR({length})")),
        DataType::Varchar { length } => return Ok(format!("VARCHAR({length})")),
        // TEXT and BLOB end at 64 KB.
        DataType::Text => "LONGTEXT",
        DataType::Blob => "LONGBLOB",
        DataType::Date => "DATE",
        DataType::Time => "TIME(6)",
        // TIMESTAMP ends in 2038.
        DataType::Timestamp | DataType::TimestampWithTimeZone => "DATETIME(6)",
        DataType::Uuid if Feature::Uuid.is_in(flavour, server) => "UUID",
        DataType::Uuid => UUID_TEXT,
        DataType::Json => "JSON",
        DataType::Enum { values } => {
            let values: Vec<_> = values.iter().map(|value| literal::enum_value(value)).collect();
            return Ok(format!("ENUM({})", values.join(", ")));
        }
        DataType::Native { driver, sql } => {
            return Err(flavour
                .refused(format!("store the type {driver}({sql})"))
                .with_hint(format!("give a type for {} too", flavour.name())));
        }
        other => return Err(flavour.refused(format!("store the type {other:?}"))),
    };
    Ok(word.to_owned())
}

/// Whether a default of this type must stand in parentheses on MySQL, whatever it is.
pub(super) fn is_large(flavour: Flavour, data_type: &DataType) -> bool {
    match portable(flavour, data_type) {
        Some(portable) => matches!(portable, DataType::Text | DataType::Blob | DataType::Json),
        None => {
            let text = data_type.native_for(flavour.words()).unwrap_or_default();
            let word = first_word(text);
            word.ends_with("TEXT") || word.ends_with("BLOB") || matches!(word.as_str(), "JSON" | "GEOMETRY")
        }
    }
}

/// The first word of a type in the engine's own words, in upper case.
pub(super) fn first_word(native: &str) -> String {
    let end = native.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    native
        .get(..end.unwrap_or(native.len()))
        .unwrap_or_default()
        .to_ascii_uppercase()
}
