//! A row with the names of its columns.

use std::cell::Cell;

use super::FromValue;
use super::RowError;
use crate::driver::Row;

/// A row that is being read, with the names of its columns.
#[derive(Debug)]
pub struct Fields<'a> {
    columns: &'a [String],
    row: &'a Row,
    /// What it is read as, for errors.
    target: &'static str,
    /// Where the next column is looked for first: nearly always columns are read in their order.
    next: Cell<usize>,
}

impl<'a> Fields<'a> {
    /// A row that is read as a `T`.
    pub fn new<T>(columns: &'a [String], row: &'a Row) -> Self {
        Self {
            columns,
            row,
            target: std::any::type_name::<T>(),
            next: Cell::new(0),
        }
    }

    /// The value of the column of this name, exactly as the database gives the name; of two such columns the one that
    /// stands behind what was read before.
    ///
    /// # Errors
    /// There is no such column, or its value is none of the type.
    pub fn get<T: FromValue>(&self, column: &str) -> Result<T, RowError> {
        let (before, after) = self.columns.split_at(self.next.get().min(self.columns.len()));
        let is_it = |name: &String| name == column;
        let found = after.iter().position(is_it).map(|index| before.len() + index);
        let Some(index) = found.or_else(|| before.iter().position(is_it)) else {
            return Err(RowError::NoColumn {
                target: self.target,
                column: column.to_owned(),
                columns: self.columns.to_vec(),
            });
        };
        self.read(index)
    }

    /// The value at a position, from 0.
    ///
    /// # Errors
    /// It is none of the type. Where there is no such column, it is NULL.
    pub fn at<T: FromValue>(&self, index: usize) -> Result<T, RowError> {
        self.read(index)
    }

    fn read<T: FromValue>(&self, index: usize) -> Result<T, RowError> {
        self.next.set(index + 1);
        T::from_value(self.row.get(index)).map_err(|error| RowError::Value {
            target: self.target,
            column: self.columns.get(index).cloned().unwrap_or_default(),
            error,
        })
    }

    pub(super) fn width(&self, expected: usize) -> Result<(), RowError> {
        match self.columns.len() {
            found if found == expected => Ok(()),
            found => Err(RowError::Width {
                target: self.target,
                expected,
                found,
            }),
        }
    }
}
