//! What a run leaves, as one hash, and whether it is still there when the next one begins.

use super::Run;
use crate::engine::DriftCheck;
use crate::engine::EngineError;
use crate::engine::Fingerprint;
use crate::engine::drift::NOT_KNOWN;
use crate::history::JournalDirection;
use crate::history::JournalEvent;
use crate::history::NewEntry;

/// What a run finds before its first step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// What the runs before it have left.
    AsLeft,
    /// Something else, or nobody knows.
    Unknown,
}

impl Run<'_> {
    /// Refuses to go on where somebody else has changed the database since the last run, when that was asked for.
    pub(super) async fn check_drift(&mut self) -> Result<Found, EngineError> {
        let options = self.migrator.options();
        if options.drift == DriftCheck::Skip && options.fingerprint == Fingerprint::Skip {
            return Ok(Found::Unknown);
        }
        let found = self.migrator.found(&mut self.session, &self.state).await;
        if self.migrator.options().drift == DriftCheck::Skip {
            return Ok(match found {
                Ok(Some(true)) => Found::AsLeft,
                _ => Found::Unknown,
            });
        }
        match found? {
            Some(true) => Ok(Found::AsLeft),
            Some(false) => Err(EngineError::Drift),
            None => {
                self.notice(NOT_KNOWN);
                Ok(Found::Unknown)
            }
        }
    }

    /// Records what the run leaves, when what it found was as it had been left: what somebody else has done must not become
    /// right by it. The run has come to its end, so what goes wrong here is told and no more.
    pub(super) async fn record_fingerprint(&mut self, found: Found, rows: &[String]) {
        if found != Found::AsLeft || self.migrator.options().fingerprint == Fingerprint::Skip {
            return;
        }
        let recorded = async {
            let Some(left) = self.migrator.fingerprint_of(&mut self.session).await? else {
                return Ok(());
            };
            let mut entry = NewEntry::new(JournalDirection::Fingerprint, JournalEvent::Done);
            entry.sql_hash = Some(left.hash);
            entry.checksum = Some(left.conditions);
            let sql = self.writer().next_entry(&entry, rows);
            let sent = self.session.query(&sql, &[]).await;
            sent.map_err(|error| EngineError::Database {
                doing: "recording a fingerprint",
                error,
            })?;
            Ok::<(), EngineError>(())
        };
        if let Err(error) = recorded.await {
            self.notice(&format!("no fingerprint of the database was recorded: {error}"));
        }
    }
}
