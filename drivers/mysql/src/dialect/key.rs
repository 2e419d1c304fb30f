//! What may stand in a key: InnoDB keeps at most 3072 bytes of it, and no text without a bound.

use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::Version;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Name;
use limbeck_core::schema::Table;

use super::feature::Feature;
use super::flavour::Flavour;
use super::types;

/// The longest key, in bytes.
const LONGEST_KEY: u32 = 3072;

/// Bytes that a character may take.
const CHARACTER: u32 = 4;

/// What a column takes of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Size {
    /// So many bytes at most.
    Bytes(u32),
    /// It has no bound.
    Unbounded,
    /// The engine knows.
    Unknown,
}

/// Refuses a key over these columns that would be too long, or that the engine would keep of the start of a text only.
/// `what` names the key: `the index ix`.
pub(super) fn allow(
    flavour: Flavour,
    table: &Table,
    columns: &[Name],
    what: &str,
    server: &Version,
) -> Result<(), RenderError> {
    let mut bytes = 0;
    for column in columns.iter().filter_map(|name| table.column(name)) {
        match size(flavour, &column.data_type, server) {
            Size::Bytes(more) => bytes += more,
            Size::Unknown => {}
            Size::Unbounded => {
                return Err(flavour
                    .refused(format!(
                        "make {what} of the table {}: the text or document of the column {} has no bound",
                        table.name, column.name
                    ))
                    .with_hint("give the column the type VARCHAR(n) with n of at most 768"));
            }
        }
    }
    if bytes > LONGEST_KEY {
        return Err(flavour
            .refused(format!(
                "make {what} of the table {}: its key may have {bytes} bytes, and at most {LONGEST_KEY} are kept",
                table.name
            ))
            .with_hint(format!(
                "shorten its VARCHAR columns to {} characters in all",
                LONGEST_KEY / CHARACTER
            )));
    }
    Ok(())
}

fn size(flavour: Flavour, data_type: &DataType, server: &Version) -> Size {
    if types::is_large(flavour, data_type) {
        return Size::Unbounded;
    }
    let Some(portable) = types::portable(flavour, data_type) else {
        return Size::Unknown;
    };
    Size::Bytes(match portable {
        DataType::Boolean => 1,
        DataType::SmallInt => 2,
        DataType::Enum { values } => 1 + u32::from(values.len() > 255),
        DataType::Date => 3,
        DataType::Integer | DataType::Real => 4,
        DataType::Time => 6,
        DataType::BigInt | DataType::DoublePrecision => 8,
        DataType::Timestamp | DataType::TimestampWithTimeZone => 8,
        DataType::Numeric { precision, scale } => {
            decimal(u32::from(precision.saturating_sub(*scale))) + decimal(u32::from(*scale))
        }
        DataType::Char { length } | DataType::Varchar { length } => length.saturating_mul(CHARACTER),
        DataType::Uuid if Feature::Uuid.is_in(flavour, server) => 16,
        DataType::Uuid => 36,
        _ => return Size::Unknown,
    })
}

/// Nine digits take four bytes; fewer take half as many as they are.
fn decimal(digits: u32) -> u32 {
    digits / 9 * 4 + (digits % 9).div_ceil(2)
}
