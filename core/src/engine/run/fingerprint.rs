//! What a run leaves, as one hash, and whether it is still there when the next one begins.

use super::Run;
use crate::driver::DriverError;
use crate::engine::DriftCheck;
use crate::engine::EngineError;
use crate::history::JournalDirection;
use crate::history::JournalEvent;
use crate::history::NewEntry;

impl Run<'_> {
    /// Refuses to go on where somebody else has changed the database since the last run, when that was asked for.
    pub(super) async fn check_drift(&mut self) -> Result<(), EngineError> {
        if self.migrator.options().drift == DriftCheck::Skip || self.state.rows.is_empty() {
            return Ok(());
        }
        let Some(recorded) = self.state.fingerprint().map(str::to_owned) else {
            self.notice(
                "whether somebody else has changed the database is not known: the last event of the journal is no run that came \
                 to its end",
            );
            return Ok(());
        };
        let Some(catalogue) = self.migrator.managed(&mut self.session).await? else {
            let error = DriverError::unsupported("telling whether somebody else has changed the database");
            return Err(reading(error));
        };
        match catalogue.fingerprint() == recorded {
            true => Ok(()),
            false => Err(EngineError::Drift),
        }
    }

    /// Records what the run leaves. It has come to its end, so what goes wrong here is told and no more.
    pub(super) async fn record_fingerprint(&mut self, rows: &[String]) {
        let recorded = async {
            let Some(catalogue) = self.migrator.managed(&mut self.session).await? else {
                return Ok(());
            };
            let mut entry = NewEntry::new(JournalDirection::Fingerprint, JournalEvent::Done);
            entry.sql_hash = Some(catalogue.fingerprint());
            let sql = self.writer().next_entry(&entry, rows);
            self.session.query(&sql, &[]).await.map_err(reading)?;
            Ok::<(), EngineError>(())
        };
        if let Err(error) = recorded.await {
            self.notice(&format!("no fingerprint of the database was recorded: {error}"));
        }
    }
}

fn reading(error: DriverError) -> EngineError {
    EngineError::Database {
        doing: "looking for drift",
        error,
    }
}
