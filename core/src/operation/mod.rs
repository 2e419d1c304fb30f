//! Typed schema changes.

mod change;

pub use change::ColumnChange;
pub use change::DataKind;
pub use change::DataStatement;
pub use change::Operation;
