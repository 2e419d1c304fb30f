//! Revisions written in Rust.

use async_trait::async_trait;

use crate::driver::DriverError;
use crate::driver::Transaction;
use crate::operation::BuildError;
use crate::operation::Operations;

/// The code of a revision whose file says `-- limbeck:rust`.
///
/// Upgrading runs the operations first and the data step after them; downgrading runs the data step first. All of it
/// is one transaction where the engine can do that. Without a database, as SQL, only operations can be written: a revision
/// that has no data step says so.
///
/// ```
/// use async_trait::async_trait;
/// use limbeck_core::dialect::Value;
/// use limbeck_core::driver::DriverError;
/// use limbeck_core::driver::Transaction;
/// use limbeck_core::engine::Migration;
/// use limbeck_core::operation::Operations;
/// use limbeck_core::operation::BuildError;
///
/// struct NormaliseNames;
///
/// #[async_trait]
/// impl Migration for NormaliseNames {
///     fn revision(&self) -> &str {
///         "1975ea83b712"
///     }
///
///     fn upgrade(&self, operations: &mut Operations) -> Result<(), BuildError> {
///         operations.alter_table("account", |t| {
///             t.add_column("folded", "VARCHAR(50)");
///         })
///     }
///
///     async fn upgrade_data(&self, transaction: &mut Transaction<'_>) -> Result<(), DriverError> {
///         let rows = transaction.query("SELECT id, name FROM account", &[]).await?;
///         for row in &rows.rows {
///             let folded = row.text(1).unwrap_or_default().to_lowercase();
///             let values = [Value::from(folded), row.get(0).clone()];
///             transaction.query("UPDATE account SET folded = ? WHERE id = ?", &values).await?;
///         }
///         Ok(())
///     }
///
///     fn downgrade(&self, operations: &mut Operations) -> Result<(), BuildError> {
///         operations.alter_table("account", |t| {
///             t.drop_column("folded");
///         })
///     }
/// }
/// ```
#[async_trait]
pub trait Migration: Send + Sync {
    /// The id in the header of the revision's file.
    fn revision(&self) -> &str;

    /// Whether it does more than its operations. Without a data step it can be written as SQL, which runs without
    /// this code.
    fn has_data_step(&self) -> bool {
        true
    }

    /// The schema changes of the upgrade.
    fn upgrade(&self, _operations: &mut Operations) -> Result<(), BuildError> {
        Ok(())
    }

    /// The data step of the upgrade, after its schema changes.
    async fn upgrade_data(&self, _transaction: &mut Transaction<'_>) -> Result<(), DriverError> {
        Ok(())
    }

    /// The schema changes of the downgrade.
    fn downgrade(&self, _operations: &mut Operations) -> Result<(), BuildError> {
        Ok(())
    }

    /// The data step of the downgrade, before its schema changes.
    async fn downgrade_data(&self, _transaction: &mut Transaction<'_>) -> Result<(), DriverError> {
        Ok(())
    }
}
