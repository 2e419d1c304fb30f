//! The schema that somebody wants, said in Rust: one struct a table.
//!
//! [`Table`] is derived from a struct, [`Models`] collects the tables and views of a program. Both give what a file of
//! portable SQL gives, with the same names for what has none.

mod assembly;
mod collection;
mod desired;
mod entry;
mod error;
mod table;
mod value;

pub(crate) use assembly::Assembly;
pub(crate) use assembly::Misfit;
pub use collection::Models;
pub use desired::DesiredSchema;
pub use error::ModelsError;
pub use limbeck_derive::ColumnEnum;
pub use limbeck_derive::Table;
pub use table::Table;
pub use value::ColumnValue;
