//! From one type to another.

use limbeck_core::dialect::Guard;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::render;
use limbeck_core::schema::Column;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Name;

use super::refusal::refused;
use super::traits::POSTGRES;
use super::types;
use super::types::is_text;

/// How the values of a column become values of its new type.
#[derive(Debug, Default)]
pub(super) struct Conversion {
    /// The expression after USING; without one the values are assigned, as by an INSERT.
    pub(super) using: Option<String>,
    /// The condition of the rows whose value would be another one and not fail.
    loses: Option<String>,
}

/// The conversion of a column. USING stands only where an assignment has no meaning: it is a cast, and a cast to
/// `varchar(3)` cuts in silence what an assignment refuses.
pub(super) fn conversion(
    table: &Name,
    column: &Column,
    to: &DataType,
    written: &str,
) -> Result<Conversion, RenderError> {
    let value = render::quoted(&POSTGRES, &column.name);
    let cast = format!("{value}::{written}");
    let (from, to) = match (types::portable(&column.data_type), types::portable(to)) {
        (Some(from), Some(to)) => (from, to),
        (None, Some(to)) if is_text(to) => return Ok(Conversion::default()),
        _ => return Ok(using(cast)),
    };
    Ok(match (from, to) {
        (from, to) if is_text(from) && is_text(to) => Conversion::default(),
        (from, DataType::Blob) if is_text(from) => using(format!("convert_to({value}, 'UTF8')")),
        (DataType::Blob, to) if is_text(to) => using(format!("convert_from({value}, 'UTF8')")),
        (from, to) if from == to || is_text(to) => Conversion::default(),
        (DataType::Blob, _) | (_, DataType::Blob) => return Err(unrelated(table, column, written)),
        (from, DataType::Json) if !is_text(from) => using(format!("to_jsonb({value})")),
        (from, _) if is_text(from) => using(cast),
        (from, to) if is_number(from) && is_number(to) => Conversion {
            using: None,
            loses: rounds(from, to).then(|| format!("{value} <> {cast}")),
        },
        (DataType::Boolean, to) if is_number(to) => using(format!("{value}::integer")),
        (from, DataType::Boolean) if is_number(from) => Conversion {
            using: Some(format!("{value} <> 0")),
            loses: Some(format!("{value} NOT IN (0, 1)")),
        },
        (DataType::Json, to) if is_number(to) || *to == DataType::Boolean => Conversion {
            using: Some(cast.clone()),
            loses: (*to != DataType::Boolean).then(|| format!("{value}::numeric <> {cast}")),
        },
        (from, to) if is_moment(from) && is_moment(to) => Conversion {
            using: None,
            loses: (*to == DataType::Date).then(|| format!("{value} <> {cast}")),
        },
        _ => return Err(unrelated(table, column, written)),
    })
}

impl Conversion {
    /// The question whether it would change a value in silence.
    pub(super) fn guard(&self, table: &Name, column: &Name, written: &str) -> Option<Guard> {
        let loses = self.loses.as_ref()?;
        Some(Guard::new(
            format!(
                "SELECT count(*) FROM {} WHERE {loses} HAVING count(*) > 0",
                render::quoted(&POSTGRES, table)
            ),
            format!("the column {column} of {table} can't become {written}; rows whose value would change:"),
        ))
    }
}

fn using(expression: String) -> Conversion {
    Conversion {
        using: Some(expression),
        loses: None,
    }
}

fn unrelated(table: &Name, column: &Column, written: &str) -> RenderError {
    let from = types::column_type(&column.data_type).unwrap_or_default();
    refused(format!(
        "change the type of the column {} of the table {table} from {from} to {written}: no value of one is a value of \
         the other",
        column.name
    ))
    .with_hint("add a column of the new type, fill it with UPDATE, drop the old one and rename the new one")
}

fn is_number(data_type: &DataType) -> bool {
    is_integer(data_type)
        || matches!(
            data_type,
            DataType::Numeric { .. } | DataType::Real | DataType::DoublePrecision
        )
}

fn is_integer(data_type: &DataType) -> bool {
    matches!(
        data_type,
        DataType::SmallInt | DataType::Integer | DataType::BigInt
    )
}

/// Too many digits before the point are an error, those after it are rounded.
fn rounds(from: &DataType, to: &DataType) -> bool {
    match (from, to) {
        (DataType::Numeric { scale: old, .. }, DataType::Numeric { scale: new, .. }) => new < old,
        (from, DataType::Numeric { .. }) => !is_integer(from),
        (from, to) => !is_integer(from) && is_integer(to),
    }
}

fn is_moment(data_type: &DataType) -> bool {
    matches!(
        data_type,
        DataType::Date | DataType::Timestamp | DataType::TimestampWithTimeZone
    )
}
