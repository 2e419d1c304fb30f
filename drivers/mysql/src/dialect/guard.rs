//! Questions before a statement that would invent values.

use limbeck_core::dialect::Guard;
use limbeck_core::dialect::render;
use limbeck_core::schema::Column;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Name;

use super::traits::MySqlDialect;
use super::types;

/// The engines fill a new NOT NULL column of present rows with '' or 0.
pub(super) fn no_rows(dialect: &MySqlDialect, table: &Name, column: &Column) -> Option<Guard> {
    let has_value =
        column.nullable || column.default.is_some() || column.identity || column.generated.is_some();
    (!has_value).then(|| {
        Guard::new(
            format!("{}{}", counted(dialect, table), having()),
            format!(
                "the column {} of the table {table} can't be NOT NULL without a default; rows that would get none:",
                column.name
            ),
        )
    })
}

/// NULLs in a column that becomes NOT NULL: a session that is not strict turns them into '' or 0.
pub(super) fn no_nulls(dialect: &MySqlDialect, table: &Name, column: &Column) -> Option<Guard> {
    column.nullable.then(|| {
        Guard::new(
            format!(
                "{} WHERE {} IS NULL{}",
                counted(dialect, table),
                render::quoted(dialect, &column.name),
                having()
            ),
            format!(
                "the column {} of the table {table} can't become NOT NULL; rows in which it is NULL:",
                column.name
            ),
        )
    })
}

/// Digits, or the time of a day, that a narrower type would drop without a word.
pub(super) fn nothing_lost(
    dialect: &MySqlDialect,
    table: &Name,
    present: &Column,
    data_type: &DataType,
) -> Option<Guard> {
    let flavour = dialect.flavour();
    let from = types::portable(flavour, &present.data_type)?;
    let to = types::portable(flavour, data_type)?;
    let column = render::quoted(dialect, &present.name);
    let kept = match (from, to) {
        (
            DataType::Numeric { .. } | DataType::Real | DataType::DoublePrecision,
            DataType::SmallInt | DataType::Integer | DataType::BigInt,
        ) => format!("CAST({column} AS SIGNED)"),
        (
            DataType::Numeric { .. } | DataType::Real | DataType::DoublePrecision,
            DataType::Numeric { precision, scale },
        ) => format!("CAST({column} AS DECIMAL({precision}, {scale}))"),
        (DataType::Timestamp | DataType::TimestampWithTimeZone, DataType::Date) => {
            format!("CAST({column} AS DATE)")
        }
        _ => return None,
    };
    Some(Guard::new(
        format!("{} WHERE {column} <> {kept}{}", counted(dialect, table), having()),
        format!(
            "the type of the column {} of the table {table} can't change; rows whose value would lose a part:",
            present.name
        ),
    ))
}

fn counted(dialect: &MySqlDialect, table: &Name) -> String {
    format!("SELECT concat(count(*)) FROM {}", render::quoted(dialect, table))
}

fn having() -> &'static str {
    " HAVING count(*) > 0"
}
