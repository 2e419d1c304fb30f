//! Strings as the catalogue writes them.

/// The text of a string between single quotes, with its doubled quotes and its backslashes.
pub(crate) fn decode(quoted: &str) -> Option<String> {
    let inner = quoted.strip_prefix('\'')?.strip_suffix('\'')?;
    unescaped(&inner.replace("''", "'"))
}

/// A text without the backslashes that keep its letters apart. None where one means something that strings here do not
/// hold.
pub(crate) fn unescaped(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            plain.push(letter);
            continue;
        }
        plain.push(match letters.next()? {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'b' => '\u{8}',
            'Z' => '\u{1a}',
            // MariaDB's catalogue writes `\x08` for a byte that cannot be seen.
            '0' | 'x' => return None,
            other => other,
        });
    }
    Some(plain)
}

/// MySQL's catalogue shows the bytes of a string or a name in an expression as if each were a letter. What cannot have come from
/// that is left as it is.
pub(crate) fn repaired(text: String) -> String {
    if text.is_ascii() {
        return text;
    }
    let bytes: Option<Vec<u8>> = text.chars().map(byte).collect();
    match bytes.map(String::from_utf8) {
        Some(Ok(repaired)) => repaired,
        _ => text,
    }
}

/// The byte that the character set `latin1`, which is Windows' 1252, shows as this letter.
fn byte(letter: char) -> Option<u8> {
    const FROM_80: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    let special = (0x80..=0x9f)
        .zip(FROM_80.chars())
        .find_map(|(byte, shown)| (shown == letter).then_some(byte));
    special.or_else(|| u8::try_from(u32::from(letter)).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_read_in_both_spellings() {
        assert_eq!(decode(r"'it''s'").as_deref(), Some("it's"));
        assert_eq!(decode(r"'it\'s'").as_deref(), Some("it's"));
        assert_eq!(decode(r"'a\\b\n'").as_deref(), Some("a\\b\n"));
        assert_eq!(decode(r"'a\x08'"), None);
    }

    #[test]
    fn letters_that_are_bytes_are_put_together() {
        assert_eq!(repaired("Ã©â‚¬".to_owned()), "é€");
        assert_eq!(repaired("é".to_owned()), "é");
        assert_eq!(repaired("日本".to_owned()), "日本");
    }
}
