//! Values in both directions.

use limbeck_core::dialect::Value;
use rusqlite::types::ToSqlOutput;
use rusqlite::types::ValueRef;

/// A value as SQLite stores it: truth values are 0 and 1.
pub(crate) fn to_sqlite(value: &Value) -> Result<ToSqlOutput<'_>, rusqlite::Error> {
    Ok(ToSqlOutput::Borrowed(match value {
        Value::Null => ValueRef::Null,
        Value::Boolean(truth) => ValueRef::Integer(i64::from(*truth)),
        Value::Integer(number) => ValueRef::Integer(*number),
        Value::Real(number) => ValueRef::Real(*number),
        Value::Text(text) => ValueRef::Text(text.as_bytes()),
        Value::Bytes(bytes) => ValueRef::Blob(bytes),
        other => {
            let message = format!("{other:?} has no form in SQLite");
            return Err(rusqlite::Error::ToSqlConversionFailure(message.into()));
        }
    }))
}

/// A stored value. Text that is not UTF-8 comes back as bytes, so that nothing is lost.
pub(crate) fn from_sqlite(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Real(number) => Value::Real(number),
        ValueRef::Text(bytes) => std::str::from_utf8(bytes).map_or_else(
            |_| Value::Bytes(bytes.to_vec()),
            |text| Value::Text(text.to_owned()),
        ),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
    }
}
