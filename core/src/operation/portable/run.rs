//! The run of tokens that an expression or query becomes.

use crate::schema::Expression;
use crate::schema::Name;
use crate::schema::Piece;
use crate::schema::TokenRun;

use super::cursor::Parser;

/// Where an expression stands, which decides what it may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// A default: no column, no sub-query.
    Default,
    /// A check, generated column, index key or filter: columns of one row, nothing that changes with time.
    Row,
    /// A query or a statement over rows: everything.
    Query,
}

/// Pieces as they are read.
pub(super) struct Run {
    pub(super) standing: Standing,
    pub(super) pieces: Vec<Piece>,
}

impl Run {
    pub(super) fn new(standing: Standing) -> Self {
        Self {
            standing,
            pieces: Vec::new(),
        }
    }

    pub(super) fn push(&mut self, piece: Piece) {
        self.pieces.push(piece);
    }

    pub(super) fn keyword(&mut self, word: &str) {
        self.push(Piece::Keyword(word.to_owned()));
    }

    /// The pieces from `start` on.
    pub(super) fn since(&self, start: usize) -> &[Piece] {
        self.pieces.get(start..).unwrap_or_default()
    }

    pub(super) fn into_run(self) -> TokenRun {
        TokenRun(self.pieces)
    }

    pub(super) fn into_expression(self) -> Expression {
        Expression::Portable(self.into_run())
    }
}

impl Parser<'_> {
    /// Takes the keyword into the run when it comes next.
    pub(super) fn take_into(&mut self, run: &mut Run, word: &str) -> bool {
        let next = self.take_word(word);
        if next {
            run.keyword(word);
        }
        next
    }

    /// Takes the keyword into the run; anything else is an error.
    pub(super) fn expect_into(&mut self, run: &mut Run, word: &str) -> Result<(), super::PortableError> {
        self.expect_word(word)?;
        run.keyword(word);
        Ok(())
    }
}

/// The columns that an expression mentions, each once, in the order of their first mention.
pub(super) fn columns_of(expression: &Expression) -> Vec<Name> {
    let Expression::Portable(run) = expression else {
        return Vec::new();
    };
    let mut columns = Vec::new();
    for piece in &run.0 {
        if let Piece::Name(name) = piece
            && !columns.contains(name)
        {
            columns.push(name.clone());
        }
    }
    columns
}
