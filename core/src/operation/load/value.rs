//! A field as a value of a column's type.

use std::borrow::Cow;

use crate::data_file::DataFault;
use crate::data_file::Field;
use crate::operation::inserts::Literal;
use crate::schema::DataType;

use super::moment;
use super::number;

/// A field that is not NULL as a value of a type; without one, as a text.
pub(super) fn literal<'a>(field: Field<'a>, data_type: Option<&DataType>) -> Result<Literal<'a>, DataFault> {
    if let (Some(DataType::Json), Field::Json(json)) = (data_type, field) {
        return text(json);
    }
    match field.text().unwrap_or_default() {
        Cow::Borrowed(value) => of_text(value, data_type),
        Cow::Owned(value) => of_text(&value, data_type).map(Literal::into_owned),
    }
}

fn of_text<'a>(value: &'a str, data_type: Option<&DataType>) -> Result<Literal<'a>, DataFault> {
    let Some(data_type) = data_type else {
        return text(value);
    };
    match data_type {
        DataType::SmallInt | DataType::Integer | DataType::BigInt => number::whole(value, data_type),
        DataType::Numeric { precision, scale } => number::exact(value, *precision, *scale),
        DataType::Real | DataType::DoublePrecision => number::binary(value, data_type),
        DataType::Boolean => boolean(value),
        DataType::Char { length } | DataType::Varchar { length } => bounded(value, *length),
        DataType::Blob => bytes(value),
        DataType::Date => moment::date(value),
        DataType::Time => moment::time(value),
        DataType::Timestamp | DataType::TimestampWithTimeZone => moment::timestamp(value),
        DataType::Uuid => uuid(value),
        DataType::Json => json(value),
        DataType::Enum { values } => one_of(value, values),
        _ => text(value),
    }
}

fn text(value: &str) -> Result<Literal<'_>, DataFault> {
    if value.contains('\0') {
        return Err(DataFault::Nul);
    }
    Ok(Literal::Text(Cow::Borrowed(value)))
}

fn boolean(value: &str) -> Result<Literal<'_>, DataFault> {
    const TRUE: [&str; 6] = ["true", "t", "yes", "y", "on", "1"];
    const FALSE: [&str; 6] = ["false", "f", "no", "n", "off", "0"];
    let is_in = |words: &[&str]| words.iter().any(|word| value.trim().eq_ignore_ascii_case(word));
    if is_in(&TRUE) {
        Ok(Literal::Boolean(true))
    } else if is_in(&FALSE) {
        Ok(Literal::Boolean(false))
    } else {
        Err(DataFault::value(value, "a BOOLEAN: true or false"))
    }
}

fn bounded(value: &str, length: u32) -> Result<Literal<'_>, DataFault> {
    // Not every engine refuses a longer text.
    let fits = u32::try_from(value.len()).is_ok_and(|bytes| bytes <= length)
        || u32::try_from(value.chars().count()).is_ok_and(|characters| characters <= length);
    if fits {
        text(value)
    } else {
        Err(DataFault::value(
            value,
            format!("a text of at most {length} characters"),
        ))
    }
}

fn bytes(value: &str) -> Result<Literal<'_>, DataFault> {
    let read = value.strip_prefix("\\x").and_then(|digits| {
        let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
        let pairs = pairs
            .iter()
            .map(|[high, low]| Some(nibble(*high)? << 4 | nibble(*low)?));
        pairs.collect::<Option<Vec<u8>>>().filter(|_| rest.is_empty())
    });
    let expected = "a BLOB: `\\x` and pairs of hexadecimal digits";
    read.map(|bytes| Literal::Bytes(Cow::Owned(bytes)))
        .ok_or_else(|| DataFault::value(value, expected))
}

fn nibble(digit: u8) -> Option<u8> {
    let value = char::from(digit).to_digit(16)?;
    u8::try_from(value).ok()
}

fn uuid(value: &str) -> Result<Literal<'_>, DataFault> {
    let is_hexadecimal = |group: &str| group.bytes().all(|byte| byte.is_ascii_hexdigit());
    let lengths = value.split('-').map(str::len);
    if lengths.eq([8, 4, 4, 4, 12]) && value.split('-').all(is_hexadecimal) {
        text(value)
    } else {
        Err(DataFault::value(
            value,
            "a UUID like 123e4567-e89b-12d3-a456-426614174000",
        ))
    }
}

fn json(value: &str) -> Result<Literal<'_>, DataFault> {
    match serde_json::from_str::<serde::de::IgnoredAny>(value) {
        Ok(_) => text(value),
        Err(error) => Err(DataFault::value(value, format!("JSON: {error}"))),
    }
}

fn one_of<'a>(value: &'a str, values: &[String]) -> Result<Literal<'a>, DataFault> {
    if values.iter().any(|known| known == value) {
        return text(value);
    }
    let known: Vec<String> = values.iter().map(|known| format!("`{known}`")).collect();
    Err(DataFault::value(value, format!("one of {}", known.join(", "))))
}
