//! Operators and punctuation.

use super::Lexer;
use super::TokenKind;

/// The operators of more than one character, longest first.
const OPERATORS: [&str; 15] = [
    "->>", "<=>", "<=", ">=", "<>", "!=", "==", "=>", "||", "&&", "<<", ">>", "->", "::", ":=",
];

/// Characters that let a custom operator end in `+` or `-`.
const FREEING: &[u8] = b"~!@#%^&|`?";

/// No server takes a longer operator, and a bound keeps the lexer linear on a long row of signs.
const LONGEST_OPERATOR: usize = 63;

/// Whether one of [`OPERATORS`] begins so. Most symbols are parentheses and commas.
const fn begins_operator(byte: u8) -> bool {
    matches!(byte, b'-' | b'<' | b'>' | b'!' | b'=' | b'|' | b'&' | b':')
}

impl Lexer<'_> {
    /// The operator or mark at `at`, or a byte that has no place in SQL. Never empty.
    pub(super) fn symbol(&self, at: usize) -> (TokenKind, usize) {
        if let Some(end) = self.custom_operator(at) {
            return (TokenKind::Symbol, end);
        }
        let byte = self.byte(at).unwrap_or_default();
        if begins_operator(byte) {
            let operator = OPERATORS.iter().find(|operator| self.starts_with(at, operator));
            if let Some(operator) = operator {
                return (TokenKind::Symbol, at + operator.len());
            }
        }
        let kind = match byte {
            b'\\' | b'`' | b'#' | b'$' => TokenKind::Unknown,
            byte if byte.is_ascii_punctuation() => TokenKind::Symbol,
            _ => TokenKind::Unknown,
        };
        (kind, at + 1)
    }

    /// PostgreSQL's rule: the longest run of operator characters that neither contains the start of a comment nor
    /// ends in a sign, unless a character in it could be no standard operator's.
    fn custom_operator(&self, at: usize) -> Option<usize> {
        if !self.rules.custom_operators {
            return None;
        }
        let mut end = at;
        while end - at < LONGEST_OPERATOR
            && self.byte(end).is_some_and(|byte| self.belongs_to_operator(byte))
            && !(end > at && (self.starts_with(end, "--") || self.starts_with(end, "/*")))
        {
            end += 1;
        }
        let bytes = self.text.as_bytes().get(at..end)?;
        if !bytes.iter().any(|byte| FREEING.contains(byte)) {
            let signs = bytes
                .iter()
                .skip(1)
                .rev()
                .take_while(|byte| matches!(byte, b'+' | b'-'))
                .count();
            end -= signs;
        }
        (end > at).then_some(end)
    }

    fn belongs_to_operator(&self, byte: u8) -> bool {
        match byte {
            b'+' | b'-' | b'*' | b'/' | b'<' | b'>' | b'=' | b'~' | b'!' | b'%' | b'^' | b'&' | b'|' => true,
            b'#' => !self.rules.hash_comments,
            b'@' => !self.rules.at_parameters,
            b'?' => !self.rules.question_parameters,
            b'`' => !self.rules.backtick_names,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_operator_is_looked_for() {
        let begins = |operator: &&str| operator.bytes().next().is_some_and(begins_operator);
        assert!(OPERATORS.iter().all(begins));
    }
}
