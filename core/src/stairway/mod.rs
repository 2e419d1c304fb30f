//! The stairway: whether each revision leads up, down and up again, with rows in the tables.
//!
//! A [`Stairway`] walks the graph once, in a scratch database. At each revision it upgrades, writes rows into the tables
//! that the step has touched, downgrades, upgrades again, and compares what is there before and after: all objects by the
//! [catalogue](crate::catalogue), and the rows of what the step has not dropped. What it finds has a [kind](FindingKind) of a
//! closed list. The database of the migrator is not looked at.

mod check;
mod climb;
mod contents;
mod differences;
mod edge;
mod ground;
mod offline;
mod renames;
mod report;
mod rows;
mod touched;
mod walk;
mod words;

pub use check::Check;
pub use check::FindingKind;
pub use check::UnknownCheck;
pub use report::Finding;
pub use report::HistoryReport;
pub use report::Report;
pub use report::RevisionReport;
pub use report::Way;
pub use walk::Stairway;
