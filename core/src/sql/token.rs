//! What the lexer gives.

use super::Span;

/// The kind of a token. A construct that the end of the text cuts off keeps its kind and reaches to the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenKind {
    /// Blanks and line ends.
    Whitespace,
    /// A comment that the server ignores.
    Comment,
    /// A comment that means something to the server: `/*! … */`, `/*M! … */`, `/*+ … */`.
    ExecutableComment,
    /// An unquoted name or keyword.
    Word,
    /// A quoted name, with its quotes.
    QuotedName,
    /// A string of any notation, with its quotes and prefix.
    String,
    /// A number.
    Number,
    /// A parameter: `?`, `?1`, `$1`, `:name`, `@name`, `@@name`.
    Parameter,
    /// An operator or a punctuation mark, as long as the dialect's operators are.
    Symbol,
    /// The mark that ends a statement: `;` or the present delimiter.
    StatementEnd,
    /// A client command that is not sent, with its whole line: `DELIMITER //`.
    ClientCommand,
    /// A byte or character that has no place in SQL.
    Unknown,
}

impl TokenKind {
    /// Whether the token separates others and says nothing itself.
    pub const fn is_trivia(self) -> bool {
        matches!(self, Self::Whitespace | Self::Comment)
    }
}

/// A token: a kind and the bytes it covers. The tokens of a text follow each other without gaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it stands in the text given to the lexer.
    pub span: Span,
}
