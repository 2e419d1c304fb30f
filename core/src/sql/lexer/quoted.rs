//! Strings of every notation and quoted names.

use super::Lexer;
use super::TokenKind;
use super::word::continues_word;
use super::word::starts_word;
use crate::sql::DoubleQuotes;

/// Whether a backslash takes the next character along.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Backslash {
    Escapes,
    IsText,
}

impl Lexer<'_> {
    /// The string or quoted name that begins with its quote at `at`.
    pub(super) fn quoted(&self, at: usize) -> Option<(TokenKind, usize)> {
        match self.byte(at)? {
            b'\'' => Some((TokenKind::String, self.closing(at, b'\'', self.backslash()))),
            b'"' => Some(self.double_quoted(at)),
            b'`' if self.rules.backtick_names => {
                Some((TokenKind::QuotedName, self.closing(at, b'`', Backslash::IsText)))
            }
            b'[' if self.rules.bracket_names => Some((TokenKind::QuotedName, self.past(at + 1, "]"))),
            b'$' if self.rules.dollar_quotes => Some((TokenKind::String, self.dollar_quoted(at)?)),
            _ => None,
        }
    }

    fn backslash(&self) -> Backslash {
        if self.rules.backslash_escapes {
            Backslash::Escapes
        } else {
            Backslash::IsText
        }
    }

    fn double_quoted(&self, at: usize) -> (TokenKind, usize) {
        match self.rules.double_quotes {
            DoubleQuotes::Name => (TokenKind::QuotedName, self.closing(at, b'"', Backslash::IsText)),
            DoubleQuotes::String => (TokenKind::String, self.closing(at, b'"', self.backslash())),
        }
    }

    /// `N'…'`, `B'…'`, `X'…'` everywhere; `E'…'`, `U&'…'` and `U&"…"` by the rules. The letter must touch the quote.
    pub(super) fn prefixed(&self, at: usize) -> Option<(TokenKind, usize)> {
        let letter = self.byte(at)?.to_ascii_lowercase();
        let next = self.byte(at + 1)?;
        match (letter, next) {
            (b'e', b'\'') if self.rules.escape_strings => {
                Some((TokenKind::String, self.closing(at + 1, b'\'', Backslash::Escapes)))
            }
            (b'n' | b'b' | b'x', b'\'') => {
                Some((TokenKind::String, self.closing(at + 1, b'\'', self.backslash())))
            }
            (b'u', b'&') if self.rules.escape_strings => match self.byte(at + 2)? {
                b'\'' => Some((TokenKind::String, self.closing(at + 2, b'\'', Backslash::IsText))),
                b'"' => Some((
                    TokenKind::QuotedName,
                    self.closing(at + 2, b'"', Backslash::IsText),
                )),
                _ => None,
            },
            _ => None,
        }
    }

    /// The position after the quote that closes the one at `open`. A doubled quote stands for itself.
    fn closing(&self, open: usize, quote: u8, backslash: Backslash) -> usize {
        let escapes = backslash == Backslash::Escapes;
        let mut position = open + 1;
        loop {
            position = self.run(position, |byte| byte != quote && !(escapes && byte == b'\\'));
            match self.byte(position) {
                None => return self.text.len(),
                Some(byte) if byte != quote => position = self.after_escaped(position),
                Some(_) if self.byte(position + 1) == Some(quote) => position += 2,
                Some(_) => return position + 1,
            }
        }
    }

    /// The position after a backslash and the character behind it. That character may have several bytes; their
    /// continuation bytes are never a quote, so stepping over the first one is enough.
    fn after_escaped(&self, backslash: usize) -> usize {
        (backslash + 2).min(self.text.len())
    }

    /// The position after `$tag$ … $tag$`, where the tag may be empty and holds no `$`. Nothing when no tag opens here.
    fn dollar_quoted(&self, at: usize) -> Option<usize> {
        let tag_end = self.run(at + 1, |byte| continues_word(byte) && byte != b'$');
        if self.byte(tag_end) != Some(b'$') {
            return None;
        }
        if tag_end > at + 1 && !self.byte(at + 1).is_some_and(starts_word) {
            return None;
        }
        let mark = self.text.get(at..=tag_end)?;
        Some(self.past(tag_end + 1, mark))
    }
}
