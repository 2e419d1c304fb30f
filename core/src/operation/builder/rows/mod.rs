//! Rows of Rust values as INSERT statements.

mod error;
mod literal;
mod row;
mod value;

use std::borrow::Cow;

use serde::Serialize;

use self::literal::Literal;
use self::row::Field;
use super::Identifier;
use crate::operation::DataKind;
use crate::operation::DataStatement;
use crate::operation::Operation;
use crate::operation::portable::Spellings;
use crate::schema::Name;
use crate::schema::Piece;
use crate::schema::TokenRun;
use crate::sql::Span;

pub use self::error::RowError;
pub use self::error::ValueFault;

/// Rows of one statement at most.
const MAX_ROWS: usize = 500;

/// Bytes of values at most, which keeps a statement far below what servers take; one row is sent however long it is.
const MAX_BYTES: usize = 256 * 1024;

/// Gathers rows into statements.
pub(super) struct Inserts {
    table: Name,
    /// The fields of the first row, and the columns that they are.
    fields: Vec<Cow<'static, str>>,
    columns: Vec<Name>,
    /// The statement that is being written.
    pieces: Vec<Piece>,
    rows: usize,
    bytes: usize,
    operations: Vec<Operation>,
}

impl Inserts {
    pub(super) fn new(table: Name) -> Self {
        Self {
            table,
            fields: Vec::new(),
            columns: Vec::new(),
            pieces: Vec::new(),
            rows: 0,
            bytes: 0,
            operations: Vec::new(),
        }
    }

    pub(super) fn add<R: Serialize>(&mut self, row: &R) -> Result<(), RowError> {
        let fields = row::read(row)?;
        if self.columns.is_empty() {
            self.columns = columns(&fields, &self.table)?;
            self.fields = fields.iter().map(|(field, _)| field.clone()).collect();
        }
        let values = self.in_order(fields)?;
        let bytes = values.iter().map(Literal::size).sum::<usize>();
        if self.rows == MAX_ROWS || (self.rows > 0 && self.bytes + bytes > MAX_BYTES) {
            self.end_statement();
        }
        self.bytes += bytes;
        self.write(values);
        Ok(())
    }

    pub(super) fn into_operations(mut self) -> Vec<Operation> {
        self.end_statement();
        self.operations
    }

    /// The values in the order of the columns.
    fn in_order(&self, mut fields: Vec<Field>) -> Result<Vec<Literal>, RowError> {
        let mut values = Vec::with_capacity(self.fields.len());
        for (place, wanted) in self.fields.iter().enumerate() {
            let found = fields.iter().skip(place).position(|(field, _)| field == wanted);
            let Some(found) = found else {
                return Err(RowError::MissingField {
                    field: wanted.clone().into_owned(),
                });
            };
            fields.swap(place, place + found);
        }
        if let Some((extra, _)) = fields.get(self.fields.len()) {
            return Err(RowError::ExtraField {
                field: extra.clone().into_owned(),
            });
        }
        values.extend(fields.into_iter().map(|(_, value)| value));
        Ok(values)
    }

    /// Writes a row, and before the first one the head of the statement.
    fn write(&mut self, values: Vec<Literal>) {
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

    fn end_statement(&mut self) {
        if self.rows == 0 {
            return;
        }
        self.rows = 0;
        self.bytes = 0;
        self.operations.push(Operation::Data(DataStatement::new(
            DataKind::Insert,
            Some(self.table.clone()),
            self.columns.clone(),
            TokenRun(std::mem::take(&mut self.pieces)),
        )));
    }
}

/// The columns that the fields of the first row are.
fn columns(fields: &[Field], table: &Name) -> Result<Vec<Name>, RowError> {
    let mut spellings = Spellings::default();
    let mut columns: Vec<Name> = Vec::new();
    let nowhere = Span::new(0, 0);
    for (field, _) in fields {
        let read = Identifier::from(field.as_ref()).read().and_then(|name| {
            spellings.check(table, nowhere)?;
            spellings.check(&name, nowhere)?;
            Ok(name)
        });
        let message = match read {
            Ok(name) if columns.contains(&name) => format!("another field is the column `{name}` too"),
            Ok(name) => {
                columns.push(name);
                continue;
            }
            Err(error) => error.message,
        };
        return Err(RowError::BadField {
            field: field.clone().into_owned(),
            message,
        });
    }
    if columns.is_empty() {
        return Err(RowError::NoFields);
    }
    Ok(columns)
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
