//! The rows of a file as those of a table.

mod column;
mod keyed;
mod moment;
mod number;
#[cfg(test)]
mod tests;
mod value;

use std::ops::Range;
use std::sync::Arc;

use super::Operation;
use super::RowBatch;
use super::RowValue;
use crate::data_file::DataError;
use crate::data_file::DataFault;
use crate::data_file::DataFile;
use crate::data_file::DataFormat;
use crate::data_file::Records;
use crate::schema::Name;
use crate::schema::Table;

use self::column::LoadColumn;
use self::keyed::Keyed;

/// Bytes of values in one part, about: enough that a message more or less makes no difference, and little for a memory.
const PART: usize = 2 * 1024 * 1024;

/// Reads a file and gives its rows part by part.
pub(crate) struct Loading {
    file: String,
    records: Records,
    columns: Vec<LoadColumn>,
    table: Arc<Table>,
    names: Arc<[Name]>,
    keyed: Option<Keyed>,
    /// The positions of the columns that get NULL instead of what the file has.
    empty: Vec<usize>,
    /// The part behind the one that was given last: a part knows whether it is the last.
    ahead: Option<LoadedPart>,
    is_done: bool,
}

/// Rows that are held at once.
#[derive(Debug)]
pub(crate) struct LoadedPart {
    /// The rows.
    pub(crate) rows: RowBatch,
    /// Where they stand in the file.
    pub(crate) lines: RowLines,
}

/// The line on which each row of a part begins, from 1.
#[derive(Debug, Default)]
pub(crate) struct RowLines(Vec<usize>);

/// Rows that are inserted by one statement.
#[derive(Debug)]
pub(crate) struct LoadedRows {
    /// The statement.
    pub(crate) operation: Operation,
    /// Which rows of their part they are, from 0.
    pub(crate) rows: Range<usize>,
}

impl RowLines {
    /// The lines on which the first and the last of some rows begin, which are counted from 0.
    pub(crate) fn of(&self, rows: Range<usize>) -> (usize, usize) {
        let lines = self.0.get(rows).unwrap_or(&self.0);
        let line = |line: Option<&usize>| line.copied().unwrap_or_default();
        (line(lines.first()), line(lines.last()))
    }
}

impl LoadedPart {
    /// The rows as INSERT statements.
    pub(crate) fn statements(&self) -> impl Iterator<Item = LoadedRows> {
        let inserts = self.rows.inserts();
        inserts.map(|(operation, rows)| LoadedRows { operation, rows })
    }
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
        Ok(Self {
            file: file.name().to_owned(),
            names: columns.iter().map(|column| column.name.clone()).collect(),
            table: Arc::new(table.clone()),
            records,
            columns,
            keyed: None,
            empty: Vec::new(),
            ahead: None,
            is_done: false,
        })
    }

    /// The same for rows that are told apart by these columns: NULL in one of them is refused, and so is the same row
    /// twice.
    pub(crate) fn keyed(mut self, key: &[Name]) -> Self {
        self.keyed = Some(Keyed::new(self.positions(key)));
        self
    }

    /// The same with NULL in these columns, whatever the file has.
    pub(crate) fn without(mut self, columns: &[Name]) -> Self {
        self.empty = self.positions(columns);
        self
    }

    /// The name of the file.
    pub(crate) fn file(&self) -> &str {
        &self.file
    }

    /// The columns that the file names, as the table calls them.
    pub(crate) fn columns(&self) -> &[Name] {
        &self.names
    }

    fn positions(&self, names: &[Name]) -> Vec<usize> {
        let columns = self.columns.iter().enumerate();
        let found = columns.filter(|(_, column)| names.contains(&column.name));
        found.map(|(position, _)| position).collect()
    }

    /// The next rows.
    pub(crate) fn next(&mut self) -> Result<Option<LoadedPart>, DataError> {
        let part = match self.ahead.take() {
            Some(part) => Some(part),
            None => self.read()?,
        };
        let Some(mut part) = part else { return Ok(None) };
        self.ahead = self.read()?;
        if self.ahead.is_none() {
            part.rows.end();
        }
        Ok(Some(part))
    }

    /// Reads the rows of a part.
    fn read(&mut self) -> Result<Option<LoadedPart>, DataError> {
        let mut part = LoadedPart {
            rows: RowBatch::new(Arc::clone(&self.table), Arc::clone(&self.names)),
            lines: RowLines::default(),
        };
        while !self.is_done && part.rows.size() < PART {
            match self.read_row(&mut part.rows)? {
                Some(line) => part.lines.0.push(line),
                None => self.is_done = true,
            }
        }
        Ok(Some(part).filter(|part| !part.rows.is_empty()))
    }

    /// Reads a row and gives its line.
    fn read_row(&mut self, rows: &mut RowBatch) -> Result<Option<usize>, DataError> {
        let Some(record) = self.records.next()? else {
            return Ok(None);
        };
        let line = record.line;
        let at = |column: &LoadColumn, fault: DataFault| {
            fault.at(&self.file, Some(line), Some(column.name.as_str()))
        };
        for (position, (column, field)) in self.columns.iter().zip(record.fields).enumerate() {
            let value = column.literal(field).map_err(|fault| at(column, fault))?;
            if let Some(keyed) = &mut self.keyed {
                keyed
                    .add(position, value.as_value())
                    .map_err(|fault| at(column, fault))?;
            }
            rows.push(match self.empty.contains(&position) {
                true => RowValue::Null,
                false => value.as_value(),
            });
        }
        if let Some(keyed) = &mut self.keyed {
            let column = keyed.first().and_then(|position| self.columns.get(position));
            let column = column.map(|column| column.name.as_str());
            keyed
                .end_row(line)
                .map_err(|fault| fault.at(&self.file, Some(line), column))?;
        }
        Ok(Some(line))
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
