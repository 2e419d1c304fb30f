//! Strings, byte strings and numbers.

use crate::schema::Piece;
use crate::sql::Span;
use crate::sql::TokenKind;

use super::PortableError;
use super::cursor::Parser;
use super::cursor::shown;
use super::cursor::without_quotes;

impl Parser<'_> {
    /// Whether a string comes next, with or without a prefix such as X.
    pub(super) fn is_string(&self) -> bool {
        self.text_at(0, TokenKind::String).is_some() || self.prefixed_string().is_some()
    }

    /// A word that touches a string: the span of both.
    fn prefixed_string(&self) -> Option<Span> {
        let word = self.peek().filter(|token| token.kind == TokenKind::Word)?;
        let string = self.peek_at(1).filter(|token| token.kind == TokenKind::String)?;
        (word.span.end == string.span.start).then(|| word.span.to(string.span))
    }

    /// A string or a byte string.
    pub(super) fn string_piece(&mut self) -> Result<Piece, PortableError> {
        let prefixed = self.prefixed_string();
        let span = prefixed.unwrap_or_else(|| self.here());
        if prefixed.is_some() {
            self.advance();
        }
        let text = self.slice(span);
        self.advance();
        let (prefix, quoted) = text.split_at(text.find('\'').unwrap_or(text.len()));
        let inner = without_quotes(quoted, '\'');
        if self.is_string() {
            return Err(PortableError::new(
                span.to(self.here()),
                "adjacent strings are joined by some engines only",
            )
            .hint("write one string, or 'a' || 'b'"));
        }
        match prefix.to_ascii_lowercase().as_str() {
            "" => Ok(Piece::String(inner.replace("''", "'"))),
            "x" => hexadecimal(inner).map(Piece::Bytes).ok_or_else(|| {
                PortableError::new(span, "a byte string holds pairs of hexadecimal digits")
                    .hint("write X'00FF'")
            }),
            _ => Err(PortableError::new(
                span,
                format!("a string with the prefix {} is not portable", shown(prefix)),
            )
            .hint("write '…', in which a backslash is an ordinary character, or X'…' for bytes")),
        }
    }

    /// A string without a prefix.
    pub(super) fn string(&mut self, what: &str) -> Result<String, PortableError> {
        let span = self.here();
        if let Some(text) = self.text_at(0, TokenKind::QuotedName) {
            return Err(
                PortableError::new(span, format!("expected {what}, found the name {text}"))
                    .hint("a string stands between single quotes"),
            );
        }
        if !self.is_string() {
            return Err(self.expected(what));
        }
        match self.string_piece()? {
            Piece::String(text) => Ok(text),
            _ => Err(PortableError::new(
                span,
                format!("expected {what}, found a byte string"),
            )),
        }
    }

    /// A number: digits, perhaps with a point and an exponent.
    pub(super) fn number(&mut self) -> Result<String, PortableError> {
        let Some(text) = self.text_at(0, TokenKind::Number) else {
            return Err(self.expected("a number"));
        };
        let span = self.advance();
        if !is_portable_number(text) {
            return Err(
                PortableError::new(span, format!("{} is not a portable number", shown(text)))
                    .hint("write decimal digits, as in 42, 3.5 or 1e6"),
            );
        }
        Ok(text.to_owned())
    }

    /// A whole number within bounds; `what` is what it counts.
    pub(super) fn whole_number(&mut self, what: &str, least: u32, most: u32) -> Result<u32, PortableError> {
        let Some(text) = self.text_at(0, TokenKind::Number) else {
            return Err(self.expected(what));
        };
        let span = self.advance();
        text.parse()
            .ok()
            .filter(|number| (least..=most).contains(number))
            .ok_or_else(|| {
                PortableError::new(span, format!("{what} is a whole number from {least} to {most}"))
            })
    }
}

fn hexadecimal(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| {
        char::from(byte)
            .to_digit(16)
            .and_then(|digit| u8::try_from(digit).ok())
    };
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    pairs
        .iter()
        .map(|&[high, low]| Some(digit(high)? << 4 | digit(low)?))
        .collect()
}

/// `1`, `1.5`, `.5`, `1.`, `1e3`: what every engine reads alike.
fn is_portable_number(text: &str) -> bool {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let exponent_is_right = exponent.is_none_or(|exponent| {
        let unsigned = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !unsigned.is_empty() && digits(unsigned)
    });
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    exponent_is_right && !(whole.is_empty() && fraction.is_empty()) && digits(whole) && digits(fraction)
}
