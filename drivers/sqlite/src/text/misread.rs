//! Text in the catalogue that is not understood.

use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::schema::NameError;

/// Why a text of the catalogue is not understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Misread {
    /// Something else stands where this is due.
    #[error("{expected} is due at byte {at}")]
    Unexpected {
        /// What is due.
        expected: &'static str,
        /// The byte in the text.
        at: usize,
    },
    /// A name that the model cannot hold.
    #[error(transparent)]
    Name(#[from] NameError),
    /// The text says otherwise than SQLite does.
    #[error("its text does not list the columns that SQLite lists")]
    Columns,
}

impl Misread {
    /// The error for the object whose text it is.
    pub(crate) fn of(self, kind: &str, name: &str, sql: &str) -> DriverError {
        let message = format!("the definition of the {kind} {name} is not understood: {self}");
        let mut error = DriverError::new(DriverErrorKind::Other, message);
        error.detail = Some(sql.to_owned());
        error.with_source(self)
    }
}
