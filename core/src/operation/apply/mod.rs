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
#[cfg(test)]
mod tests;
mod view;

pub(crate) use dependents::NativeText;
pub(crate) use dependents::may_read;
pub(crate) use dependents::of_column as users_of_column;
pub(crate) use dependents::of_table as users_of_table;
pub(crate) use dependents::of_view as users_of_view;
pub(crate) use foreign_key::without_key as foreign_keys_without_key;

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
        self.change(operation)?;
        native_ddl::forget(self, operation);
        Ok(())
    }

    fn change(&mut self, operation: &Operation) -> Result<(), ApplyError> {
        match operation {
            Operation::CreateTable(table) => table::create(self, table),
            Operation::DropTable { table } => table::drop(self, table),
            Operation::RenameTable { from, to } => rename::table(self, from, to),
            Operation::AddColumn {
                table,
                column,
                constraints,
            } => column::add(self, table, column, constraints),
            Operation::DropColumn { table, column } => column::drop(self, table, column),
            Operation::RenameColumn { table, from, to } => rename::column(self, table, from, to),
            Operation::AlterColumn {
                table,
                column,
                change,
            } => column::alter(self, table, column, change),
            Operation::AddConstraint { table, constraint } => constraint::add(self, table, constraint),
            Operation::DropConstraint { table, constraint } => constraint::drop(self, table, constraint),
            Operation::RenameConstraint { table, from, to } => constraint::rename(self, table, from, to),
            Operation::CreateIndex { table, index } => index::create(self, table, index),
            Operation::DropIndex { index } => index::drop(self, index),
            Operation::CreateView(view) => view::create(self, view),
            Operation::DropView { view } => view::drop(self, view),
            Operation::CommentOnTable { table, comment } => table::comment(self, table, comment.as_deref()),
            Operation::CommentOnColumn {
                table,
                column,
                comment,
            } => column::comment(self, table, column, comment.as_deref()),
            Operation::Data(statement) => rows::check(self, statement),
        }
    }
}
