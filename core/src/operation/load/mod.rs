//! The rows of a file as INSERT statements.

mod column;
mod moment;
mod number;
#[cfg(test)]
mod tests;
mod value;

use super::Operation;
use super::inserts::Inserts;
use crate::data_file::DataError;
use crate::data_file::DataFault;
use crate::data_file::DataFile;
use crate::data_file::DataFormat;
use crate::data_file::Records;
use crate::schema::Name;
use crate::schema::Table;

use self::column::LoadColumn;

/// Reads a file and gives its rows as statements, of which it holds one at a time.
pub(crate) struct Loading {
    file: String,
    records: Records,
    columns: Vec<LoadColumn>,
    inserts: Inserts,
    /// The lines of the rows that are in no statement yet.
    lines: Option<(usize, usize)>,
    is_done: bool,
}

/// Rows that are inserted by one statement.
#[derive(Debug)]
pub(crate) struct LoadedRows {
    /// The statement.
    pub(crate) operation: Operation,
    /// The lines on which its first and its last row begin, from 1.
    pub(crate) lines: (usize, usize),
}

impl Loading {
    /// Opens a file for a table. `words` are the names by which types name the driver: its dialect's first.
    pub(crate) fn open(
        file: &DataFile,
        format: DataFormat,
        table: &Table,
        words: &[&str],
    ) -> Result<Self, DataError> {
        let records = Records::open(file, format)?;
        let columns = column::columns(&records, table, words)?;
        let names: Vec<Name> = columns.iter().map(|column| column.name.clone()).collect();
        Ok(Self {
            file: file.name().to_owned(),
            inserts: Inserts::new(table.name.clone(), names),
            records,
            columns,
            lines: None,
            is_done: false,
        })
    }

    /// The next rows.
    pub(crate) fn next(&mut self) -> Result<Option<LoadedRows>, DataError> {
        while !self.is_done {
            let Some(record) = self.records.next()? else {
                self.is_done = true;
                break;
            };
            let line = record.line;
            let mut values = Vec::with_capacity(self.columns.len());
            for (column, field) in self.columns.iter().zip(record.fields) {
                let value = column
                    .literal(field)
                    .map_err(|fault| fault.at(&self.file, Some(line), Some(column.name.as_str())))?;
                values.push(value);
            }
            let full = self.inserts.add(values);
            let (first, last) = self.lines.unwrap_or((line, line));
            if let Some(operation) = full {
                self.lines = Some((line, line));
                return Ok(Some(LoadedRows {
                    operation,
                    lines: (first, last),
                }));
            }
            self.lines = Some((first, line));
        }
        let lines = self.lines.take();
        let last = self.inserts.end_statement();
        Ok(last
            .zip(lines)
            .map(|(operation, lines)| LoadedRows { operation, lines }))
    }

    /// Refuses a file that has changed since its digest was taken. Asked when all rows are read.
    pub(crate) fn check(&self, digest: &str) -> Result<(), DataError> {
        if self.records.has_digest(digest) {
            return Ok(());
        }
        Err(DataFault::Changed.at(&self.file, None, None))
    }

    /// Reads a whole file and gives its first fault, of its rows alone where the table is not known.
    pub(crate) fn verify(
        file: &DataFile,
        format: DataFormat,
        table: Option<&Table>,
        words: &[&str],
    ) -> Result<(), DataError> {
        match table {
            Some(table) => {
                let mut loading = Self::open(file, format, table, words)?;
                while loading.next()?.is_some() {}
            }
            None => {
                let mut records = Records::open(file, format)?;
                while records.next()?.is_some() {}
            }
        }
        Ok(())
    }
}
