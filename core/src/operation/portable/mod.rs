//! Portable SQL: a written-down subset of standard SQL, parsed into operations that every dialect can write.
//!
//! DDL, names, types and constraints are parsed whole. Expressions and queries are checked against a closed
//! vocabulary and kept as runs of tokens whose meaning is decided here, once: a dialect writes them token for token.

mod alter_table;
mod column;
mod comment;
mod constraint;
mod create_table;
mod cursor;
mod data;
mod drop;
mod error;
mod expression;
mod former;
mod function;
mod index;
mod literal;
mod names;
mod naming;
mod operand;
mod options;
mod printer;
mod query;
mod refusals;
mod run;
mod spellings;
mod statement;
mod text;
mod types;
mod view;
mod vocabulary;

pub use error::PortableError;
pub(crate) use former::FormerName;
pub(crate) use former::parse_former_names;
pub use naming::NamingConvention;
pub use naming::NamingError;
pub use options::PortableOptions;
pub use printer::PrintError;
pub(crate) use printer::portable_name;
pub use printer::portable_sql;
pub use run::Standing;
pub use statement::parse_statement;
pub use text::parse_expression;
pub(crate) use text::parse_table_name;
pub use vocabulary::FunctionKind;
pub use vocabulary::PortableFunction;
pub use vocabulary::functions;

pub(super) use column::ColumnDraft;
pub(super) use constraint::Draft;
pub(super) use constraint::check_referenced;
pub(super) use create_table::TablePart;
pub(super) use create_table::built_table;
pub(super) use create_table::finished_column;
pub(super) use index::key_of;
pub(super) use names::check_distinct;
pub(crate) use names::read_name;
pub(super) use printer::column_item;
pub(super) use printer::constraint_item;
pub(super) use printer::index_sql;
pub(super) use printer::type_sql;
pub(super) use spellings::Spellings;
pub(super) use text::read_expression;
pub(super) use text::read_type;

#[cfg(test)]
mod tests;
