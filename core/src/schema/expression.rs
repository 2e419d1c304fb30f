//! Expressions and queries: portable token runs, or a dialect's own text.

use serde::Deserialize;
use serde::Serialize;

use super::DataType;
use super::Name;

/// An expression of a default, check, generated column, index key or filter.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Expression {
    /// Tokens of the portable vocabulary; each dialect writes them in its own way.
    Portable(TokenRun),
    /// A dialect's own text, as read from a catalogue.
    Native(String),
}

/// A balanced run of portable tokens.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TokenRun(pub Vec<Piece>);

/// One token of portable SQL, its meaning already decided.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Piece {
    /// A table, column or alias; always quoted when rendered.
    Name(Name),
    /// A string, decoded.
    String(String),
    /// A byte string `X'…'`, decoded.
    Bytes(Vec<u8>),
    /// A number, as written.
    Number(String),
    /// A keyword of the vocabulary, upper case: `AND`, `SELECT`, `CURRENT_TIMESTAMP`, `TRUE`, …
    Keyword(String),
    /// The portable name of a function, lower case, without its parentheses.
    Function(String),
    /// An operator: `=`, `<>`, `+`, `||`, …
    Operator(String),
    /// The type of a CAST.
    Type(DataType),
    /// `(`
    Open,
    /// `)`
    Close,
    /// `,`
    Comma,
    /// `.` between a table and its column
    Dot,
    /// `*` as a list of columns or in `count(*)`
    Star,
}
