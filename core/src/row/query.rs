//! Queries whose rows are read.

use super::Fields;
use super::FromRow;
use super::RowError;
use crate::dialect::Value;
use crate::driver::DriverError;
use crate::driver::DriverErrorKind;
use crate::driver::Rows;
use crate::driver::Session;
use crate::driver::Transaction;
use crate::models::Table;
use crate::operation::read_name;

impl Rows {
    /// The rows as values of a Rust type.
    ///
    /// # Errors
    /// A row is none.
    pub fn read<T: FromRow>(&self) -> Result<Vec<T>, RowError> {
        let rows = self.rows.iter();
        rows.map(|row| T::from_row(&Fields::new::<T>(&self.columns, row)))
            .collect()
    }

    /// The only row.
    ///
    /// # Errors
    /// There is none or another one, or it is no `T`.
    pub fn read_one<T: FromRow>(&self) -> Result<T, DriverError> {
        let row = self.read_optional()?;
        row.ok_or_else(|| DriverError::new(DriverErrorKind::NoRow, "a row was asked for, and there is none"))
    }

    /// The only row, where there is one.
    ///
    /// # Errors
    /// There is another one, or it is no `T`.
    pub fn read_optional<T: FromRow>(&self) -> Result<Option<T>, DriverError> {
        match self.rows.as_slice() {
            [] => Ok(None),
            [row] => Ok(Some(T::from_row(&Fields::new::<T>(&self.columns, row))?)),
            rows => {
                let message = format!("one row was asked for, and there are {}", rows.len());
                Err(DriverError::new(DriverErrorKind::ManyRows, message))
            }
        }
    }
}

impl Transaction<'_> {
    /// Runs a query and reads its rows, by the names of their columns as a struct or by their positions as a tuple.
    ///
    /// ```
    /// use limbeck_core::driver::{DriverError, Transaction};
    /// use limbeck_core::row::FromRow;
    /// use limbeck_core::values;
    ///
    /// #[derive(FromRow)]
    /// struct Total {
    ///     customer: String,
    ///     orders: i64,
    /// }
    ///
    /// async fn totals(tx: &mut Transaction<'_>, least: i64) -> Result<Vec<Total>, DriverError> {
    ///     let sql = "SELECT customer, count(*) AS orders FROM orders GROUP BY customer HAVING count(*) >= ?";
    ///     tx.query_as(sql, &values![least]).await
    /// }
    /// ```
    ///
    /// # Errors
    /// What the database says, or a row does not fit.
    pub async fn query_as<T: FromRow>(
        &mut self,
        sql: &str,
        parameters: &[Value],
    ) -> Result<Vec<T>, DriverError> {
        Ok(self.query(sql, parameters).await?.read()?)
    }

    /// Runs a query that gives one row.
    ///
    /// # Errors
    /// There is [none](DriverErrorKind::NoRow) or [another one](DriverErrorKind::ManyRows), or as for [`Self::query_as`].
    pub async fn query_one<T: FromRow>(&mut self, sql: &str, parameters: &[Value]) -> Result<T, DriverError> {
        self.query(sql, parameters).await?.read_one()
    }

    /// Runs a query that gives one row or none.
    ///
    /// # Errors
    /// There is [another one](DriverErrorKind::ManyRows), or as for [`Self::query_as`].
    pub async fn query_optional<T: FromRow>(
        &mut self,
        sql: &str,
        parameters: &[Value],
    ) -> Result<Option<T>, DriverError> {
        self.query(sql, parameters).await?.read_optional()
    }

    /// The rows of a table, with all its columns. `rest` is what stands behind the table's name: `WHERE`, `ORDER BY`, or
    /// nothing.
    ///
    /// ```
    /// use limbeck_core::driver::{DriverError, Transaction};
    /// use limbeck_core::models::Table;
    /// use limbeck_core::values;
    ///
    /// #[derive(Table)]
    /// struct User {
    ///     #[column(identity)]
    ///     id: i64,
    ///     name: String,
    /// }
    ///
    /// async fn named(tx: &mut Transaction<'_>, name: &str) -> Result<Vec<User>, DriverError> {
    ///     tx.select("WHERE name = ? ORDER BY id", &values![name]).await
    /// }
    /// ```
    ///
    /// # Errors
    /// As for [`Self::query_as`].
    pub async fn select<T: Table + FromRow>(
        &mut self,
        rest: &str,
        parameters: &[Value],
    ) -> Result<Vec<T>, DriverError> {
        let sql = self.selection::<T>(rest)?;
        self.query_as(&sql, parameters).await
    }

    /// The same for one row or none.
    ///
    /// # Errors
    /// As for [`Self::query_optional`].
    pub async fn select_optional<T: Table + FromRow>(
        &mut self,
        rest: &str,
        parameters: &[Value],
    ) -> Result<Option<T>, DriverError> {
        let sql = self.selection::<T>(rest)?;
        self.query_optional(&sql, parameters).await
    }

    /// The same for one row.
    ///
    /// # Errors
    /// As for [`Self::query_one`].
    pub async fn select_one<T: Table + FromRow>(
        &mut self,
        rest: &str,
        parameters: &[Value],
    ) -> Result<T, DriverError> {
        let sql = self.selection::<T>(rest)?;
        self.query_one(&sql, parameters).await
    }

    /// The name of a table in quotes, as this engine has them: what a query of another text needs where the name may be a
    /// word of SQL, like `user` or `order`.
    ///
    /// # Errors
    /// The table's name is none.
    pub fn table<T: Table>(&self) -> Result<String, DriverError> {
        let name = read_name(T::NAME).map_err(|error| {
            DriverError::new(
                DriverErrorKind::Syntax,
                format!("a table's name: {}", error.message),
            )
        })?;
        Ok(self.server().dialect.quote_identifier(name.as_str()))
    }

    /// The columns of a table, for a query in which it has an alias: `r` gives `"r"."id", "r"."name"`.
    pub fn columns<T: Table>(&self, alias: &str) -> String {
        let dialect = self.server().dialect;
        let alias = dialect.quote_identifier(alias);
        let columns = T::COLUMNS
            .iter()
            .map(|column| format!("{alias}.{}", dialect.quote_identifier(column)));
        columns.collect::<Vec<_>>().join(", ")
    }

    fn selection<T: Table>(&self, rest: &str) -> Result<String, DriverError> {
        let dialect = self.server().dialect;
        let columns = T::COLUMNS.iter().map(|column| dialect.quote_identifier(column));
        let columns = columns.collect::<Vec<_>>().join(", ");
        Ok(format!("SELECT {columns} FROM {} {rest}", self.table::<T>()?))
    }
}

impl Session {
    /// Runs a query and reads its rows. See [`Transaction::query_as`].
    ///
    /// # Errors
    /// What the database says, or a row does not fit.
    pub async fn query_as<T: FromRow>(
        &mut self,
        sql: &str,
        parameters: &[Value],
    ) -> Result<Vec<T>, DriverError> {
        Ok(self.query(sql, parameters).await?.read()?)
    }
}
