//! What the names in expressions and queries mean.
//!
//! An expression of a table (a check, a generated column, an index) speaks of that table's columns alone, so its
//! names need no scope: [`own`]. A query has FROM clauses, aliases and queries within it: [`query`].

mod expression;
mod from;
mod own;
mod query;
mod scope;
#[cfg(test)]
mod tests;
mod words;

pub(crate) use own::columns_of;
pub(crate) use own::numbers_beside;
pub(crate) use own::rename_column_in;
pub(crate) use own::rename_table_in;
pub(crate) use query::Referent;
pub(crate) use query::resolve;
