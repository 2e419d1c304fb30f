//! Literals that mean the same under every `sql_mode`.

use limbeck_core::dialect::Value;
use limbeck_core::dialect::render;

use super::traits::MySqlDialect;

/// Whether a backslash is an escape depends on the session, and the client leaves carriage returns at line ends out: a
/// text with one of these is written as its bytes.
pub(super) fn string(text: &str) -> String {
    if text.contains(['\\', '\0', '\r']) {
        return format!("_utf8mb4 {}", render::bytes_literal(text.as_bytes()));
    }
    render::string_literal(text)
}

/// A value of an `ENUM`, which takes bytes but no character set beside them.
pub(super) fn enum_value(text: &str) -> String {
    if text.contains(['\\', '\0']) {
        return render::bytes_literal(text.as_bytes());
    }
    render::string_literal(text)
}

/// A comment takes nothing but a string between quotes. In the session that portable sections run in, a backslash
/// is an escape.
pub(super) fn comment(text: &str) -> String {
    render::string_literal(&text.replace('\\', "\\\\").replace('\0', "\\0"))
}

/// Neither engine has a number that is infinite or none at all: a number too large is refused by the server, which is
/// better than a NULL.
pub(super) fn value(dialect: &MySqlDialect, value: &Value) -> String {
    match value {
        Value::Real(number) if !number.is_finite() => {
            let sign = if *number < 0.0 { "-" } else { "" };
            format!("{sign}1e999")
        }
        other => render::literal(dialect, other),
    }
}
