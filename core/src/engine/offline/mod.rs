//! The same runs, written as SQL for the engine's own client instead of being run.
//!
//! Nothing is read from a database, so the caller says what is applied. The file proves it: every journal row that it
//! writes is refused unless the version table holds what it should hold there, as in a run over a session. What a run
//! would do with an answer, a statement does that fails.

mod migrator;
mod text;
mod writer;

pub use migrator::Offline;
pub use migrator::OfflineSql;
