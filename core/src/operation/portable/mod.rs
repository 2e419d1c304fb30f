//! Portable SQL: a written-down subset of standard SQL, parsed into operations that every dialect can write.
//!
//! DDL, names, types and constraints are parsed whole. Expressions and queries are checked against a closed
//! vocabulary and kept as runs of tokens whose meaning is decided here, once: a dialect writes them token for token.

mod column;
mod constraint;
mod create_table;
mod cursor;
mod data;
mod drop;
mod error;
mod expression;
mod function;
mod literal;
mod names;
mod naming;
mod operand;
mod options;
mod query;
mod refusals;
mod run;
mod statement;
mod types;
mod vocabulary;

pub use error::PortableError;
pub use naming::NamingConvention;
pub use naming::NamingError;
pub use options::PortableOptions;
pub use statement::parse_statement;
pub use vocabulary::FunctionKind;
pub use vocabulary::PortableFunction;
pub use vocabulary::functions;

#[cfg(test)]
mod tests;
