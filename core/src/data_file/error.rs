//! What can be wrong with a file of rows.

use std::fmt;
use std::io;

/// A fault of a file of rows, with its place. Prints as `file:line: column: sentence`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{fault}", Whereabouts(self))]
#[non_exhaustive]
pub struct DataError {
    /// The name of the file.
    pub file: String,
    /// The line on which the row begins, from 1.
    pub line: Option<usize>,
    /// The column.
    pub column: Option<String>,
    /// What is wrong.
    pub fault: DataFault,
}

/// What is wrong with a file of rows, without the place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DataFault {
    /// The file cannot be read.
    #[error("the file cannot be read: {reason}")]
    Unreadable {
        /// The system's words.
        reason: String,
    },
    /// The file has other bytes than those for which the run was made.
    #[error("the file was changed while it was loaded")]
    Changed,
    /// There is no first line.
    #[error("the file is empty")]
    Empty,
    /// A row has a byte that is part of no character.
    #[error("the row is not UTF-8")]
    NotUtf8,
    /// A text of JSON has an escape that stands for no character: half of a surrogate pair.
    #[error("the text can't be read: {reason}")]
    NotText {
        /// The parser's words.
        reason: String,
    },
    /// A row is larger than what is held at once.
    #[error("the row is longer than 64 MiB")]
    TooLong,
    /// A quote without its other one.
    #[error("the quote that begins on this line is closed nowhere")]
    UnclosedQuote,
    /// A quote in a field that does not begin with one.
    #[error("a quote stands in a field that does not begin with one")]
    QuoteInField,
    /// Something between a closing quote and the end of the field.
    #[error("a field goes on after its closing quote")]
    TextAfterQuote,
    /// A carriage return that ends no line.
    #[error("a carriage return stands outside of quotes, and no line ends there")]
    CarriageReturn,
    /// A line without anything.
    #[error("the line is empty, and each row has {expected} fields")]
    BlankLine {
        /// How many columns there are.
        expected: usize,
    },
    /// A row has more or fewer fields than there are columns.
    #[error("the row has {}, and the first line names {expected}", fields(*found))]
    FieldCount {
        /// How many columns there are.
        expected: usize,
        /// How many fields the row has.
        found: usize,
    },
    /// The first row has no column at all.
    #[error("the row has no column")]
    NoColumns,
    /// A column without a name.
    #[error("column {position} has no name")]
    Unnamed {
        /// Its position, from 1.
        position: usize,
    },
    /// Two columns of one name.
    #[error("the column stands there twice")]
    ColumnTwice,
    /// A line that is no JSON object.
    #[error("the line is no JSON object: {reason}")]
    NotAnObject {
        /// What is wrong with it.
        reason: String,
    },
    /// A row lacks a key of the first row.
    #[error("the row lacks this key of the first row")]
    MissingKey,
    /// A row has a key that the first row does not have.
    #[error("the first row does not have this key")]
    ExtraKey,
    /// The database has no such table.
    #[error("there is no table `{table}`")]
    NoTable {
        /// The table.
        table: String,
    },
    /// The table has no such column.
    #[error("the table `{table}` has no such column")]
    NoColumn {
        /// The table.
        table: String,
        /// A column that was perhaps meant.
        near: Option<String>,
    },
    /// The value of the column is computed.
    #[error("the column is generated, so no value can be given")]
    Generated,
    /// A column without NULLs has one.
    #[error("the value is NULL, and the column is NOT NULL")]
    Null,
    /// A row cannot be found again by a key that is NULL.
    #[error("the value is NULL, and the row is found by it")]
    NullKey,
    /// Two rows would be one.
    #[error("the row has the key of the row on line {first}")]
    SameKey {
        /// The line of the other row.
        first: usize,
    },
    /// A NUL character, which no SQL text can hold.
    #[error("the value holds a NUL character")]
    Nul,
    /// A value that the column's type does not have.
    #[error("{} is not {expected}", quoted(value))]
    Value {
        /// The value, perhaps cut.
        value: String,
        /// What it should be: `an INTEGER`.
        expected: String,
    },
}

impl DataError {
    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        self.fault.hint()
    }
}

impl DataFault {
    /// The fault with its place.
    pub(crate) fn at(self, file: &str, line: Option<usize>, column: Option<&str>) -> DataError {
        DataError {
            file: file.to_owned(),
            line,
            column: column.map(str::to_owned),
            fault: self,
        }
    }

    /// A value that is not what its column wants.
    pub(crate) fn value(value: &str, expected: impl Into<String>) -> Self {
        const SHOWN: usize = 60;
        let mut shown: String = value.chars().take(SHOWN).collect();
        if shown.len() < value.len() {
            shown.push('…');
        }
        Self::Value {
            value: shown,
            expected: expected.into(),
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Changed => "run the same command again",
            Self::Empty => "the first line of a CSV file names the columns",
            Self::NotUtf8 => "save the file as UTF-8",
            Self::TooLong => "is a quote on this line not closed?",
            Self::UnclosedQuote | Self::QuoteInField | Self::TextAfterQuote => {
                "a field with a quote, comma or line end in it stands between quotes, each quote in it written twice"
            }
            Self::CarriageReturn => "end the lines with a line feed, or put the field between quotes",
            Self::BlankLine { .. } => "remove the line",
            Self::FieldCount { .. } => "a field with a comma in it stands between quotes",
            Self::MissingKey | Self::ExtraKey => {
                "give every row the same keys, with null where one has no value"
            }
            Self::NoColumn { near: Some(near), .. } => return Some(format!("did you mean `{near}`?")),
            Self::SameKey { .. } => "remove one of them: each row of the table is meant once",
            Self::NullKey => "write a value, or let another key find the rows: `key` in seeds.toml",
            Self::Null => "in CSV, an empty field without quotes is NULL, and \"\" is the empty text",
            _ => return None,
        };
        Some(hint.to_owned())
    }
}

impl From<io::Error> for DataFault {
    fn from(error: io::Error) -> Self {
        Self::Unreadable {
            reason: error.to_string(),
        }
    }
}

fn fields(number: usize) -> String {
    if number == 1 {
        "1 field".to_owned()
    } else {
        format!("{number} fields")
    }
}

fn quoted(value: &str) -> String {
    if value.is_empty() {
        "the empty text".to_owned()
    } else {
        format!("`{value}`")
    }
}

struct Whereabouts<'a>(&'a DataError);

impl fmt::Display for Whereabouts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let DataError {
            file, line, column, ..
        } = self.0;
        match line {
            Some(line) => write!(f, "{file}:{line}: ")?,
            None => write!(f, "{file}: ")?,
        }
        match column {
            Some(column) => write!(f, "column `{column}`: "),
            None => Ok(()),
        }
    }
}
