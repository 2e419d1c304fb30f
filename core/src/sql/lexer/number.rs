//! Numbers.

use super::Lexer;
use super::TokenKind;

impl Lexer<'_> {
    /// The number that begins at `at`, or the word, when names may begin with a digit and this one goes on after it.
    pub(super) fn number(&self, at: usize) -> Option<(TokenKind, usize)> {
        let point_first = self.byte(at) == Some(b'.');
        if !self.is_digit(at + usize::from(point_first)) {
            return None;
        }
        let end = self.radix_number(at).unwrap_or_else(|| self.decimal_number(at));
        if self.rules.digit_words && !point_first {
            let word_end = self.word_end(at);
            if word_end > end {
                return Some((TokenKind::Word, word_end));
            }
        }
        Some((TokenKind::Number, end))
    }

    fn is_digit(&self, at: usize) -> bool {
        self.byte(at).is_some_and(|byte| byte.is_ascii_digit())
    }

    /// `0x1F`, `0b01`, `0o17`.
    fn radix_number(&self, at: usize) -> Option<usize> {
        if self.byte(at)? != b'0' {
            return None;
        }
        let belongs: fn(u8) -> bool = match self.byte(at + 1)?.to_ascii_lowercase() {
            b'x' => |byte| byte.is_ascii_hexdigit() || byte == b'_',
            b'o' => |byte| matches!(byte, b'0'..=b'7' | b'_'),
            b'b' => |byte| matches!(byte, b'0' | b'1' | b'_'),
            _ => return None,
        };
        let end = self.run(at + 2, belongs);
        (end > at + 2).then_some(end)
    }

    /// `12`, `1.5`, `.5`, `1.`, `1e-3`; the point of `1..9` is not the number's.
    fn decimal_number(&self, at: usize) -> usize {
        let mut end = self.digits(at);
        if self.byte(end) == Some(b'.') && self.byte(end + 1) != Some(b'.') {
            end = self.digits(end + 1);
        }
        if matches!(self.byte(end), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(self.byte(end + 1), Some(b'+' | b'-')));
            if self.is_digit(end + 1 + sign) {
                end = self.digits(end + 1 + sign);
            }
        }
        end
    }

    /// The position after a run of digits, which underscores may group where a name cannot begin with a digit.
    fn digits(&self, at: usize) -> usize {
        let mut end = self.run(at, |byte| byte.is_ascii_digit());
        while end > at && !self.rules.digit_words && self.byte(end) == Some(b'_') && self.is_digit(end + 1) {
            end = self.run(end + 1, |byte| byte.is_ascii_digit());
        }
        end
    }
}
