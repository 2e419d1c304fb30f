//! Files of rows: CSV and JSON lines, read row by row.
//!
//! The rows of a file all have the same columns. A reader holds one row at a time, whatever the size of the file, and
//! knows the line of each.

mod bounded;
mod csv;
mod error;
mod field;
mod file;
mod format;
mod json;
mod records;

pub use error::DataError;
pub use error::DataFault;
pub(crate) use field::Field;
pub use file::DataFile;
pub use format::DataFormat;
pub(crate) use records::Records;
