//! Rows as INSERT statements.

mod literal;

use crate::operation::DataKind;
use crate::operation::DataStatement;
use crate::operation::Operation;
use crate::schema::Name;
use crate::schema::Piece;
use crate::schema::TokenRun;

pub(super) use self::literal::Literal;

/// Rows of one statement at most.
const MAX_ROWS: usize = 500;

/// Bytes of values at most, which keeps a statement far below what servers take; one row is sent however long it is.
const MAX_BYTES: usize = 256 * 1024;

/// Gathers the rows of a table into statements.
pub(super) struct Inserts {
    table: Name,
    columns: Vec<Name>,
    /// The statement that is being written.
    pieces: Vec<Piece>,
    rows: usize,
    bytes: usize,
}

impl Inserts {
    pub(super) const fn new(table: Name, columns: Vec<Name>) -> Self {
        Self {
            table,
            columns,
            pieces: Vec::new(),
            rows: 0,
            bytes: 0,
        }
    }

    /// Adds a row, which has a value for each column. Gives the statement of the rows before it when that is full.
    pub(super) fn add(&mut self, values: Vec<Literal<'_>>) -> Option<Operation> {
        let bytes = values.iter().map(Literal::size).sum::<usize>();
        let is_full = self.rows == MAX_ROWS || (self.rows > 0 && self.bytes + bytes > MAX_BYTES);
        let full = if is_full { self.end_statement() } else { None };
        self.bytes += bytes;
        self.write(values);
        full
    }

    /// The statement of the rows that were added last; none without any.
    pub(super) fn end_statement(&mut self) -> Option<Operation> {
        if self.rows == 0 {
            return None;
        }
        self.rows = 0;
        self.bytes = 0;
        Some(Operation::Data(DataStatement::new(
            DataKind::Insert,
            Some(self.table.clone()),
            self.columns.clone(),
            TokenRun(std::mem::take(&mut self.pieces)),
        )))
    }

    /// Writes a row, and before the first one the head of the statement.
    fn write(&mut self, values: Vec<Literal<'_>>) {
        if self.rows == 0 {
            let keyword = |word: &str| Piece::Keyword(word.to_owned());
            self.pieces = vec![
                keyword("INSERT"),
                keyword("INTO"),
                Piece::Name(self.table.clone()),
            ];
            let columns = self.columns.iter().cloned().map(Piece::Name);
            listed(&mut self.pieces, columns, |pieces, name| pieces.push(name));
            self.pieces.push(keyword("VALUES"));
        } else {
            self.pieces.push(Piece::Comma);
        }
        self.rows += 1;
        listed(&mut self.pieces, values.into_iter(), |pieces, value| {
            value.push_into(pieces);
        });
    }
}

/// `( item, … )`
fn listed<T>(
    pieces: &mut Vec<Piece>,
    items: impl Iterator<Item = T>,
    mut push: impl FnMut(&mut Vec<Piece>, T),
) {
    pieces.push(Piece::Open);
    for (index, item) in items.enumerate() {
        if index > 0 {
            pieces.push(Piece::Comma);
        }
        push(pieces, item);
    }
    pieces.push(Piece::Close);
}
