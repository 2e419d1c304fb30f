//! Looking for trouble before it happens.

mod earlier;
mod finding;
mod heads;
mod never_run;
mod scripts;

pub use self::earlier::Earlier;
pub use self::finding::Finding;
pub use self::heads::several_heads;

use super::EngineError;
use super::Migrator;
use crate::driver::ConnectOptions;
use crate::graph::Direction;
use crate::graph::GraphError;

impl Migrator {
    /// Compiles every revision in both directions for this database, replays the history from its beginning, and
    /// compares the applied revisions with what ran.
    /// Nothing is written.
    pub async fn verify(&self) -> Result<Vec<Finding>, EngineError> {
        let mut session = self.connect(&ConnectOptions::read_only()).await?;
        let state = self.read_state(&mut session).await?;
        Self::check_version_table(&state)?;
        let server = session.server();
        let mut findings = self.verify_scripts(server.dialect, server.version);
        for unknown in self.graph().unknown_rows(&Self::rows(&state)) {
            let message = format!("the database holds revision {unknown}, which no file has");
            let error = GraphError::UnknownRows {
                rows: vec![unknown],
                direction: Some(Direction::Upgrade),
            };
            findings.push(Finding {
                hints: error.hint().into_iter().collect(),
                ..Finding::new("unknown", message)
            });
        }
        for script in self.changed(&state, &session)? {
            let file = script.file.clone();
            findings.push(Finding::of("changed", &file, &EngineError::Changed(vec![script])));
        }
        findings.extend(self.inserted(&state, &mut session).await?);
        if let Some(progress) = state.progress() {
            let message = format!(
                "the {} of {} has run in part ({} of {} statements)",
                progress.direction, progress.revision, progress.done, progress.of
            );
            findings.push(Finding {
                hints: self.unfinished(progress, "verify").hints(),
                ..Finding::new("unfinished", message)
            });
        }
        let doubt = state.doubt();
        let is_running = self.is_running(&mut session, doubt.as_ref()).await?;
        if let Some(doubt) = doubt.filter(|_| !is_running) {
            let error = EngineError::Doubt(doubt);
            findings.push(Finding {
                hints: error.hints(),
                ..Finding::new("doubt", error.to_string())
            });
        }
        let _ = session.close().await;
        Ok(findings)
    }

    /// Looks at all rows of the database for what breaks its constraints. Nothing is written.
    ///
    /// # Errors
    /// The database cannot be reached, or its driver cannot look.
    pub async fn verify_data(&self) -> Result<Vec<Finding>, EngineError> {
        let mut session = self.connect(&ConnectOptions::read_only()).await?;
        let faults = session
            .check_data()
            .await
            .map_err(|error| EngineError::Database {
                doing: "looking at the data",
                error,
            })?;
        let _ = session.close().await;
        Ok(faults.into_iter().map(Finding::from).collect())
    }
}
