//! PostgreSQL's SQL.

mod alter;
mod cast;
mod client;
mod concurrent;
mod conversion;
mod default;
mod drop_column;
mod feature;
mod identity;
mod implied;
mod literal;
mod mention;
mod merge;
mod name;
mod refusal;
mod rename;
mod rules;
mod touch;
mod traits;
mod types;

pub(crate) use identity::advance_all;
pub(crate) use implied::check_name;
pub(crate) use rules::RULES;
pub(crate) use traits::NAME;
pub use traits::POSTGRES;
pub use traits::PostgresDialect;
