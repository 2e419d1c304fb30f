//! What travels over a connection.

use super::DriverError;
use crate::dialect::Value;

/// The letters of a text that people are shown of a row.
const LONGEST: usize = 60;

/// Statements that are sent together.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Batch<'a> {
    /// The statements, none of them empty.
    pub statements: &'a [&'a str],
    /// What an error in the middle means.
    pub atomicity: Atomicity,
}

impl<'a> Batch<'a> {
    /// A batch that opens and ends its own transaction.
    pub const fn transaction(statements: &'a [&'a str]) -> Self {
        Self {
            statements,
            atomicity: Atomicity::Transaction,
        }
    }

    /// Statements that each stand alone.
    pub const fn statements(statements: &'a [&'a str]) -> Self {
        Self {
            statements,
            atomicity: Atomicity::Statement,
        }
    }
}

/// What an error in the middle of a batch means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Atomicity {
    /// The batch contains its own BEGIN and COMMIT: after an error nothing of it stays once it is rolled back, so the
    /// driver may send all statements before it reads the first answer.
    Transaction,
    /// Each statement commits by itself.
    Statement,
}

/// A statement of a batch has succeeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Done {
    /// Its position in the batch, from 0.
    pub index: usize,
    /// Rows it wrote, where the driver knows.
    pub affected: Option<u64>,
}

impl Done {
    /// The statement at `index` has written `affected` rows.
    pub const fn new(index: usize, affected: Option<u64>) -> Self {
        Self { index, affected }
    }
}

/// A statement of a batch failed; nothing after it has taken effect.
#[derive(Debug, thiserror::Error)]
#[error("statement {} of the batch: {error}", at + 1)]
pub struct BatchError {
    /// Its position in the batch, from 0.
    pub at: usize,
    /// What the server said.
    #[source]
    pub error: DriverError,
}

/// The rows of a result.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Rows {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
    /// Rows that the statement wrote, where the driver knows.
    pub affected: Option<u64>,
}

impl Rows {
    /// Rows with these column names.
    pub fn new(columns: Vec<String>, rows: Vec<Row>) -> Self {
        Self {
            columns,
            rows,
            affected: None,
        }
    }
}

/// One row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row(pub Vec<Value>);

impl Row {
    /// The value of a column, from 0; NULL when there is no such column.
    pub fn get(&self, column: usize) -> &Value {
        self.0.get(column).unwrap_or(&Value::Null)
    }

    /// The same text as [`text`](Self::text), taken out of the row.
    pub(crate) fn take_text(&mut self, column: usize) -> Option<String> {
        match self
            .0
            .get_mut(column)
            .map(|value| std::mem::replace(value, Value::Null))
        {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The text of a column; none when it is NULL or not text.
    pub fn text(&self, column: usize) -> Option<&str> {
        self.get(column).as_text()
    }

    /// The whole number of a column; none when it is NULL or not one.
    pub fn integer(&self, column: usize) -> Option<i64> {
        self.get(column).as_integer()
    }

    /// The row for people, with the names of its columns: `id = 3, name = 'Ann'`. What is long is cut.
    ///
    /// ```
    /// use limbeck_core::dialect::Value;
    /// use limbeck_core::driver::Row;
    ///
    /// let row = Row(vec![Value::Integer(3), "Ann".into()]);
    /// assert_eq!(row.in_words(&["id".into(), "name".into()]), "id = 3, name = 'Ann'");
    /// ```
    pub fn in_words(&self, columns: &[String]) -> String {
        let cells = columns
            .iter()
            .zip(&self.0)
            .map(|(column, value)| format!("{column} = {}", value_in_words(value)));
        cells.collect::<Vec<_>>().join(", ")
    }
}

/// A value for people. What is long is cut.
pub(crate) fn value_in_words(value: &Value) -> String {
    match value {
        Value::Null => "NULL".to_owned(),
        Value::Boolean(truth) => truth.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Text(text) => match text.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("'{}…'", text.get(..end).unwrap_or_default()),
            None => format!("'{text}'"),
        },
        Value::Bytes(bytes) => format!("{} bytes", bytes.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_between_letters() {
        let row = Row(vec![
            Value::Text("é".repeat(LONGEST + 1)),
            Value::Bytes(vec![0; 9]),
        ]);
        let words = row.in_words(&["a".into(), "b".into()]);
        assert_eq!(words, format!("a = '{}…', b = 9 bytes", "é".repeat(LONGEST)));
    }
}
