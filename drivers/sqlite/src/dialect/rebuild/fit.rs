//! Whether values have become values of their new type.
//!
//! SQLite converts a value that it copies where that changes nothing but its kind, and else keeps it as it is: so the new
//! table is asked which values are not of the type that its column has now.

use limbeck_core::dialect::Guard;
use limbeck_core::dialect::render;
use limbeck_core::operation::ColumnChange;
use limbeck_core::operation::Operation;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Name;
use limbeck_core::schema::Table;

use super::super::traits::SQLITE;
use super::super::types;
use super::guards::counting;

/// The question to the new table after an operation that changes a type, with the column that it is about.
pub(super) fn guard(operation: &Operation, before: &Table, new: &Name) -> Option<(Name, Guard)> {
    let Operation::AlterColumn {
        table,
        column,
        change: ColumnChange::SetType(data_type),
    } = operation
    else {
        return None;
    };
    let to = types::portable(data_type)?;
    let from = before
        .column(column)
        .and_then(|column| types::portable(&column.data_type));
    if from.is_some_and(|from| holds_all(to, from)) {
        return None;
    }
    let guard = Guard::new(
        counting(new, &misfits(&render::quoted(&SQLITE, column), to)?),
        format!("the type of the column {column} of {table} can't change; rows whose value would not fit:"),
    );
    Some((column.clone(), guard))
}

/// Whether every value of one type is one of the other as it is, so that no row needs to be asked.
fn holds_all(to: &DataType, from: &DataType) -> bool {
    use DataType::BigInt;
    use DataType::Char;
    use DataType::DoublePrecision;
    use DataType::Enum;
    use DataType::Integer;
    use DataType::Json;
    use DataType::Numeric;
    use DataType::Real;
    use DataType::SmallInt;
    use DataType::Text;
    use DataType::Timestamp;
    use DataType::TimestampWithTimeZone;
    use DataType::Uuid;
    use DataType::Varchar;
    match (from, to) {
        (SmallInt, Integer | BigInt) | (Integer, BigInt) | (Real, DoublePrecision) => true,
        (Timestamp | TimestampWithTimeZone, Timestamp | TimestampWithTimeZone) => true,
        (Char { .. } | Varchar { .. } | Uuid | Json | Enum { .. }, Text) => true,
        (Char { length } | Varchar { length }, Varchar { length: new } | Char { length: new }) => {
            new >= length
        }
        (
            Numeric { precision, scale },
            Numeric {
                precision: new,
                scale: new_scale,
            },
        ) => new_scale >= scale && new.saturating_sub(*new_scale) >= precision.saturating_sub(*scale),
        _ => false,
    }
}

/// The condition of a value that is none of the type; none where the table itself checks it or every value is one.
fn misfits(value: &str, data_type: &DataType) -> Option<String> {
    let is_no = |kinds: &str| format!("typeof({value}) NOT IN ({kinds}, 'null')");
    let integer = is_no("'integer'");
    let number = is_no("'integer', 'real'");
    let text = is_no("'text'");
    Some(match data_type {
        DataType::SmallInt => format!("{integer} OR {value} NOT BETWEEN -32768 AND 32767"),
        DataType::Integer => format!("{integer} OR {value} NOT BETWEEN -2147483648 AND 2147483647"),
        DataType::BigInt => integer,
        DataType::Numeric { precision, scale } => {
            let whole = precision.saturating_sub(*scale);
            format!("{number} OR abs({value}) >= 1e{whole} OR {value} <> round({value}, {scale})")
        }
        DataType::Real | DataType::DoublePrecision => number,
        DataType::Boolean => format!("{integer} OR {value} NOT IN (0, 1)"),
        DataType::Char { length } | DataType::Varchar { length } => {
            format!("{text} OR length({value}) > {length}")
        }
        DataType::Text => text,
        DataType::Uuid => format!("{text} OR length({value}) <> 36"),
        DataType::Blob => is_no("'blob'"),
        DataType::Date => format!("{text} OR {value} IS NOT date({value})"),
        DataType::Time => format!("{text} OR ({value} IS NOT NULL AND time({value}) IS NULL)"),
        DataType::Timestamp | DataType::TimestampWithTimeZone => {
            let day = format!("substr({value}, 1, 10)");
            format!(
                "{text} OR {day} IS NOT date({day}) OR ({value} IS NOT NULL AND datetime({value}) IS NULL)"
            )
        }
        _ => return None,
    })
}
