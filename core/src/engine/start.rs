//! The upgrade of a service that starts.

use std::sync::Arc;

use super::AppliedStep;
use super::EngineError;
use super::Migrator;
use super::Observer;
use crate::graph::Ahead;
use crate::graph::Rows;

/// What [`Migrator::run_on_start`] has found and done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Started {
    /// The steps that this process has run, in order; none where everything was there, or another process was faster.
    pub applied: Vec<AppliedStep>,
    /// The rows of the version table, sorted.
    pub revisions: Vec<String>,
    /// Those of them that this program does not know: a newer release of it has migrated the database.
    pub ahead: Vec<String>,
}

impl Migrator {
    /// Brings the database to the heads before a service takes its first request.
    ///
    /// Many processes may start at once: one runs the steps, and the others wait for it, for as long as
    /// [`lock_timeout`](super::MigratorOptions::lock_timeout) says. Where nothing is to be done, one query finds that out, and
    /// nothing is locked or written.
    ///
    /// A database that is ahead of the program is no error, whatever the options say about it: an older release must still be
    /// able to start while a newer one is being rolled out. [`Started::ahead`] tells.
    ///
    /// ```no_run
    /// use limbeck_core::engine::{EngineError, Event, Migrator};
    ///
    /// async fn start(migrator: &Migrator) -> Result<(), EngineError> {
    ///     let started = migrator
    ///         .run_on_start(&mut |event: &Event<'_>| eprintln!("migrations: {event}"))
    ///         .await?;
    ///     eprintln!("migrations: {} applied", started.applied.len());
    ///     Ok(())
    /// }
    /// ```
    ///
    /// # Errors
    /// As for [`upgrade`](Self::upgrade). The service should not go on: its code and its schema do not fit.
    pub async fn run_on_start(&self, observer: &mut dyn Observer) -> Result<Started, EngineError> {
        let (driver, url) = self.driver_and_url()?;
        let mut options = self.options().clone();
        options.ahead = Ahead::Warn;
        let lenient = self
            .on(driver, url, Arc::clone(self.script_set()))
            .with_options(options);
        let report = lenient.upgrade("heads", observer).await?;
        let ahead = self.graph().unknown_rows(&Rows(report.revisions.clone()));
        Ok(Started {
            applied: report.steps,
            revisions: report.revisions,
            ahead,
        })
    }
}
