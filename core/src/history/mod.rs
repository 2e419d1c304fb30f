//! All SQL of the version table and the journal.
//!
//! The version table holds the heads of what is applied, one row each, in the shape of Alembic's. The journal is
//! append-only: one row an [`JournalEvent`], under the primary key (history, sequence number). Each journal insert
//! carries a *proof*: a column that must not be NULL and is NULL unless the version table holds exactly the expected
//! rows and the session still holds the lock. So one statement checks lock, heads and split brain, and two runs that
//! both believe they hold the lock collide on the sequence number.
//!
//! Where a session's lock cannot be relied on, a *lease* stands in for it: a row of a third table.
//!
//! Everything here is text with literals, without parameters: the same statements work over a connection and in a
//! file for the engine's own client.

mod entry;
mod lease;
mod offline;
mod position;
mod read;
mod sql;
mod state;
mod tables;

pub use entry::HistoryError;
pub use entry::JournalDirection;
pub use entry::JournalEntry;
pub use entry::JournalEvent;
pub use entry::NewEntry;
pub use entry::StatementRange;
pub(crate) use lease::LeaseRow;
pub(crate) use lease::LeaseWriter;
pub use position::Position;
pub use position::position_of;
pub use position::position_sql;
pub use read::entries_sql;
pub use read::entry_of;
pub use read::rows_sql;
pub use read::seeds_sql;
pub use read::state_of;
pub use read::state_sql;
pub use read::version_of;
pub use sql::HistoryWriter;
pub(crate) use sql::machine;
pub(crate) use sql::person;
pub use state::Doubt;
pub use state::Existing;
pub use state::HistoryState;
pub use state::Progress;
pub use tables::HistoryTables;
