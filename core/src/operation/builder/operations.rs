//! The operations of a revision.

use serde::Serialize;

use super::AlterTable;
use super::BuildError;
use super::CreateTable;
use super::Identifier;
use super::IndexBuilder;
use super::Key;
use super::rows::Rows;
use super::scope::Read;
use super::scope::Scope;
use crate::operation::Operation;
use crate::operation::PortableOptions;
use crate::operation::Standing;
use crate::operation::parse_statement;
use crate::schema::Name;
use crate::schema::View;
use crate::sql::LexicalRules;
use crate::sql::Span;
use crate::sql::split;
use crate::sql::unclosed;

/// Collects the operations of a revision that is written in Rust: the same ones that portable SQL gives, with the same
/// names for what has none.
///
/// A function that fails adds nothing.
///
/// ```
/// use limbeck_core::operation::Operations;
///
/// let mut operations = Operations::default();
/// operations.create_table("team", |t| {
///     t.id("id");
///     t.column("name", "VARCHAR(50)").not_null().unique();
/// })?;
/// operations.alter_table("account", |t| {
///     t.add_column("team_id", "BIGINT");
///     t.add_foreign_key(["team_id"], "team");
/// })?;
/// operations.execute("UPDATE account SET team_id = 1 WHERE age > 17")?;
/// assert_eq!(operations.into_operations().len(), 4);
/// # Ok::<(), limbeck_core::operation::BuildError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Operations {
    options: PortableOptions,
    operations: Vec<Operation>,
}

impl Operations {
    /// No operations yet; portable SQL is read with these options.
    pub fn new(options: PortableOptions) -> Self {
        Self {
            options,
            operations: Vec::new(),
        }
    }

    /// Adds the operations of portable statements, separated by semicolons.
    ///
    /// # Errors
    /// The first statement that is not portable SQL; its span counts in `text`.
    pub fn execute(&mut self, text: &str) -> Result<(), BuildError> {
        if let Some(unclosed) = unclosed(text, Span::new(0, text.len()), &LexicalRules::STANDARD) {
            return Err(BuildError::Statement(unclosed.into()));
        }
        let mut parsed = Vec::new();
        for slice in split(text, &LexicalRules::STANDARD) {
            if !slice.body.is_empty() {
                parsed.append(&mut parse_statement(text, slice.body, &self.options)?);
            }
        }
        self.operations.append(&mut parsed);
        Ok(())
    }

    /// Adds any operation, as it is.
    pub fn push(&mut self, operation: Operation) {
        self.operations.push(operation);
    }

    /// `CREATE TABLE`, with its indexes and comments.
    ///
    /// # Errors
    /// Everything in the definition that is not portable, or does not go together.
    pub fn create_table(
        &mut self,
        table: impl Into<Identifier>,
        define: impl FnOnce(&mut CreateTable),
    ) -> Result<(), BuildError> {
        let mut new = CreateTable::default();
        define(&mut new);
        self.build_on(table.into(), |scope, table| new.read(scope, table))
    }

    /// Consecutive changes of a table: `ALTER TABLE`, its indexes and comments.
    ///
    /// # Errors
    /// Everything in the changes that is not portable, or does not go together.
    pub fn alter_table(
        &mut self,
        table: impl Into<Identifier>,
        change: impl FnOnce(&mut AlterTable),
    ) -> Result<(), BuildError> {
        let mut changes = AlterTable::default();
        change(&mut changes);
        self.build_on(table.into(), |scope, table| changes.read(scope, table))
    }

    /// `DROP TABLE`
    ///
    /// # Errors
    /// A text that is no name.
    pub fn drop_table(&mut self, table: impl Into<Identifier>) -> Result<(), BuildError> {
        self.build_on(table.into(), |_, table| {
            let table = table.clone();
            Ok(vec![Operation::DropTable { table }])
        })
    }

    /// `ALTER TABLE … RENAME TO …`
    ///
    /// # Errors
    /// A text that is no name.
    pub fn rename_table(
        &mut self,
        from: impl Into<Identifier>,
        to: impl Into<Identifier>,
    ) -> Result<(), BuildError> {
        self.alter_table(from, |t| {
            t.rename_to(to);
        })
    }

    /// `CREATE INDEX`, with what `define` says of it.
    ///
    /// # Errors
    /// Everything in the definition that is not portable.
    pub fn create_index<K: Into<Key>>(
        &mut self,
        table: impl Into<Identifier>,
        keys: impl IntoIterator<Item = K>,
        define: impl FnOnce(&mut IndexBuilder),
    ) -> Result<(), BuildError> {
        self.alter_table(table, |t| define(t.add_index(keys)))
    }

