//! Literals that mean the same under every setting of `standard_conforming_strings`.

use std::fmt::Write;

use limbeck_core::dialect::render;

/// A string; as `E'…'` when a setting would decide what its backslashes are, or a copy of the file of SQL what its line
/// ends are. A NUL, which PostgreSQL does not store, is written as its escape: the server refuses that, where the
/// character itself would end the statement.
pub(super) fn string(text: &str) -> String {
    if !text.contains(['\\', '\0', '\r']) {
        return render::string_literal(text);
    }
    let escaped = text
        .replace('\\', r"\\")
        .replace('\0', r"\000")
        .replace('\r', r"\r");
    format!("E{}", render::string_literal(&escaped))
}

/// Bytes: `X'…'` is a string of bits here.
pub(super) fn bytes(bytes: &[u8]) -> String {
    let mut digits = String::with_capacity(bytes.len() * 2 + 2);
    digits.push_str(r"\x");
    for byte in bytes {
        // Writing to a String cannot fail.
        let _ = write!(digits, "{byte:02x}");
    }
    format!("{}::bytea", string(&digits))
}
