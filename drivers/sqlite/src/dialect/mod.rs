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
mod lookup;
mod mention;
mod name;
mod object;
mod quoted;
mod rebuild;
mod refusal;
mod rules;
mod sequence;
mod table;
mod text_edit;
mod traits;
mod trigger;
mod types;
mod unlinked;

pub(crate) use quoted::unquoted;
pub(crate) use rebuild::NEW;
pub(crate) use rebuild::brought_back;
pub(crate) use rules::RULES;
pub(crate) use traits::NAME;
pub use traits::SQLITE;
pub use traits::SqliteDialect;
pub(crate) use types::column_type;
pub(crate) use unlinked::without_foreign_keys;
