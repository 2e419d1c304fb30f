//! A value that SQL can write.

use std::borrow::Cow;

use crate::operation::RowValue;
use crate::schema::Piece;

/// A value that every dialect can write.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::operation) enum Literal<'a> {
    Null,
    Boolean(bool),
    /// Digits, perhaps with a point and an exponent, and a `-` before them.
    Number(Cow<'a, str>),
    Text(Cow<'a, str>),
    Bytes(Cow<'a, [u8]>),
}

impl<'a> Literal<'a> {
    /// About how many bytes of SQL it becomes.
    pub(in crate::operation) fn size(&self) -> usize {
        match self {
            Self::Null | Self::Boolean(_) => 5,
            Self::Number(digits) => digits.len(),
            Self::Text(text) => text.len() + 2,
            Self::Bytes(bytes) => bytes.len() * 2 + 3,
        }
    }

    /// The same, with nothing that is lent.
    pub(in crate::operation) fn into_owned(self) -> Literal<'static> {
        match self {
            Self::Null => Literal::Null,
            Self::Boolean(truth) => Literal::Boolean(truth),
            Self::Number(number) => Literal::Number(number.into_owned().into()),
            Self::Text(text) => Literal::Text(text.into_owned().into()),
            Self::Bytes(bytes) => Literal::Bytes(bytes.into_owned().into()),
        }
    }

    /// The value that drivers are given.
    pub(in crate::operation) fn as_value(&self) -> RowValue<'_> {
        match self {
            Self::Null => RowValue::Null,
            Self::Boolean(truth) => RowValue::Boolean(*truth),
            Self::Number(number) => RowValue::Number(number),
            Self::Text(text) => RowValue::Text(text),
            Self::Bytes(bytes) => RowValue::Bytes(bytes),
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
                None => Piece::Number(number.into_owned()),
            },
            Self::Text(text) => Piece::String(text.into_owned()),
            Self::Bytes(bytes) => Piece::Bytes(bytes.into_owned()),
        };
        pieces.push(piece);
    }
}

impl<'a> From<RowValue<'a>> for Literal<'a> {
    fn from(value: RowValue<'a>) -> Self {
        match value {
            RowValue::Null => Self::Null,
            RowValue::Boolean(truth) => Self::Boolean(truth),
            RowValue::Number(number) => Self::Number(number.into()),
            RowValue::Text(text) => Self::Text(text.into()),
            RowValue::Bytes(bytes) => Self::Bytes(bytes.into()),
        }
    }
}
