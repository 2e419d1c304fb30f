//! A value that SQL can write.

use crate::schema::Piece;

/// A value that every dialect can write.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::operation) enum Literal {
    Null,
    Boolean(bool),
    /// Digits, perhaps with a point and an exponent, and a `-` before them.
    Number(String),
    Text(String),
    Bytes(Vec<u8>),
}

impl Literal {
    /// About how many bytes of SQL it becomes.
    pub(in crate::operation) fn size(&self) -> usize {
        match self {
            Self::Null | Self::Boolean(_) => 5,
            Self::Number(digits) => digits.len(),
            Self::Text(text) => text.len() + 2,
            Self::Bytes(bytes) => bytes.len() * 2 + 3,
        }
    }

    /// Puts it into a run, as the parser would.
    pub(in crate::operation) fn push_into(self, pieces: &mut Vec<Piece>) {
        let keyword = |word: &str| Piece::Keyword(word.to_owned());
        let piece = match self {
            Self::Null => keyword("NULL"),
            Self::Boolean(true) => keyword("TRUE"),
            Self::Boolean(false) => keyword("FALSE"),
            Self::Number(number) => match number.strip_prefix('-') {
                Some(digits) => {
                    pieces.push(Piece::Operator("-".to_owned()));
                    Piece::Number(digits.to_owned())
                }
                None => Piece::Number(number),
            },
            Self::Text(text) => Piece::String(text),
            Self::Bytes(bytes) => Piece::Bytes(bytes),
        };
        pieces.push(piece);
    }
}
