use limbeck_core::Database;
use limbeck_core::driver::DriverError;
use limbeck_core::values;

#[derive(Debug)]
pub enum TransferError {
    TooLittle,
    Database(DriverError),
}

impl From<DriverError> for TransferError {
    fn from(error: DriverError) -> Self {
        Self::Database(error)
    }
}

pub async fn transfer(database: &Database, from: &str, to: &str, amount: i64) -> Result<(), TransferError> {
    database
        .transaction(async |tx| {
            let take = "UPDATE account SET balance = balance - ? WHERE name = ? AND balance >= ?";
            if tx.execute(take, &values![amount, from, amount]).await? == 0 {
                return Err(TransferError::TooLittle); // nothing of it stays
            }
            let give = "UPDATE account SET balance = balance + ? WHERE name = ?";
            tx.execute(give, &values![amount, to]).await?;
            // Whether it can be noted is not worth failing for.
            let note = tx.transaction(async |tx| tx.execute("INSERT INTO note VALUES ('paid')", &[]).await);
            let _ = note.await;
            Ok(())
        })
        .await
}
