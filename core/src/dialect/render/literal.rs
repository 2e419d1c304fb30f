//! Values as text.

use std::fmt::Write;

use super::super::Dialect;
use super::super::Value;

/// A value as a literal.
pub fn literal<D: Dialect + ?Sized>(dialect: &D, value: &Value) -> String {
    match value {
        Value::Null => "NULL".to_owned(),
        Value::Boolean(true) => "TRUE".to_owned(),
        Value::Boolean(false) => "FALSE".to_owned(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => real(dialect, *number),
        Value::Text(text) => dialect.string_literal(text),
        Value::Bytes(bytes) => dialect.bytes_literal(bytes),
    }
}

/// A floating-point number: always with a point or an exponent, so that it is not read as a whole number.
fn real<D: Dialect + ?Sized>(dialect: &D, number: f64) -> String {
    if number.is_finite() {
        format!("{number:?}")
    } else {
        let word = if number.is_nan() {
            "NaN"
        } else if number > 0.0 {
            "Infinity"
        } else {
            "-Infinity"
        };
        format!("CAST({} AS DOUBLE PRECISION)", dialect.string_literal(word))
    }
}

/// A string between single quotes; `''` is the only escape.
pub fn string_literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// `X'…'`, two digits a byte.
pub fn bytes_literal(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2 + 3);
    text.push_str("X'");
    for byte in bytes {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02X}");
    }
    text.push('\'');
    text
}
