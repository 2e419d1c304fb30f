//! Words and parameters.

use super::Lexer;
use super::TokenKind;

/// Whether a byte begins an unquoted name. Every byte beyond ASCII does, as in all the dialects.
pub(super) fn starts_word(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || !byte.is_ascii()
}

/// Whether a byte goes on in an unquoted name.
pub(super) fn continues_word(byte: u8) -> bool {
    starts_word(byte) || byte.is_ascii_digit() || byte == b'$'
}

impl Lexer<'_> {
    /// The position after the word characters from `at` on, or before a delimiter that touches them (`END$$`).
    pub(super) fn word_end(&self, at: usize) -> usize {
        let end = self.run(at, continues_word);
        self.delimiter_inside(at, end).unwrap_or(end)
    }

    /// The parameter or variable that begins at `at`.
    pub(super) fn parameter(&self, at: usize) -> Option<(TokenKind, usize)> {
        let end = match self.byte(at)? {
            b'?' if self.rules.question_parameters => self.run(at + 1, |byte| byte.is_ascii_digit()),
            b'$' => self.name_behind(at + 1)?,
            b':' if self.rules.colon_parameters => self.name_behind(at + 1)?,
            b'@' if self.rules.at_parameters => self.variable(at)?,
            _ => return None,
        };
        Some((TokenKind::Parameter, end))
    }

    fn name_behind(&self, at: usize) -> Option<usize> {
        let end = self.word_end(at);
        (end > at).then_some(end)
    }

    /// `@name`, `@@name`, and names between quotes behind one `@`.
    fn variable(&self, at: usize) -> Option<usize> {
        match self.byte(at + 1)? {
            b'@' => self.name_behind(at + 2),
            b'\'' | b'"' | b'`' => self.quoted(at + 1).map(|(_, end)| end),
            _ => self.name_behind(at + 1),
        }
    }
}
