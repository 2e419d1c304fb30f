//! Names as they are written in SQLite's own text.

/// The name that a token writes: `"x"`, `` `x` ``, `[x]`, `'x'`, or x itself.
pub(crate) fn unquoted(token: &str) -> String {
    let inner = token.get(1..token.len().saturating_sub(1)).unwrap_or_default();
    match token.chars().next() {
        Some(quote @ ('"' | '`' | '\'')) if inner.contains(quote) => {
            inner.replace(&format!("{quote}{quote}"), &quote.to_string())
        }
        Some('"' | '`' | '\'' | '[') => inner.to_owned(),
        _ => token.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::unquoted;

    #[test]
    fn only_the_own_quote_is_doubled() {
        for (token, name) in [
            ("plain", "plain"),
            ("\"a\"\"b``\"", "a\"b``"),
            ("`a``b\"\"`", "a`b\"\""),
            ("[a[[b]", "a[[b"),
            ("'it''s'", "it's"),
        ] {
            assert_eq!(unquoted(token), name);
        }
    }
}
