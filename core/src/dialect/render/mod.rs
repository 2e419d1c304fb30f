//! Standard SQL for every operation: what the provided methods of [`Dialect`] write.
//!
//! A dialect overrides the method that differs and calls the function of the same name here for the cases that do
//! not. The functions ask the dialect for every part, so an overridden part is used wherever it stands.

mod alter_table;
mod column;
mod comment;
mod constraint;
mod create_table;
mod index;
mod literal;
mod operation;
mod sequence;
#[cfg(test)]
mod tests;
mod token_run;
mod upsert;
mod view;

pub use alter_table::add_column;
pub use alter_table::add_constraint;
pub use alter_table::alter_column;
pub use alter_table::alter_table;
pub use column::column_definition;
pub use column::default_clause;
pub use column::generated_clause;
pub use column::implied_check_name;
pub use column::is_plain_literal;
pub use comment::comment_on_column;
pub use comment::comment_on_table;
pub use constraint::check;
pub use constraint::constraint;
pub use constraint::foreign_key;
pub use constraint::primary_key;
pub use constraint::references;
pub use constraint::unique;
pub use create_table::create_table;
pub use index::create_index;
pub use literal::bytes_literal;
pub use literal::literal;
pub use literal::string_literal;
pub use operation::dropped;
pub use operation::operation;
pub use operation::renamed;
pub use sequence::advance;
pub use sequence::render;
pub use token_run::token_run;
pub use upsert::on_conflict;
pub use upsert::upsert;
pub use view::create_view;

use super::Dialect;
use crate::schema::Name;

/// A name between the dialect's quotes.
pub fn quoted<D: Dialect + ?Sized>(dialect: &D, name: &Name) -> String {
    dialect.quote_identifier(name.as_str())
}

/// Names between the dialect's quotes, with commas between them.
pub fn quoted_list<D: Dialect + ?Sized>(dialect: &D, names: &[Name]) -> String {
    let names: Vec<_> = names.iter().map(|name| quoted(dialect, name)).collect();
    names.join(", ")
}
