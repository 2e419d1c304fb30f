//! Literals that mean the same under every `sql_mode`.

use limbeck_core::dialect::Value;
use limbeck_core::dialect::render;
use limbeck_core::schema::Piece;

use super::traits::MySqlDialect;

/// Whether a backslash is an escape depends on the session, and the client leaves carriage returns at line ends out: a
/// text with one of these is written as its bytes.
pub(super) fn string(text: &str) -> String {
    if is_unsafe(text) {
        return format!("_utf8mb4 {}", render::bytes_literal(text.as_bytes()));
    }
    render::string_literal(text)
}

fn is_unsafe(text: &str) -> bool {
    text.contains(['\\', '\0', '\r'])
}

/// Such a text in an expression of MariaDB, which keeps the bytes in a check or a generated column as a string where a
/// backslash is an escape once more. What this makes of the same bytes is kept as it is written, and like a literal it
/// takes the collation of what stands beside it.
pub(super) fn pieces(text: &str) -> Option<Vec<Piece>> {
    is_unsafe(text).then_some(())?;
    let mut pieces = vec![Piece::Function("char".to_owned()), Piece::Open];
    for byte in text.bytes() {
        pieces.extend([Piece::Number(byte.to_string()), Piece::Comma]);
    }
    pieces.pop();
    pieces.extend(["USING", "utf8mb4"].map(|word| Piece::Keyword(word.to_owned())));
    pieces.push(Piece::Close);
    Some(pieces)
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
