//! Whether a database is as the last run left it.

use sha2::Digest;
use sha2::Sha256;

use super::EngineError;
use super::Migrator;
use crate::driver::ConnectOptions;
use crate::driver::Session;
use crate::history::HistoryState;

/// What is said where nobody knows.
pub(crate) const NOT_KNOWN: &str = "whether somebody else has changed the database is not known: since the last run whose end \
                                    was recorded something else has happened, or it was looked at otherwise";

/// A hash of all objects, and under which conditions it means something.
pub(crate) struct Left {
    pub(crate) hash: String,
    /// What else decides what is read: the server, this release, what is ignored.
    pub(crate) conditions: String,
}

impl Migrator {
    /// Whether all objects are as the last run left them; none where that is not known: the journal's last event is not the
    /// recorded end of a run, or the objects were read under other conditions, or the driver cannot read them. Nothing is
    /// written.
    ///
    /// # Errors
    /// The database cannot be reached or read.
    pub async fn is_as_left(&self) -> Result<Option<bool>, EngineError> {
        let mut session = self.connect(&ConnectOptions::read_only()).await?;
        let state = self.read_state(&mut session).await?;
        let answer = match state.fingerprint() {
            None => None,
            Some(_) => self.found(&mut session, &state).await?,
        };
        session.close().await.map_err(EngineError::Connect)?;
        Ok(answer)
    }

    /// The same in a session that is open. A database without a history and without objects is as it was left.
    pub(crate) async fn found(
        &self,
        session: &mut Session,
        state: &HistoryState,
    ) -> Result<Option<bool>, EngineError> {
        let is_new = state.last().is_none() && state.rows.is_empty();
        let recorded = state
            .fingerprint()
            .zip(state.last().and_then(|last| last.checksum.as_deref()));
        if recorded.is_none() && !is_new {
            return Ok(None);
        }
        let Some(left) = self.fingerprint_of(session).await? else {
            return Ok(None);
        };
        Ok(match recorded {
            Some((_, conditions)) if conditions != left.conditions => None,
            Some((hash, _)) => Some(hash == left.hash),
            // What was there before the first revision nobody has left.
            None => (left.hash == crate::catalogue::Catalogue::new().fingerprint()).then_some(true),
        })
    }

    /// The hash of all objects but the history tables and what the configuration ignores; none where the driver cannot read
    /// them.
    pub(crate) async fn fingerprint_of(&self, session: &mut Session) -> Result<Option<Left>, EngineError> {
        let Some(mut catalogue) = self.catalogue_without_order_of(session).await? else {
            return Ok(None);
        };
        let ignored = &self.options().ignored;
        ignored.take_out_objects(&mut catalogue);
        let server = session.server();
        let words = format!(
            "{} {} {} {ignored:?}",
            env!("CARGO_PKG_VERSION"),
            server.dialect.name(),
            server.version
        );
        let digest = Sha256::digest(words.as_bytes());
        Ok(Some(Left {
            hash: catalogue.fingerprint(),
            conditions: digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect(),
        }))
    }
}
