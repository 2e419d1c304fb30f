//! SQLite's SQL.

mod add_column;
mod alter;
mod cast;
mod default;
mod drop_column;
mod feature;
mod implied;
mod mention;
mod name;
mod refusal;
mod rules;
mod table;
mod traits;
mod types;

pub use traits::SQLITE;
pub use traits::SqliteDialect;
