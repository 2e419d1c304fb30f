//! SQLite for Limbeck.
//!
//! [`Sqlite`] is the driver. A session is a thread with a `rusqlite` connection, so that nothing blocks the async
//! runtime and a statement can be interrupted; [`Sqlite::attach`] makes one of a connection of the caller's. The Tokio
//! runtime that it is used in must have its timers enabled.

mod administer;
mod backup;
mod catalogue;
mod client;
mod connection;
mod data;
mod dialect;
mod driver;
mod error;
mod introspect;
mod load;
mod lock;
mod open;
mod proof;
mod session;
mod settings;
mod setup;
mod signal;
mod text;
mod value;
mod worker;

pub use dialect::SQLITE;
pub use dialect::SqliteDialect;
pub use driver::Sqlite;
pub use rusqlite;
