//! SQLite for Limbeck.

mod dialect;

pub use dialect::SQLITE;
pub use dialect::SqliteDialect;
