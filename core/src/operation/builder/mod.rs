//! Operations of a revision that is written in Rust.

mod alter_column;
mod alter_table;
mod column;
mod constraint;
mod create_table;
mod error;
mod identifier;
mod index;
mod operations;
mod parts;
mod rows;
mod scope;
#[cfg(test)]
mod tests;
mod text;

pub use alter_column::AlterColumn;
pub use alter_table::AlterTable;
pub use column::ColumnBuilder;
pub use column::ColumnType;
pub use constraint::CheckBuilder;
pub use constraint::ForeignKeyBuilder;
pub use constraint::PrimaryKeyBuilder;
pub use constraint::UniqueBuilder;
pub use create_table::CreateTable;
pub use error::BuildError;
pub use error::BuildFault;
pub use identifier::Identifier;
pub use index::IndexBuilder;
pub use index::Key;
pub use operations::Operations;
pub use rows::RowError;
pub use rows::ValueFault;
