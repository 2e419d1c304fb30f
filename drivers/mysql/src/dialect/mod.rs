//! The SQL of MySQL and MariaDB.

mod agree;
mod alter;
mod alteration;
mod cast;
mod client;
mod computed;
mod constraint;
mod cover;
mod data;
mod default;
mod feature;
mod flavour;
mod guard;
mod index;
mod key;
mod known;
mod literal;
mod mention;
mod name;
mod needs;
mod rename;
mod rules;
mod sequence;
mod table;
mod traits;
mod types;
mod upsert;
mod work;

pub(crate) use client::whole_seconds;
pub(crate) use rules::RULES;

pub use traits::MARIADB;
pub use traits::MYSQL;
pub use traits::MySqlDialect;
