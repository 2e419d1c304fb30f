//! The rows of a file in any format.

use std::io;
use std::io::Chain;
use std::io::Cursor;
use std::io::Read;

use super::DataError;
use super::DataFault;
use super::DataFile;
use super::DataFormat;
use super::Field;
use super::csv::CsvReader;
use super::file::Digested;
use super::json::JsonFault;
use super::json::JsonReader;

/// What is read: the file without a byte-order mark.
type Input = Chain<Cursor<Vec<u8>>, Digested>;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Reads the rows of a file, one by one.
pub(crate) struct Records {
    name: String,
    columns: Vec<String>,
    rows: Rows,
}

enum Rows {
    Csv(CsvReader<Input>),
    Json {
        reader: JsonReader<Input>,
        /// Whether the first row, which has named the columns, is still to be given.
        is_ahead: bool,
    },
}

/// A row and the line on which it begins.
pub(crate) struct Record<'a> {
    pub(crate) line: usize,
    /// As many as there are columns.
    pub(crate) fields: Vec<Field<'a>>,
}

impl Records {
    /// Opens a file and reads what its columns are. A file without rows may not say.
    pub(crate) fn open(file: &DataFile, format: DataFormat) -> Result<Self, DataError> {
        let name = file.name().to_owned();
        let whole = |fault: DataFault| fault.at(file.name(), None, None);
        let input = file
            .open()
            .and_then(|file| without_mark(Digested::new(file)))
            .map_err(|error| whole(error.into()))?;
        let mut records = Self {
            name,
            columns: Vec::new(),
            rows: match format {
                DataFormat::Csv => Rows::Csv(CsvReader::new(input)),
                DataFormat::JsonLines => Rows::Json {
                    reader: JsonReader::new(input),
                    is_ahead: false,
                },
            },
        };
        records.columns = records.read_columns()?;
        Ok(records)
    }

    /// The columns, in the order of the fields of each row.
    pub(crate) fn columns(&self) -> &[String] {
        &self.columns
    }

    /// A fault of the line that names the columns.
    pub(crate) fn column_fault(&self, column: &str, fault: DataFault) -> DataError {
        fault.at(&self.name, Some(self.line()), Some(column))
    }

    /// The next row.
    pub(crate) fn next(&mut self) -> Result<Option<Record<'_>>, DataError> {
        match self.read() {
            Err(fault) => Err(fault.at(&self.name, Some(self.line()), None)),
            Ok(false) => Ok(None),
            Ok(true) => self.record().map(Some),
        }
    }

    /// Whether the bytes that were read have this digest. At the end these are all of the file.
    pub(crate) fn has_digest(&self, digest: &str) -> bool {
        let (_, file) = match &self.rows {
            Rows::Csv(reader) => reader.input(),
            Rows::Json { reader, .. } => reader.input(),
        }
        .get_ref();
        file.digest() == digest
    }

    fn line(&self) -> usize {
        match &self.rows {
            Rows::Csv(reader) => reader.line(),
            Rows::Json { reader, .. } => reader.line(),
        }
    }

    fn read(&mut self) -> Result<bool, DataFault> {
        match &mut self.rows {
            Rows::Csv(reader) => reader.read(),
            Rows::Json { reader, is_ahead } => Ok(std::mem::take(is_ahead) || reader.read()?),
        }
    }

    fn record(&self) -> Result<Record<'_>, DataError> {
        let line = self.line();
        let fields = match &self.rows {
            Rows::Csv(reader) => {
                let expected = self.columns.len();
                let checked = if expected > 1 && reader.is_blank() {
                    Err(DataFault::BlankLine { expected })
                } else if reader.len() != expected {
                    Err(DataFault::FieldCount {
                        expected,
                        found: reader.len(),
                    })
                } else {
                    reader.fields()
                };
                checked.map_err(|fault| fault.at(&self.name, Some(line), None))?
            }
            Rows::Json { reader, .. } => reader
                .fields(&self.columns)
                .map_err(|JsonFault { key, fault }| fault.at(&self.name, Some(line), key.as_deref()))?,
        };
        Ok(Record { line, fields })
    }

    fn read_columns(&mut self) -> Result<Vec<String>, DataError> {
        let columns = match &mut self.rows {
            Rows::Csv(reader) => csv_columns(reader),
            Rows::Json { reader, is_ahead } => json_columns(reader, is_ahead),
        };
        let located = |fault: DataFault, column| fault.at(&self.name, Some(self.line()), column);
        let columns = columns.map_err(|fault| match fault {
            DataFault::Empty | DataFault::Unreadable { .. } => fault.at(&self.name, None, None),
            fault => located(fault, None),
        })?;
        for (index, column) in columns.iter().enumerate() {
            if column.is_empty() {
                return Err(located(DataFault::Unnamed { position: index + 1 }, None));
            }
            if columns.iter().take(index).any(|other| other == column) {
                return Err(located(DataFault::ColumnTwice, Some(column)));
            }
        }
        Ok(columns)
    }
}