    /// `DROP INDEX`
    ///
    /// # Errors
    /// A text that is no name.
    pub fn drop_index(&mut self, index: impl Into<Identifier>) -> Result<(), BuildError> {
        let index = index.into();
        self.build(format!("index `{index}`"), |scope| {
            let index = scope.name(&index)?;
            Ok(vec![Operation::DropIndex { index }])
        })
    }

    /// `CREATE VIEW … AS` this query.
    ///
    /// # Errors
    /// A text that is no name, a query that is not portable.
    pub fn create_view(&mut self, view: impl Into<Identifier>, query: &str) -> Result<(), BuildError> {
        let view = view.into();
        self.build(format!("view `{view}`"), |scope| {
            let name = scope.name(&view);
            let query = scope.expression(query, Standing::Query);
            Ok(vec![Operation::CreateView(View::new(name?, Vec::new(), query?))])
        })
    }

    /// `DROP VIEW`
    ///
    /// # Errors
    /// A text that is no name.
    pub fn drop_view(&mut self, view: impl Into<Identifier>) -> Result<(), BuildError> {
        let view = view.into();
        self.build(format!("view `{view}`"), |scope| {
            let view = scope.name(&view)?;
            Ok(vec![Operation::DropView { view }])
        })
    }

    /// Inserts rows: structs or maps whose fields are the columns, all with the same ones. No rows, no operation; many
    /// become several statements.
    ///
    /// | Rust | SQL |
    /// |---|---|
    /// | whole numbers of at most 64 bits, finite floating-point numbers | the number |
    /// | `bool` | `TRUE`, `FALSE` |
    /// | texts, `char`, variants without values | a string |
    /// | what serde calls bytes (`serde_bytes`; a plain `Vec<u8>` is a list) | `X'…'` |
    /// | `None`, `()` | `NULL` |
    /// | lists, maps, structs, variants with values | a string of JSON |
    ///
    /// Fields are names as in portable SQL: `#[serde(rename = "\"Order\"")]` is the column `"Order"`. The columns of a map
    /// stand in the order of their names.
    ///
    /// ```
    /// use limbeck_core::operation::Operations;
    /// use serde::Serialize;
    ///
    /// #[derive(Serialize)]
    /// struct Team {
    ///     name: &'static str,
    ///     quota: Option<f64>,
    ///     open: bool,
    /// }
    ///
    /// let mut operations = Operations::default();
    /// operations.bulk_insert(
    ///     "team",
    ///     [
    ///         Team { name: "it's us", quota: Some(1.5), open: true },
    ///         Team { name: "others", quota: None, open: false },
    ///     ],
    /// )?;
    ///
    /// let mut written = Operations::default();
    /// written.execute(
    ///     "INSERT INTO team (name, quota, open) VALUES ('it''s us', 1.5, TRUE), ('others', NULL, FALSE)",
    /// )?;
    /// assert_eq!(operations.as_slice(), written.as_slice());
    /// # Ok::<(), limbeck_core::operation::BuildError>(())
    /// ```
    ///
    /// # Errors
    /// A row that is no struct or map, that has other fields than the first one, or a value that SQL cannot write.
    pub fn bulk_insert<R: Serialize>(
        &mut self,
        table: impl Into<Identifier>,
        rows: impl IntoIterator<Item = R>,
    ) -> Result<(), BuildError> {
        let table = table.into();
        let name = self.read(format!("table `{table}`"), |scope| scope.name(&table))?;
        let mut inserts = Rows::new(name);
        for (index, row) in rows.into_iter().enumerate() {
            inserts.add(&row).map_err(|error| BuildError::Row {
                table: table.to_string(),
                row: index + 1,
                error,
            })?;
        }
        self.operations.append(&mut inserts.into_operations());
        Ok(())
    }

    /// The operations so far, in order.
    pub fn as_slice(&self) -> &[Operation] {
        &self.operations
    }

    /// The operations, in the order in which they were added.
    pub fn into_operations(self) -> Vec<Operation> {
        self.operations
    }

    /// Adds the operations that `read` makes of something on a table.
    fn build_on(
        &mut self,
        table: Identifier,
        read: impl FnOnce(&mut Scope<'_>, &Name) -> Read<Vec<Operation>>,
    ) -> Result<(), BuildError> {
        self.build(format!("table `{table}`"), |scope| {
            let table = scope.name(&table)?;
            read(scope, &table)
        })
    }

    fn build(
        &mut self,
        object: String,
        read: impl FnOnce(&mut Scope<'_>) -> Read<Vec<Operation>>,
    ) -> Result<(), BuildError> {
        let mut built = self.read(object, read)?;
        self.operations.append(&mut built);
        Ok(())
    }

    fn read<T>(&self, object: String, read: impl FnOnce(&mut Scope<'_>) -> Read<T>) -> Result<T, BuildError> {
        let mut scope = Scope::new(&self.options);
        let built = read(&mut scope);
        scope.finish(object, built)
    }
}
