//! Seeds written in Rust.

use async_trait::async_trait;

use super::SeedRuns;
use crate::driver::DriverError;
use crate::driver::Transaction;

/// A seed that needs code. It takes part in the order of the files by its name.
///
/// ```
/// use async_trait::async_trait;
/// use limbeck_core::driver::{DriverError, Transaction};
/// use limbeck_core::seed::{Seed, SeedRuns};
///
/// struct ManyAccounts;
///
/// #[async_trait]
/// impl Seed for ManyAccounts {
///     fn name(&self) -> &str {
///         "030_many_accounts"
///     }
///
///     fn environments(&self) -> &[&str] {
///         &["dev"]
///     }
///
///     async fn seed(&self, transaction: &mut Transaction<'_>) -> Result<(), DriverError> {
///         for id in 1..=100 {
///             let sql = format!("INSERT INTO account (id, name) VALUES ({id}, 'account {id}')");
///             transaction.execute(&sql, &[]).await?;
///         }
///         Ok(())
///     }
/// }
/// ```
#[async_trait]
pub trait Seed: Send + Sync {
    /// Its name, like that of a file: `030_many_accounts`.
    fn name(&self) -> &str;

    /// How often it runs. One that runs always finds its own rows.
    fn runs(&self) -> SeedRuns {
        SeedRuns::Once
    }

    /// The environments that it is for; none stands for all.
    fn environments(&self) -> &[&str] {
        &[]
    }

    /// Writes its rows, in the transaction of the whole run. It changes no schema, and it ends no transaction.
    async fn seed(&self, transaction: &mut Transaction<'_>) -> Result<(), DriverError>;
}
