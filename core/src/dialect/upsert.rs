//! Rows that take the place of those with the same key.

use super::RenderError;
use crate::operation::DataStatement;
use crate::schema::Column;
use crate::schema::Name;
use crate::schema::Table;

/// An INSERT whose rows take the place of those that have the same key.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Upsert<'a> {
    /// The INSERT, which names the columns and has the rows.
    pub insert: &'a DataStatement,
    /// The table.
    pub table: &'a Table,
    /// The columns by which a row is found: those of a primary key, a unique constraint or a unique index.
    pub key: &'a [Name],
    /// The columns that a row which is found gets its values in; no others are changed.
    pub update: &'a [Name],
}

impl<'a> Upsert<'a> {
    /// An INSERT into `table` that finds a row by `key` and changes the columns `update` of it.
    pub const fn new(
        insert: &'a DataStatement,
        table: &'a Table,
        key: &'a [Name],
        update: &'a [Name],
    ) -> Self {
        Self {
            insert,
            table,
            key,
            update,
        }
    }

    /// The columns that are changed, as the table has them.
    ///
    /// # Errors
    /// The table has no such column.
    pub fn updated(&self) -> Result<Vec<&'a Column>, RenderError> {
        let columns = self.update.iter().map(|name| {
            let column = self.table.column(name);
            column.ok_or_else(|| RenderError::Unknown {
                object: name.to_string(),
            })
        });
        columns.collect()
    }
}
