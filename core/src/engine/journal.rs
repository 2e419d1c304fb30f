//! Reading the journal.

use super::EngineError;
use super::Migrator;
use crate::driver::ConnectOptions;
use crate::history::JournalEntry;

impl Migrator {
    /// The journal of this history, newest first. Nothing is written.
    pub async fn log(&self) -> Result<Vec<JournalEntry>, EngineError> {
        let mut session = self.connect(&ConnectOptions::read_only()).await?;
        let entries = self.read_journal(&mut session).await;
        let _ = session.close().await;
        entries
    }
}
