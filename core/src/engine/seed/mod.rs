//! Seeds on a database: which are due, and a run of them.
//!
//! All rows of a run are one transaction, with the rows of the journal that say so: under the lock, on a database that has
//! all revisions. So a run that dies has written nothing, and a seed is recorded only with its rows.

mod due;
mod job;
mod prepare;
mod record;
mod rows;
mod sql;
mod status;
mod write;

use std::time::Duration;

use super::EngineError;
use super::Migrator;
use super::Observer;
use super::run::Run;
use crate::driver::ConnectOptions;
use crate::driver::Session;
use crate::graph::Direction;
use crate::history::HistoryState;
use crate::seed::SeedError;
use crate::seed::SeedSet;

pub use self::status::SeedState;
pub use self::status::SeedStatus;

/// What becomes of seeds that run once and have run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SeedsDone {
    /// They are passed over.
    #[default]
    Skip,
    /// They run again.
    RunAgain,
}

/// What a run of seeds has done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SeedReport {
    /// The seeds that were run, in the order of their names.
    pub seeded: Vec<SeededSeed>,
    /// Those that had run before and were passed over.
    pub skipped: Vec<SeedStatus>,
}

/// A seed that was run and recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SeededSeed {
    /// Its name.
    pub name: String,
    /// How many rows its file has; none of SQL and code.
    pub rows: Option<usize>,
    /// How long it took, on the client's monotonic clock.
    pub elapsed: Duration,
}

impl Migrator {
    /// Runs the seeds that are due, all of them or none.
    ///
    /// # Errors
    /// The database lacks revisions; something is wrong with a seed. Nothing is kept.
    pub async fn seed(
        &self,
        seeds: &SeedSet,
        done: SeedsDone,
        observer: &mut dyn Observer,
    ) -> Result<SeedReport, EngineError> {
        let mut session = self.connect(&self.writing()).await?;
        let state = self.read_state(&mut session).await?;
        Self::check_version_table(&state)?;
        // Said before anything is written.
        self.check_upgraded(&state, &mut session).await?;
        let mut run = Run::lock(self, session, observer).await?;
        let answer = run.seed(seeds, done).await;
        run.end(answer).await
    }

    /// Which seeds have run on the database, and which are due. Nothing is written.
    ///
    /// # Errors
    /// The database cannot be read, or a file of a seed.
    pub async fn seed_status(&self, seeds: &SeedSet) -> Result<Vec<SeedStatus>, EngineError> {
        let mut session = self.connect(&ConnectOptions::read_only()).await?;
        let answer = self.due(seeds, &mut session).await;
        let _ = session.close().await;
        Ok(answer?.into_iter().map(|seed| seed.status).collect())
    }

    /// Refuses a database that lacks revisions, or that a step has left in its middle.
    async fn check_upgraded(&self, state: &HistoryState, session: &mut Session) -> Result<(), EngineError> {
        if let Some(doubt) = state.doubt() {
            return Err(EngineError::Doubt(doubt));
        }
        if let Some(progress) = state.progress() {
            return Err(self.unfinished(progress, "seed"));
        }
        let plan = self
            .plan_from(Direction::Upgrade, "heads", state, session)
            .await?;
        match plan.steps.len() {
            0 => Ok(()),
            pending => Err(SeedError::NotUpgraded { pending }.into()),
        }
    }
}

impl Run<'_> {
    async fn seed(&mut self, seeds: &SeedSet, done: SeedsDone) -> Result<SeedReport, EngineError> {
        self.migrator
            .check_upgraded(&self.state, &mut self.session)
            .await?;
        let all = self.migrator.due(seeds, &mut self.session).await?;
        let mut report = SeedReport::default();
        let mut due = Vec::with_capacity(all.len());
        for seed in all {
            if seed.status.state.is_due() || done == SeedsDone::RunAgain {
                due.push(seed);
                continue;
            }
            if seed.status.state == SeedState::Changed {
                let name = &seed.status.name;
                self.notice(&format!(
                    "the seed `{name}` was changed after it had run, and it runs once: `limbeck seed {name} --again` runs it again"
                ));
            }
            report.skipped.push(seed.status);
        }
        if !due.is_empty() {
            let prepared = self.prepare(&due).await?;
            report.seeded = self.write(&prepared).await?;
        }
        Ok(report)
    }
}

impl From<SeedError> for EngineError {
    fn from(error: SeedError) -> Self {
        Self::Seed(Box::new(error))
    }
}
