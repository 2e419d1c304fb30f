//! The rows of a file as INSERT statements.

mod column;
mod keyed;
mod moment;
mod number;
#[cfg(test)]
mod tests;
mod value;

use super::Operation;
use super::inserts::Inserts;
use super::inserts::Literal;
use crate::data_file::DataError;
use crate::data_file::DataFault;
use crate::data_file::DataFile;
use crate::data_file::DataFormat;
use crate::data_file::Records;
use crate::schema::Name;
use crate::schema::Table;

use self::column::LoadColumn;
use self::keyed::Keyed;

/// Reads a file and gives its rows as statements, of which it holds one at a time.
pub(crate) struct Loading {
    file: String,
    records: Records,
    columns: Vec<LoadColumn>,
    inserts: Inserts,
    keyed: Option<Keyed>,
    /// The positions of the columns that get NULL instead of what the file has.
    empty: Vec<usize>,
    /// The rows that are in no statement yet.
    gathered: Option<Gathered>,
    is_done: bool,
}

/// Rows that are in no statement yet.
#[derive(Clone, Copy)]
struct Gathered {
    lines: (usize, usize),
    rows: usize,
}

/// Rows that are inserted by one statement.
#[derive(Debug)]
pub(crate) struct LoadedRows {
    /// The statement.
    pub(crate) operation: Operation,
    /// The lines on which its first and its last row begin, from 1.
    pub(crate) lines: (usize, usize),
    /// How many there are.
    pub(crate) rows: usize,
}

impl Gathered {
    const fn of(line: usize) -> Self {
        Self {
            lines: (line, line),
            rows: 1,
        }
    }

    const fn and(self, line: usize) -> Self {
        Self {
            lines: (self.lines.0, line),
            rows: self.rows + 1,
        }
    }
}

impl LoadedRows {
    fn new(operation: Operation, gathered: Gathered) -> Self {
        Self {
            operation,
            lines: gathered.lines,
            rows: gathered.rows,
        }
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
        let names: Vec<Name> = columns.iter().map(|column| column.name.clone()).collect();
        Ok(Self {
            file: file.name().to_owned(),
            inserts: Inserts::new(table.name.clone(), names),
            records,
            columns,
            keyed: None,
            empty: Vec::new(),
            gathered: None,
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

    /// The columns that the file names, as the table calls them.
    pub(crate) fn columns(&self) -> impl Iterator<Item = &Name> {
        self.columns.iter().map(|column| &column.name)
    }

    fn positions(&self, names: &[Name]) -> Vec<usize> {
        let columns = self.columns.iter().enumerate();
        let found = columns.filter(|(_, column)| names.contains(&column.name));
        found.map(|(position, _)| position).collect()
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
            if let Some(keyed) = &mut self.keyed {
                keyed.check(&values, line).map_err(|(position, fault)| {
                    let column = self.columns.get(position).map(|column| column.name.as_str());
                    fault.at(&self.file, Some(line), column)
                })?;
            }
            for position in &self.empty {
                if let Some(value) = values.get_mut(*position) {
                    *value = Literal::Null;
                }
            }
            let full = self.inserts.add(values);
            let before = self.gathered;
            if let Some((operation, gathered)) = full.zip(before) {
                self.gathered = Some(Gathered::of(line));
                return Ok(Some(LoadedRows::new(operation, gathered)));
            }
            self.gathered = Some(before.map_or(Gathered::of(line), |gathered| gathered.and(line)));
        }
        let gathered = self.gathered.take();
        let last = self.inserts.end_statement();
        Ok(last
            .zip(gathered)
            .map(|(operation, gathered)| LoadedRows::new(operation, gathered)))
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
