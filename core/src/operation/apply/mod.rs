//! Replaying operations on a schema in memory.
//!
//! An operation is checked whole before anything changes, so after an error the schema is as it was. What an
//! operation does to other objects happens too: a renamed column has its new name in the keys, checks, indexes and
//! views that speak of it.

mod boolean;
mod column;
mod constraint;
mod dependents;
mod foreign_key;
mod index;
mod names;
mod native_ddl;
mod readings;
mod rename;
mod rows;
mod table;
mod taken;
#[cfg(test)]
mod tests;
mod view;
mod working;

pub(crate) use dependents::NativeText;
pub(crate) use dependents::may_read;
pub(crate) use dependents::of_column as users_of_column;
pub(crate) use dependents::of_table as users_of_table;
pub(crate) use dependents::of_view as users_of_view;
pub(crate) use foreign_key::without_key as foreign_keys_without_key;
pub(crate) use working::WorkingSchema;

use taken::Searched;
use taken::TakenNames;

use super::ApplyError;
use super::Operation;
use crate::schema::Schema;

impl Schema {
    /// Carries an operation out on this schema.
    ///
    /// Checked are: that what the operation names exists, that new names are free, that nothing loses what it needs,
    /// and that keys, foreign keys, expressions and views fit their tables. The columns of a primary key become
    /// NOT NULL. Rows are not known, so whether existing rows allow the change is not checked.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong; the schema is then unchanged.
    ///
    /// The [`native_ddl`](crate::schema::Table::native_ddl) of a table that was changed is stale.
    ///
    /// ```
    /// use limbeck_core::operation::Operation;
    /// use limbeck_core::schema::{Column, DataType, Name, Schema, Table};
    ///
    /// let name = |text: &str| Name::exact(text).unwrap();
    /// let mut schema = Schema::new();
    /// let id = Column::new(name("id"), DataType::BigInt);
    /// schema.apply(&Operation::CreateTable(Table::new(name("account"), vec![id])))?;
    ///
    /// let error = schema.apply(&Operation::DropTable { table: name("acount") }).unwrap_err();
    /// assert_eq!(error.to_string(), "there is no table `acount`");
    /// assert_eq!(error.hint().as_deref(), Some("did you mean `account`?"));
    /// # Ok::<(), limbeck_core::operation::ApplyError>(())
    /// ```
    pub fn apply(&mut self, operation: &Operation) -> Result<(), ApplyError> {
        change(self, &Searched, operation)?;
        native_ddl::forget(self, operation);
        Ok(())
    }
}

fn change(schema: &mut Schema, taken: &dyn TakenNames, operation: &Operation) -> Result<(), ApplyError> {
    match operation {
        Operation::CreateTable(table) => table::create(schema, taken, table),
        Operation::DropTable { table } => table::drop(schema, table),
        Operation::RenameTable { from, to } => rename::table(schema, taken, from, to),
        Operation::AddColumn {
            table,
            column,
            constraints,
        } => column::add(schema, table, column, constraints),
        Operation::DropColumn { table, column } => column::drop(schema, table, column),
        Operation::RenameColumn { table, from, to } => rename::column(schema, table, from, to),
        Operation::AlterColumn {
            table,
            column,
            change,
        } => column::alter(schema, table, column, change),
        Operation::AddConstraint { table, constraint } => constraint::add(schema, table, constraint),
        Operation::DropConstraint { table, constraint } => constraint::drop(schema, table, constraint),
        Operation::RenameConstraint { table, from, to } => constraint::rename(schema, table, from, to),
        Operation::CreateIndex { table, index } => index::create(schema, taken, table, index),
        Operation::DropIndex { index } => index::drop(schema, index),
        Operation::CreateView(view) => view::create(schema, taken, view),
        Operation::DropView { view } => view::drop(schema, view),
        Operation::CommentOnTable { table, comment } => table::comment(schema, table, comment.as_deref()),
        Operation::CommentOnColumn {
            table,
            column,
            comment,
        } => column::comment(schema, table, column, comment.as_deref()),
        Operation::Data(statement) => rows::check(schema, statement),
    }
}
