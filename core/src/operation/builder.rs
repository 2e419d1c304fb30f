//! Operations of a revision that is written in Rust.

use super::ColumnChange;
use super::Operation;
use super::PortableError;
use super::PortableOptions;
use super::parse_statement;
use crate::schema::Column;
use crate::schema::Constraint;
use crate::schema::Index;
use crate::schema::Name;
use crate::schema::Table;
use crate::schema::View;
use crate::sql::LexicalRules;
use crate::sql::Span;
use crate::sql::split;
use crate::sql::unclosed;

/// Collects the operations of a revision that is written in Rust.
///
/// ```
/// use limbeck_core::operation::Operations;
/// use limbeck_core::schema::Name;
///
/// let mut operations = Operations::default();
/// operations.sql("CREATE TABLE team (id BIGINT PRIMARY KEY, name TEXT NOT NULL); CREATE INDEX ON team (name)")?;
/// operations.rename_table(Name::folded("team")?, Name::folded("crew")?);
/// assert_eq!(operations.into_operations().len(), 3);
/// # Ok::<(), Box<dyn std::error::Error>>(())
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
    /// The first statement that is not portable SQL; its span counts in `text`, and nothing of the text is added.
    pub fn sql(&mut self, text: &str) -> Result<(), PortableError> {
        if let Some(unclosed) = unclosed(text, Span::new(0, text.len()), &LexicalRules::STANDARD) {
            return Err(unclosed.into());
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

    /// Adds any operation.
    pub fn push(&mut self, operation: Operation) {
        self.operations.push(operation);
    }

    /// `CREATE TABLE`
    pub fn create_table(&mut self, table: Table) {
        self.push(Operation::CreateTable(table));
    }

    /// `DROP TABLE`
    pub fn drop_table(&mut self, table: Name) {
        self.push(Operation::DropTable { table });
    }

    /// `ALTER TABLE … RENAME TO …`
    pub fn rename_table(&mut self, from: Name, to: Name) {
        self.push(Operation::RenameTable { from, to });
    }

    /// `ALTER TABLE … ADD COLUMN …`
    pub fn add_column(&mut self, table: Name, column: Column) {
        self.push(Operation::AddColumn {
            table,
            column,
            constraints: Vec::new(),
        });
    }

    /// `ALTER TABLE … DROP COLUMN …`
    pub fn drop_column(&mut self, table: Name, column: Name) {
        self.push(Operation::DropColumn { table, column });
    }

    /// `ALTER TABLE … RENAME COLUMN … TO …`
    pub fn rename_column(&mut self, table: Name, from: Name, to: Name) {
        self.push(Operation::RenameColumn { table, from, to });
    }

    /// `ALTER TABLE … ALTER COLUMN …`
    pub fn alter_column(&mut self, table: Name, column: Name, change: ColumnChange) {
        self.push(Operation::AlterColumn {
            table,
            column,
            change,
        });
    }

    /// `ALTER TABLE … ADD CONSTRAINT …`
    pub fn add_constraint(&mut self, table: Name, constraint: Constraint) {
        self.push(Operation::AddConstraint { table, constraint });
    }

    /// `ALTER TABLE … DROP CONSTRAINT …`
    pub fn drop_constraint(&mut self, table: Name, constraint: Name) {
        self.push(Operation::DropConstraint { table, constraint });
    }

    /// `CREATE [UNIQUE] INDEX`
    pub fn create_index(&mut self, table: Name, index: Index) {
        self.push(Operation::CreateIndex { table, index });
    }

    /// `DROP INDEX`
    pub fn drop_index(&mut self, index: Name) {
        self.push(Operation::DropIndex { index });
    }

    /// `CREATE VIEW`
    pub fn create_view(&mut self, view: View) {
        self.push(Operation::CreateView(view));
    }

    /// `DROP VIEW`
    pub fn drop_view(&mut self, view: Name) {
        self.push(Operation::DropView { view });
    }

    /// The operations so far, in order.
    pub fn as_slice(&self) -> &[Operation] {
        &self.operations
    }

    /// The operations, in the order in which they were added.
    pub fn into_operations(self) -> Vec<Operation> {
        self.operations
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_with_a_fault_adds_nothing() {
        let mut operations = Operations::default();
        let text = "DROP TABLE a; ; DROP TABLE b CASCADE;";
        let error = operations.sql(text).unwrap_err();
        assert_eq!(error.span.slice(text), "CASCADE");
        assert!(operations.as_slice().is_empty());
        operations.sql("-- nothing\n;").unwrap();
        operations
            .sql("ALTER TABLE a DROP COLUMN b, DROP COLUMN c;")
            .unwrap();
        assert_eq!(operations.as_slice().len(), 2);
    }
}
