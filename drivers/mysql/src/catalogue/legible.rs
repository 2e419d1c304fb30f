//! Texts with bytes in them that are no letters.

use std::fmt::Write;

/// A text in which each string that is no text is written in hexadecimal digits: an older MariaDB shows a default of bytes as
/// these bytes themselves.
pub(super) fn legible(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut rest = bytes;
    while !rest.is_empty() {
        let is_quote = |byte: &u8| matches!(byte, b'\'' | b'`');
        let start = rest.iter().position(is_quote).unwrap_or(rest.len());
        let (before, behind) = rest.split_at(start);
        text.push_str(&String::from_utf8_lossy(before));
        let (quoted, behind) = behind.split_at(length(behind));
        match std::str::from_utf8(quoted) {
            Ok(quoted) => text.push_str(quoted),
            Err(_) => text.push_str(&hexadecimal(quoted)),
        }
        rest = behind;
    }
    text
}

/// The length of what stands between quotes at the beginning, with the quotes.
fn length(text: &[u8]) -> usize {
    let Some(quote) = text.first() else {
        return 0;
    };
    let mut bytes = text.iter().enumerate().skip(1).peekable();
    while let Some((position, byte)) = bytes.next() {
        match byte {
            b'\\' if *quote == b'\'' => drop(bytes.next()),
            byte if byte == quote && bytes.next_if(|(_, next)| *next == quote).is_none() => {
                return position.saturating_add(1);
            }
            _ => {}
        }
    }
    text.len()
}

/// `x'00ff'`
fn hexadecimal(quoted: &[u8]) -> String {
    let inner = quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default();
    let mut bytes = inner.iter();
    let mut text = String::from("x'");
    while let Some(byte) = bytes.next() {
        let byte = match byte {
            b'\\' => match bytes.next() {
                Some(b'0') => 0,
                Some(b'n') => b'\n',
                Some(b'r') => b'\r',
                Some(b't') => b'\t',
                Some(b'Z') => 0x1a,
                Some(other) => *other,
                None => b'\\',
            },
            b'\'' => {
                bytes.next();
                b'\''
            }
            other => *other,
        };
        // Writing to a text does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text.push('\'');
    text
}

#[cfg(test)]
mod tests {
    use super::legible;

    #[test]
    fn bytes_become_digits() {
        assert_eq!(
            legible(b"`it's` varbinary(9) DEFAULT 'A\xff\\0''\\\\', `b` int COMMENT 'x'"),
            "`it's` varbinary(9) DEFAULT x'41ff00275c', `b` int COMMENT 'x'"
        );
        assert_eq!(legible("DEFAULT 'é'".as_bytes()), "DEFAULT 'é'");
        assert_eq!(legible(b"'open \xff"), "x'6f70656e20'");
    }
}
