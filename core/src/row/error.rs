//! Why a row cannot be read.

use std::borrow::Cow;

use crate::dialect::Value;
use crate::driver::DriverError;
use crate::driver::DriverErrorKind;
use crate::driver::value_in_words;

/// Why a row is not what it is read as.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RowError {
    /// The rows have no column of this name.
    #[error(
        "a row of `{target}`: there is no column `{column}`; the row has {}",
        listed(columns)
    )]
    NoColumn {
        /// The Rust type.
        target: &'static str,
        /// The name.
        column: String,
        /// The columns that there are.
        columns: Vec<String>,
    },
    /// The rows have another number of columns than the type has values.
    #[error("a row of `{target}`: it has {found} columns instead of {expected}")]
    Width {
        /// The Rust type.
        target: &'static str,
        /// How many values it has.
        expected: usize,
        /// How many columns there are.
        found: usize,
    },
    /// The value of a column is none of the type.
    #[error("a row of `{target}`: column `{column}`: {error}")]
    Value {
        /// The Rust type of the row.
        target: &'static str,
        /// The column.
        column: String,
        /// What is wrong with its value.
        error: ValueError,
    },
}

impl RowError {
    /// The value of a column of a new row cannot be written.
    #[doc(hidden)]
    pub fn unwritable<T: ?Sized>(column: &str, error: ValueError) -> Self {
        Self::Value {
            target: std::any::type_name::<T>(),
            column: column.to_owned(),
            error,
        }
    }
}

/// Why a value is not one of a Rust type.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected}, found {found}")]
#[non_exhaustive]
pub struct ValueError {
    /// What would be right, for people: `a whole number from 0 to 255`.
    pub expected: Cow<'static, str>,
    /// What is there, for people. A long text is cut.
    pub found: String,
}

impl ValueError {
    /// Where `expected` was to be, this value is.
    ///
    /// ```
    /// use limbeck_core::dialect::Value;
    /// use limbeck_core::row::ValueError;
    ///
    /// let error = ValueError::new("a colour", &Value::from("seven"));
    /// assert_eq!(error.to_string(), "expected a colour, found 'seven'");
    /// ```
    pub fn new(expected: impl Into<Cow<'static, str>>, found: &Value) -> Self {
        Self {
            expected: expected.into(),
            found: value_in_words(found),
        }
    }
}

impl From<RowError> for DriverError {
    fn from(error: RowError) -> Self {
        Self::new(DriverErrorKind::Unreadable, error.to_string()).with_source(error)
    }
}

fn listed(columns: &[String]) -> String {
    match columns.is_empty() {
        true => "none".to_owned(),
        false => format!("`{}`", columns.join("`, `")),
    }
}
