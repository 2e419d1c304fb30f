//! Rows for one table, as values.

mod tab_separated;

use std::ops::Range;
use std::sync::Arc;

use super::Operation;
use super::inserts::Inserts;
use super::inserts::Literal;
use crate::schema::Name;
use crate::schema::Table;

/// Rows that are written into one table together.
///
/// The characters of all values stand in one text, so that a row costs no allocation of its own.
///
/// ```
/// use std::sync::Arc;
///
/// use limbeck_core::operation::{RowBatch, RowValue};
/// use limbeck_core::schema::{Column, DataType, Name, Table};
///
/// let id = Column::new(Name::folded("id")?, DataType::BigInt);
/// let name = Column::new(Name::folded("name")?, DataType::Text);
/// let columns = [id.name.clone(), name.name.clone()];
/// let table = Arc::new(Table::new(Name::folded("account")?, vec![id, name]));
///
/// let mut batch = RowBatch::new(table, Arc::from(columns));
/// batch.push(RowValue::Number("7"));
/// batch.push(RowValue::Text("Ann"));
/// batch.push(RowValue::Number("8"));
/// batch.push(RowValue::Null);
///
/// let rows: Vec<Vec<RowValue<'_>>> = batch.rows().map(|row| row.collect()).collect();
/// assert_eq!(rows[0], [RowValue::Number("7"), RowValue::Text("Ann")]);
/// assert_eq!(rows[1], [RowValue::Number("8"), RowValue::Null]);
/// # Ok::<(), limbeck_core::schema::NameError>(())
/// ```
#[derive(Clone, Debug)]
pub struct RowBatch {
    table: Arc<Table>,
    columns: Arc<[Name]>,
    cells: Vec<Cell>,
    text: String,
    bytes: Vec<u8>,
    is_last: bool,
}

/// A value of a row. Numbers stand as they are written: nothing of them is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowValue<'a> {
    /// No value.
    Null,
    /// A truth value.
    Boolean(bool),
    /// Digits, perhaps with a point and an exponent, and a `-` before them.
    Number(&'a str),
    /// Characters, without a NUL. Days and times are in the one form that every engine reads, UTC where they had a zone.
    Text(&'a str),
    /// Bytes.
    Bytes(&'a [u8]),
}

/// Where a value stands.
#[derive(Clone, Debug)]
enum Cell {
    Null,
    Boolean(bool),
    Number(Range<usize>),
    Text(Range<usize>),
    Bytes(Range<usize>),
}

impl RowBatch {
    /// No rows yet for these columns of a table.
    pub const fn new(table: Arc<Table>, columns: Arc<[Name]>) -> Self {
        Self {
            table,
            columns,
            cells: Vec::new(),
            text: String::new(),
            bytes: Vec::new(),
            is_last: false,
        }
    }

    /// Adds the next value: one for each column, row by row.
    pub fn push(&mut self, value: RowValue<'_>) {
        let cell = match value {
            RowValue::Null => Cell::Null,
            RowValue::Boolean(truth) => Cell::Boolean(truth),
            RowValue::Number(number) => Cell::Number(self.put(number)),
            RowValue::Text(text) => Cell::Text(self.put(text)),
            RowValue::Bytes(bytes) => {
                let start = self.bytes.len();
                self.bytes.extend_from_slice(bytes);
                Cell::Bytes(start..self.bytes.len())
            }
        };
        self.cells.push(cell);
    }

    /// Says that no rows of the same load come after these.
    pub const fn end(&mut self) {
        self.is_last = true;
    }

    /// Whether no rows of the same load come after these.
    pub const fn is_last(&self) -> bool {
        self.is_last
    }

    /// The table.
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// The columns that the rows have values for. The others get their defaults.
    pub fn columns(&self) -> &[Name] {
        &self.columns
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.cells.len() / self.width()
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// About how many bytes the values need.
    pub const fn size(&self) -> usize {
        self.text.len() + self.bytes.len() + self.cells.len()
    }

    /// The rows, each with as many values as there are columns.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = impl ExactSizeIterator<Item = RowValue<'_>>> {
        let rows = self.cells.chunks_exact(self.width());
        rows.map(|row| row.iter().map(|cell| self.value(cell)))
    }

    /// The rows as INSERT statements of some hundred each, and which rows each has.
    pub(crate) fn inserts(&self) -> impl Iterator<Item = (Operation, Range<usize>)> {
        let mut inserts = Inserts::new(self.table.name.clone(), self.columns.to_vec());
        let mut rows = self.rows().enumerate();
        let mut start = 0;
        let mut end = 0;
        std::iter::from_fn(move || {
            for (row, values) in rows.by_ref() {
                let full = inserts.add(values.map(Literal::from).collect());
                end = row + 1;
                if let Some(full) = full {
                    let of = start..row;
                    start = row;
                    return Some((full, of));
                }
            }
            inserts.end_statement().map(|last| (last, start..end))
        })
    }

    fn width(&self) -> usize {
        self.columns.len().max(1)
    }

    fn put(&mut self, text: &str) -> Range<usize> {
        let start = self.text.len();
        self.text.push_str(text);
        start..self.text.len()
    }

    fn value(&self, cell: &Cell) -> RowValue<'_> {
        let text = |range: &Range<usize>| self.text.get(range.clone()).unwrap_or_default();
        match cell {
            Cell::Null => RowValue::Null,
            Cell::Boolean(truth) => RowValue::Boolean(*truth),
            Cell::Number(range) => RowValue::Number(text(range)),
            Cell::Text(range) => RowValue::Text(text(range)),
            Cell::Bytes(range) => RowValue::Bytes(self.bytes.get(range.clone()).unwrap_or_default()),
        }
    }
}
