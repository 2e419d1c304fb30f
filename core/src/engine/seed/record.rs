//! What the journal says of seeds.

use std::time::Duration;

use super::due::DueSeed;
use super::write::SeedRunner;
use crate::driver::DriverErrorKind;
use crate::engine::EngineError;
use crate::engine::Event;
use crate::engine::step::refused_record;
use crate::history::JournalDirection;
use crate::history::JournalEntry;
use crate::history::JournalEvent;
use crate::history::NewEntry;

impl SeedRunner<'_> {
    /// A seed is about to write its rows: refused where the lock is lost.
    pub(super) async fn record_intention(&mut self, seed: &DueSeed<'_>) -> Result<(), EngineError> {
        self.record(seed, &entry(seed, JournalEvent::Intended)).await
    }

    /// A seed has written its rows.
    pub(super) async fn record_done(
        &mut self,
        seed: &DueSeed<'_>,
        elapsed: Duration,
    ) -> Result<(), EngineError> {
        let mut done = entry(seed, JournalEvent::Done);
        done.milliseconds = u64::try_from(elapsed.as_millis()).ok();
        self.record(seed, &done).await
    }

    async fn record(&mut self, seed: &DueSeed<'_>, entry: &NewEntry) -> Result<(), EngineError> {
        let insert = self.writer.entry(self.seq, entry, self.heads);
        if let Err(error) = self.session.query(&insert, &[]).await {
            // After an error in a transaction some engines answer nothing else.
            let _ = self.session.query("ROLLBACK", &[]).await;
            let before = format!("the seed {}", seed.status.name);
            return Err(refused_record(self.session, &self.writer, self.heads, before, error).await);
        }
        self.seq += 1;
        Ok(())
    }

    /// Seeds change no schema, so what the last run has left of it is what is there now.
    pub(super) async fn record_fingerprint(&mut self, left: &JournalEntry) -> Result<(), EngineError> {
        let mut entry = NewEntry::new(JournalDirection::Fingerprint, JournalEvent::Done);
        entry.sql_hash.clone_from(&left.sql_hash);
        entry.checksum.clone_from(&left.checksum);
        let insert = self.writer.entry(self.seq, &entry, self.heads);
        let sent = self.session.query(&insert, &[]).await;
        sent.map(drop).map_err(|error| EngineError::Database {
            doing: "recording a fingerprint",
            error,
        })
    }

    /// Writes a failure to the journal, unless the history is not ours any more.
    pub(super) async fn record_failure(
        &mut self,
        seed: Option<&DueSeed<'_>>,
        error: &EngineError,
        left: Option<&JournalEntry>,
    ) {
        let is_ours = !matches!(
            error,
            EngineError::LockLost { .. } | EngineError::RowsMoved { .. }
        );
        let Some(seed) = seed.filter(|_| is_ours) else {
            return;
        };
        let mut failed = entry(seed, JournalEvent::Failed);
        failed.error = Some(error.to_string());
        let insert = self.writer.entry(self.seq, &failed, self.heads);
        let Err(unrecorded) = self.session.query(&insert, &[]).await else {
            self.seq += 1;
            if let Some(left) = left
                && let Err(error) = self.record_fingerprint(left).await
            {
                let message = format!("no fingerprint of the database was recorded: {error}");
                self.observer.event(&Event::Notice { message: &message });
            }
            return;
        };
        // A broken connection is told of already.
        if unrecorded.kind != DriverErrorKind::ConnectionLost {
            let message = format!("the failure could not be written to the journal: {unrecorded}");
            self.observer.event(&Event::Notice { message: &message });
        }
    }
}

fn entry(seed: &DueSeed<'_>, event: JournalEvent) -> NewEntry {
    let mut entry = NewEntry::new(JournalDirection::Seed, event);
    entry.revision = Some(seed.status.name.clone());
    entry.checksum.clone_from(&seed.checksum);
    entry
}
