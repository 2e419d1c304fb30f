//! What a data step works with.

use super::DriverError;
use super::DriverErrorKind;
use super::Rows;
use super::ServerInfo;
use super::Session;
use super::session::poisoned;
use crate::dialect::Value;

/// An open transaction of a [`Session`].
///
/// Whoever opened it ends it; this handle only runs statements in it, with savepoints inside when asked:
///
/// ```
/// use limbeck_core::driver::{DriverError, Transaction};
///
/// async fn merge_names(transaction: &mut Transaction<'_>) -> Result<(), DriverError> {
///     let people = transaction.query("SELECT id, first, last FROM person", &[]).await?;
///     for person in people.rows {
///         let name = format!("{} {}", person.text(1).unwrap_or("?"), person.text(2).unwrap_or("?"));
///         transaction
///             .execute("UPDATE person SET name = ? WHERE id = ?", &[name.into(), person.get(0).clone()])
///             .await?;
///     }
///     Ok(())
/// }
/// ```
#[derive(Debug)]
pub struct Transaction<'a> {
    session: &'a mut Session,
    /// Open savepoints as this handle knows them. A different number in the session means that the future of a
    /// nested transaction was dropped.
    level: u32,
}

impl<'a> Transaction<'a> {
    pub(super) const fn within(session: &'a mut Session) -> Self {
        Self {
            level: session.depth,
            session,
        }
    }

    /// Who answers: dialect and version.
    pub fn server(&self) -> &ServerInfo {
        self.session.server()
    }

    /// Runs one statement and gives its rows.
    pub async fn query(&mut self, sql: &str, parameters: &[Value]) -> Result<Rows, DriverError> {
        if self.level != self.session.depth {
            return Err(poisoned());
        }
        if self.session.failure == Some(DriverErrorKind::LockTimeout) {
            return Err(given_up());
        }
        let answer = self.session.query(sql, parameters).await;
        if let Err(error) = &answer {
            self.session.failure = Some(error.kind);
        }
        answer
    }

    /// Runs one statement and gives the number of rows that it wrote, 0 where the driver does not know.
    pub async fn execute(&mut self, sql: &str, parameters: &[Value]) -> Result<u64, DriverError> {
        Ok(self.query(sql, parameters).await?.affected.unwrap_or(0))
    }

    /// Runs `work` in a savepoint: when it fails, what it did is taken back and the transaction goes on.
    ///
    /// When the future is dropped in its middle, the whole transaction is lost: later calls answer
    /// [`DriverErrorKind::Poisoned`](super::DriverErrorKind::Poisoned).
    pub async fn transaction<T, E, F>(&mut self, work: F) -> Result<T, E>
    where
        F: AsyncFnOnce(&mut Transaction<'_>) -> Result<T, E>,
        E: From<DriverError>,
    {
        let savepoint = format!("limbeck_{}", self.level + 1);
        let failed_before = self.session.failure;
        self.query(&format!("SAVEPOINT {savepoint}"), &[]).await?;
        self.session.depth += 1;
        let answer = {
            let mut nested = Transaction::within(self.session);
            // Boxed, or a function that nests itself would have a future of infinite size.
            Box::pin(work(&mut nested)).await
        };
        match (self.end_savepoint(&savepoint, answer.is_ok()).await, answer) {
            (Ok(()), answer) => {
                self.session.failure = failed_before;
                answer
            }
            // The reason for the failure is worth more than that it could not be taken back.
            (Err(_), Err(error)) => Err(error),
            (Err(error), Ok(_)) => Err(error.into()),
        }
    }

    /// After an error the savepoint stays counted, so that nothing runs in a transaction whose state is not known.
    async fn end_savepoint(&mut self, savepoint: &str, keep: bool) -> Result<(), DriverError> {
        if !keep {
            self.session
                .query(&format!("ROLLBACK TO SAVEPOINT {savepoint}"), &[])
                .await?;
        }
        self.session
            .query(&format!("RELEASE SAVEPOINT {savepoint}"), &[])
            .await?;
        self.session.depth -= 1;
        Ok(())
    }
}

/// Some servers end the whole transaction of whoever they refuse a lock: what came next would stand for itself.
fn given_up() -> DriverError {
    DriverError::new(
        DriverErrorKind::Poisoned,
        "an earlier statement of this transaction did not get its locks, so the transaction is over",
    )
    .with_hint("let the error out of the transaction, and try the whole of it again")
}
