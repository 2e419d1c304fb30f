//! Values of the protocol as values of the core.

use limbeck_core::dialect::Value;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use mysql_async::Column;
use mysql_async::consts::ColumnType;

/// The character set of what is no text.
const BINARY: u16 = 63;

/// A parameter as the server takes it.
pub(crate) fn to_mysql(value: &Value) -> Result<mysql_async::Value, DriverError> {
    Ok(match value {
        Value::Null => mysql_async::Value::NULL,
        Value::Boolean(truth) => mysql_async::Value::Int(i64::from(*truth)),
        Value::Integer(number) => mysql_async::Value::Int(*number),
        Value::Real(number) => mysql_async::Value::Double(*number),
        Value::Text(text) => mysql_async::Value::Bytes(text.clone().into_bytes()),
        Value::Bytes(bytes) => mysql_async::Value::Bytes(bytes.clone()),
        _ => {
            return Err(DriverError::new(
                DriverErrorKind::Unsupported,
                "a parameter is of a type that MySQL does not know",
            ));
        }
    })
}

/// A value of a row. Numbers that do not fit, decimals, days and times are text, as the server writes them.
pub(crate) fn from_mysql(value: mysql_async::Value, column: &Column) -> Value {
    match value {
        mysql_async::Value::NULL => Value::Null,
        mysql_async::Value::Int(number) => Value::Integer(number),
        mysql_async::Value::UInt(number) => unsigned(number),
        mysql_async::Value::Float(number) => Value::Real(f64::from(number)),
        mysql_async::Value::Double(number) => Value::Real(number),
        mysql_async::Value::Bytes(bytes) => from_bytes(bytes, column),
        mysql_async::Value::Date(year, month, day, hour, minute, second, micros) => {
            let day = format!("{year:04}-{month:02}-{day:02}");
            match column.column_type() {
                ColumnType::MYSQL_TYPE_DATE | ColumnType::MYSQL_TYPE_NEWDATE => Value::Text(day),
                _ => Value::Text(format!(
                    "{day} {hour:02}:{minute:02}:{second:02}{}",
                    fraction(micros, column)
                )),
            }
        }
        mysql_async::Value::Time(is_negative, days, hours, minutes, seconds, micros) => {
            let sign = if is_negative { "-" } else { "" };
            let hours = u64::from(days) * 24 + u64::from(hours);
            Value::Text(format!(
                "{sign}{hours:02}:{minutes:02}:{seconds:02}{}",
                fraction(micros, column)
            ))
        }
    }
}

fn unsigned(number: u64) -> Value {
    match i64::try_from(number) {
        Ok(number) => Value::Integer(number),
        Err(_) => Value::Text(number.to_string()),
    }
}

/// As many digits as the column has.
fn fraction(micros: u32, column: &Column) -> String {
    match usize::from(column.decimals()) {
        0 => String::new(),
        digits => {
            let all = format!("{micros:06}");
            format!(".{}", all.get(..digits).unwrap_or(&all))
        }
    }
}

/// The text protocol gives every value as the bytes of its text.
fn from_bytes(bytes: Vec<u8>, column: &Column) -> Value {
    use ColumnType::*;
    let is_bytes = match column.column_type() {
        MYSQL_TYPE_TINY | MYSQL_TYPE_SHORT | MYSQL_TYPE_LONG | MYSQL_TYPE_LONGLONG | MYSQL_TYPE_INT24
        | MYSQL_TYPE_YEAR => return number(bytes),
        MYSQL_TYPE_FLOAT | MYSQL_TYPE_DOUBLE => return real(bytes),
        MYSQL_TYPE_BIT | MYSQL_TYPE_GEOMETRY => true,
        MYSQL_TYPE_STRING
        | MYSQL_TYPE_VAR_STRING
        | MYSQL_TYPE_VARCHAR
        | MYSQL_TYPE_BLOB
        | MYSQL_TYPE_TINY_BLOB
        | MYSQL_TYPE_MEDIUM_BLOB
        | MYSQL_TYPE_LONG_BLOB
        | MYSQL_TYPE_ENUM
        | MYSQL_TYPE_SET => column.character_set() == BINARY,
        _ => false,
    };
    match is_bytes {
        true => Value::Bytes(bytes),
        false => text(bytes),
    }
}

fn number(bytes: Vec<u8>) -> Value {
    match std::str::from_utf8(&bytes)
        .ok()
        .and_then(|text| text.parse().ok())
    {
        Some(number) => Value::Integer(number),
        None => text(bytes),
    }
}

fn real(bytes: Vec<u8>) -> Value {
    match std::str::from_utf8(&bytes)
        .ok()
        .and_then(|text| text.parse().ok())
    {
        Some(number) => Value::Real(number),
        None => text(bytes),
    }
}

fn text(bytes: Vec<u8>) -> Value {
    match String::from_utf8(bytes) {
        Ok(text) => Value::Text(text),
        Err(error) => Value::Bytes(error.into_bytes()),
    }
}