fn csv_columns(reader: &mut CsvReader<Input>) -> Result<Vec<String>, DataFault> {
    if !reader.read()? {
        return Err(DataFault::Empty);
    }
    let names = reader.fields()?.into_iter();
    Ok(names
        .map(|field| field.text().unwrap_or_default().into_owned())
        .collect())
}

/// The keys of the first row; without one, there are no columns.
fn json_columns(reader: &mut JsonReader<Input>, is_ahead: &mut bool) -> Result<Vec<String>, DataFault> {
    *is_ahead = reader.read()?;
    if !*is_ahead {
        return Ok(Vec::new());
    }
    let keys = reader.keys()?;
    if keys.is_empty() {
        return Err(DataFault::NoColumns);
    }
    Ok(keys)
}

/// The file after its byte-order mark, when it has one.
fn without_mark(mut file: Digested) -> io::Result<Input> {
    let mut start = Vec::new();
    let mut first = file.by_ref().take(BYTE_ORDER_MARK.len() as u64);
    first.read_to_end(&mut start)?;
    if start == BYTE_ORDER_MARK {
        start.clear();
    }
    Ok(Cursor::new(start).chain(file))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The columns and the rows with their lines, or the fault.
    fn read(name: &str, bytes: impl AsRef<[u8]>) -> String {
        let file = DataFile::of_bytes(name, bytes);
        let format = DataFormat::of(name).unwrap();
        let all = || -> Result<String, DataError> {
            let mut records = Records::open(&file, format)?;
            let mut text = records.columns().join("|");
            while let Some(record) = records.next()? {
                let fields: Vec<_> = record
                    .fields
                    .iter()
                    .map(|field| field.text().unwrap_or("NULL".into()))
                    .collect();
                text.push_str(&format!("\n{} {}", record.line, fields.join("|")));
            }
            assert!(records.has_digest(&file.digest().unwrap()));
            Ok(text)
        };
        all().unwrap_or_else(|error| error.to_string())
    }

    #[test]
    fn rows_have_columns_and_lines() {
        insta::assert_snapshot!(read("a.csv", "\u{feff}\"id\",name\r\n1,\"two\r\nlines\"\r\n2,\r\n"), @"
        id|name
        2 1|two
        lines
        4 2|NULL
        ");
        insta::assert_snapshot!(read("a.jsonl", "\u{feff}{\"id\": 1, \"name\": null}\n\n{\"name\": \"x\", \"id\": 2}\n"), @"
        id|name
        1 1|NULL
        3 2|x
        ");
        insta::assert_snapshot!(read("a.csv", "id,name\n"), @"id|name");
        insta::assert_snapshot!(read("a.csv", "a\n1\n\n"), @"
        a
        2 1
        3 NULL
        ");
        assert_eq!(read("a.ndjson", ""), "");
    }

    #[test]
    fn a_fault_names_the_file_and_the_line() {
        insta::assert_snapshot!(read("a.csv", ""), @"a.csv: the file is empty");
        insta::assert_snapshot!(read("a.csv", "\u{feff}"), @"a.csv: the file is empty");
        insta::assert_snapshot!(read("a.csv", "id,name\n1,2\n1,2,3\n"), @"a.csv:3: the row has 3 fields, and the first line names 2");
        insta::assert_snapshot!(read("a.csv", "id,name\n\n"), @"a.csv:2: the line is empty, and each row has 2 fields");
        insta::assert_snapshot!(read("a.csv", "id,,name\n"), @"a.csv:1: column 2 has no name");
        insta::assert_snapshot!(read("a.csv", "id,name,id\n"), @"a.csv:1: column `id`: the column stands there twice");
        insta::assert_snapshot!(read("a.csv", "id\n\"1\n2"), @"a.csv:2: the quote that begins on this line is closed nowhere");
        insta::assert_snapshot!(read("a.csv", b"id\n1\n\xe4\n"), @"a.csv:3: the row is not UTF-8");
        insta::assert_snapshot!(read("a.jsonl", "{\"a\": 1, \"a\": 2}\n"), @"a.jsonl:1: column `a`: the column stands there twice");
        insta::assert_snapshot!(read("a.jsonl", "{\"a\": 1}\n{\"b\": 1}\n"), @"a.jsonl:2: column `a`: the row lacks this key of the first row");
        insta::assert_snapshot!(read("a.jsonl", "{}\n"), @"a.jsonl:1: the row has no column");
    }
}
