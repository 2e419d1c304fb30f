//! The text that SQLite keeps of each object, as it was written: what only it tells, and where that stands.

mod column;
mod constraint;
mod keyword;
mod misread;
mod naming;
mod significant;
pub(crate) mod spelling;
mod table;
mod tokens;

pub(crate) use column::ClauseKind;
pub(crate) use column::ColumnText;
pub(crate) use constraint::ConstraintKind;
pub(crate) use constraint::ConstraintText;
pub(crate) use constraint::ForeignKeyText;
pub(crate) use keyword::is_keyword;
pub(crate) use misread::Misread;
pub(crate) use naming::default_name;
pub(crate) use naming::named;
pub(crate) use significant::bare;
pub(crate) use significant::comparable;
pub(crate) use significant::significant;
pub(crate) use table::TableText;
pub(crate) use tokens::Tokens;
