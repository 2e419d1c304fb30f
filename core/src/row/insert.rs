//! Rows that are new.

use super::RowError;
use crate::dialect::Value;
use crate::driver::DriverError;
use crate::driver::DriverErrorKind;
use crate::driver::Transaction;
use crate::models::Table;

/// A row that can be inserted: a struct that derives this, with the columns that are given a value, or one that derives
/// [`Table`](derive@crate::models::Table), with all of them but those that the engine fills itself.
///
/// ```
/// use limbeck_core::driver::{DriverError, Transaction};
/// use limbeck_core::models::Table;
/// use limbeck_core::row::NewRow;
///
/// #[derive(Table)]
/// struct Account {
///     #[column(identity)]
///     id: i64,
///     email: String,
///     #[column(default = "FALSE")]
///     verified: bool,
/// }
///
/// #[derive(NewRow)]
/// #[new_row(table = Account)]
/// struct NewAccount<'a> {
///     email: &'a str,
/// }
///
/// async fn register(tx: &mut Transaction<'_>, email: &str) -> Result<i64, DriverError> {
///     tx.insert_id(&NewAccount { email }).await
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no row that can be inserted",
    note = "derive `limbeck_core::row::NewRow`, or `limbeck_core::models::Table`, whose fields can all be sent as values"
)]
pub trait NewRow {
    /// The table that it goes into.
    type Table: Table;

    /// The columns that have a value, as the database names them.
    const COLUMNS: &'static [&'static str];

    /// Their values, in the same order.
    ///
    /// # Errors
    /// A value cannot be written.
    fn values(&self) -> Result<Vec<Value>, RowError>;
}

impl Transaction<'_> {
    /// Inserts a row.
    ///
    /// # Errors
    /// What the database says, or a value cannot be written.
    pub async fn insert<R: NewRow>(&mut self, row: &R) -> Result<(), DriverError> {
        let sql = self.insertion::<R>()?;
        self.query(&sql, &row.values()?).await.map(drop)
    }

    /// Inserts a row that the engine numbers, and gives the number.
    ///
    /// # Errors
    /// What the database says, a value cannot be written, or the table has no column whose rows the engine numbers.
    pub async fn insert_id<R: NewRow>(&mut self, row: &R) -> Result<i64, DriverError> {
        let Some(identity) = R::Table::IDENTITY else {
            let message = format!("the engine does not number the rows of `{}`", R::Table::NAME);
            return Err(DriverError::new(DriverErrorKind::Unsupported, message)
                .with_hint("use `insert`, or mark a column with `identity`"));
        };
        let mut sql = self.insertion::<R>()?;
        let values = row.values()?;
        let dialect = self.server().dialect;
        let rows = match dialect.last_identity() {
            None => {
                sql.push_str(&format!(" RETURNING {}", dialect.quote_identifier(identity)));
                self.query(&sql, &values).await?
            }
            Some(question) => {
                self.query(&sql, &values).await?;
                self.query(question, &[]).await?
            }
        };
        Ok(rows.read_one::<(i64,)>()?.0)
    }

    fn insertion<R: NewRow>(&self) -> Result<String, DriverError> {
        let dialect = self.server().dialect;
        let columns = R::COLUMNS.iter().map(|column| dialect.quote_identifier(column));
        let columns: Vec<String> = columns.collect();
        Ok(format!(
            "INSERT INTO {} ({}) VALUES ({})",
            self.table::<R::Table>()?,
            columns.join(", "),
            vec!["?"; columns.len()].join(", ")
        ))
    }
}
