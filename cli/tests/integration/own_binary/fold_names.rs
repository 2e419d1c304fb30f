use async_trait::async_trait;
use limbeck_core::dialect::Value;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::Transaction;
use limbeck_core::engine::Migration;
use limbeck_core::operation::BuildError;
use limbeck_core::operation::Operations;

pub struct FoldNames;

#[async_trait]
impl Migration for FoldNames {
    fn revision(&self) -> &str {
        "5d0c2e81f9ab"
    }

    fn upgrade(&self, operations: &mut Operations) -> Result<(), BuildError> {
        operations.alter_table("account", |t| {
            t.add_column("folded", "VARCHAR(50)");
        })
    }

    async fn upgrade_data(&self, transaction: &mut Transaction<'_>) -> Result<(), DriverError> {
        let accounts = transaction.query("SELECT id, name FROM account", &[]).await?;
        for account in &accounts.rows {
            let folded = account.text(1).unwrap_or_default().to_lowercase();
            let values = [Value::from(folded), account.get(0).clone()];
            transaction
                .query("UPDATE account SET folded = ? WHERE id = ?", &values)
                .await?;
        }
        Ok(())
    }

    fn downgrade(&self, operations: &mut Operations) -> Result<(), BuildError> {
        operations.alter_table("account", |t| {
            t.drop_column("folded");
        })
    }
}
