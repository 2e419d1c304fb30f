//! SQLite's SQL.

mod add_column;
mod alter;
mod cast;
mod client;
mod constraints;
mod default;
mod drop_column;
mod feature;
mod implied;
mod mention;
mod name;
mod quoted;
mod rebuild;
mod refusal;
mod rules;
mod sequence;
mod table;
mod traits;
mod types;

pub(crate) use quoted::unquoted;
pub(crate) use rules::RULES;
pub(crate) use traits::NAME;
pub use traits::SQLITE;
pub use traits::SqliteDialect;
pub(crate) use types::column_type;
