//! Whether a database is as the last run left it.

use super::EngineError;
use super::Migrator;
use crate::catalogue::Catalogue;
use crate::driver::ConnectOptions;
use crate::driver::Session;

impl Migrator {
    /// Whether all objects are as the last run left them; none where that is not known: the journal's last event is not the
    /// end of a run, or the driver cannot read all objects. Nothing is written.
    ///
    /// # Errors
    /// The database cannot be reached or read.
    pub async fn is_as_left(&self) -> Result<Option<bool>, EngineError> {
        let mut session = self.connect(&ConnectOptions::read_only()).await?;
        let state = self.read_state(&mut session).await?;
        let answer = match state.fingerprint() {
            None => None,
            Some(recorded) => {
                let catalogue = self.managed(&mut session).await?;
                catalogue.map(|catalogue| catalogue.fingerprint() == recorded)
            }
        };
        session.close().await.map_err(EngineError::Connect)?;
        Ok(answer)
    }

    /// All objects but the history tables and what the configuration ignores.
    pub(crate) async fn managed(&self, session: &mut Session) -> Result<Option<Catalogue>, EngineError> {
        let mut catalogue = self.catalogue_of(session).await?;
        if let Some(catalogue) = &mut catalogue {
            self.options().ignored.take_out_objects(catalogue);
        }
        Ok(catalogue)
    }
}
