//! Whether a history still stands where it stood.

use super::EngineError;
use super::Migrator;
use super::migrator::if_table_exists;
use crate::history::Position;
use crate::history::position_of;
use crate::history::position_sql;

impl Migrator {
    /// Whether the history stands where [`Report::position`](super::Report::position) has said. The session is one that could
    /// write, as that of an upgrade.
    ///
    /// # Errors
    /// The database cannot be reached or does not answer, or it cannot have the transactions that the options ask for.
    pub async fn stands_at(&self, position: &Position) -> Result<bool, EngineError> {
        let mut session = self.connect(&self.writing()).await?;
        let server = session.server();
        self.check_transaction_scope(server.dialect, &server.version)?;
        let sql = position_sql(session.server().dialect, &self.tables(&session));
        let found = if_table_exists(session.read(&sql).await)?;
        let stands = found.and_then(|rows| position_of(&rows)).as_ref() == Some(position);
        let _ = session.close().await;
        Ok(stands)
    }
}
