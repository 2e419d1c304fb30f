//! Operations of a revision that is written in Rust.

use super::Operation;
use super::PortableError;
use super::PortableOptions;
use super::parse_statement;
use crate::schema::Table;
use crate::sql::LexicalRules;
use crate::sql::split;

/// Collects the operations of a revision that is written in Rust.
///
/// ```
/// use limbeck_core::operation::Operations;
///
/// let mut operations = Operations::default();
/// operations.sql("CREATE TABLE account (id BIGINT PRIMARY KEY); CREATE TABLE team (id BIGINT PRIMARY KEY)")?;
/// assert_eq!(operations.into_operations().len(), 2);
/// # Ok::<(), limbeck_core::operation::PortableError>(())
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
    ///
    /// The first statement that is not portable SQL; its span counts in `text`.
    pub fn sql(&mut self, text: &str) -> Result<(), PortableError> {
        for slice in split(text, &LexicalRules::STANDARD) {
            if !slice.body.is_empty() {
                let operations = parse_statement(text, slice.body, &self.options)?;
                self.operations.extend(operations);
            }
        }
        Ok(())
    }

    /// Adds an operation.
    pub fn push(&mut self, operation: Operation) {
        self.operations.push(operation);
    }

    /// Adds a new table.
    pub fn create_table(&mut self, table: Table) {
        self.push(Operation::CreateTable(table));
    }

    /// The operations, in the order in which they were added.
    pub fn into_operations(self) -> Vec<Operation> {
        self.operations
    }
}
