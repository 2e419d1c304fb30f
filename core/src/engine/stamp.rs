//! Setting the version table without running anything.

use super::EngineError;
use super::Migrator;
use super::Observer;
use super::Report;
use super::run::Run;
use crate::driver::Batch;
use crate::history::JournalDirection;
use crate::history::JournalEvent;
use crate::history::NewEntry;

/// What a stamp does with rows that it does not name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Purge {
    /// Branches that the targets don't touch stay.
    #[default]
    Keep,
    /// The version table is emptied first, unknown rows too.
    Everything,
}

impl Migrator {
    /// Says that `targets` are applied, without running anything.
    pub async fn stamp(
        &self,
        targets: &[&str],
        purge: Purge,
        observer: &mut dyn Observer,
    ) -> Result<Report, EngineError> {
        let mut run = Run::begin(self, observer).await?;
        let answer = run.stamp(targets, purge).await;
        run.end(answer).await
    }

    /// Makes the history tables where they are missing.
    pub async fn ensure_version(&self, observer: &mut dyn Observer) -> Result<(), EngineError> {
        let mut session = self.connect(&self.writing()).await?;
        Self::check_version_table(&self.read_state(&mut session).await?)?;
        let run = Run::lock(self, session, observer).await?;
        run.end(Ok(())).await
    }
}

impl Run<'_> {
    async fn stamp(&mut self, targets: &[&str], purge: Purge) -> Result<Report, EngineError> {
        if let Some(doubt) = self.state.doubt() {
            return Err(EngineError::Doubt(doubt));
        }
        if let Some(progress) = self.state.progress() {
            return Err(self.migrator.unfinished(progress, "stamp"));
        }
        let rows = Migrator::rows(&self.state);
        let plan = self
            .migrator
            .graph()
            .plan_stamp(&rows, targets, purge == Purge::Everything)?;
        if plan.stamp.is_empty() {
            return Ok(Report {
                revisions: self.state.rows.clone(),
                ..Report::default()
            });
        }
        self.migrator
            .check_width(&self.state, &mut self.session, &plan.stamp.insert)
            .await?;
        let mut after = self.state.rows.clone();
        plan.stamp.apply(&mut after);
        let entry = |event| NewEntry::new(JournalDirection::Stamp, event);
        let writer = self.writer();
        let seq = self.state.next_seq();
        let mut statements = vec![
            self.session.server().dialect.begin().to_owned(),
            writer.entry(seq, &entry(JournalEvent::Intended), &self.state.rows),
        ];
        statements.extend(writer.row_statements(&plan.stamp));
        statements.push(writer.entry(seq + 1, &entry(JournalEvent::Done), &after));
        statements.push("COMMIT".to_owned());
        let texts: Vec<&str> = statements.iter().map(String::as_str).collect();
        let outcome = self.session.run(Batch::transaction(&texts), &mut |_| {}).await;
        if let Err(failure) = outcome {
            // Closing the session would do the same; this way the lock goes only after it.
            let _ = self.session.query("ROLLBACK", &[]).await;
            return Err(EngineError::Database {
                doing: "recording the stamp",
                error: failure.error,
            });
        }
        Ok(Report {
            revisions: after,
            ..Report::default()
        })
    }
}
