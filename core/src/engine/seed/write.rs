//! The transaction of a run of seeds.

use std::time::Duration;
use std::time::Instant;

use super::SeededSeed;
use super::job::Prepared;
use super::job::Work;
use super::sql::SeedStatement;
use crate::driver::Batch;
use crate::driver::BatchError;
use crate::driver::DriverError;
use crate::driver::DriverErrorKind;
use crate::driver::Session;
use crate::engine::EngineError;
use crate::engine::Event;
use crate::engine::Migrator;
use crate::engine::Observer;
use crate::engine::run::Run;
use crate::engine::step::interruptible;
use crate::history::HistoryWriter;
use crate::history::JournalEntry;
use crate::seed::Seed;
use crate::seed::SeedError;

/// Writes seeds in the transaction that it is in.
pub(super) struct SeedRunner<'a> {
    pub(super) migrator: &'a Migrator,
    pub(super) session: &'a mut Session,
    pub(super) observer: &'a mut dyn Observer,
    pub(super) writer: HistoryWriter<'a>,
    /// The rows of the version table.
    pub(super) heads: &'a [String],
    /// The sequence number of the next journal row.
    pub(super) seq: i64,
    /// By seed, what it has done so far.
    pub(super) so_far: Vec<SoFar>,
}

/// What a seed has done so far.
#[derive(Clone, Copy, Default)]
pub(super) struct SoFar {
    pub(super) rows: Option<usize>,
    pub(super) elapsed: Duration,
}

impl Run<'_> {
    /// Writes everything and records it, or keeps nothing.
    pub(super) async fn write(&mut self, prepared: &Prepared<'_>) -> Result<Vec<SeededSeed>, EngineError> {
        let writer = self.writer();
        let left = self
            .state
            .last()
            .filter(|_| self.state.fingerprint().is_some())
            .cloned();
        let mut runner = SeedRunner {
            migrator: self.migrator,
            session: &mut self.session,
            observer: self.observer,
            writer,
            heads: &self.state.rows,
            seq: self.state.next_seq(),
            so_far: vec![SoFar::default(); prepared.due.len()],
        };
        let first = runner.seq;
        let mut present = None;
        let written = runner.transaction(prepared, left.as_ref(), &mut present).await;
        if let Err(error) = written {
            // When the failure has ended the transaction already, there is nothing to take back and this fails.
            let _ = runner.session.query("ROLLBACK", &[]).await;
            runner.seq = first;
            let seed = present.and_then(|at: usize| prepared.due.get(at));
            runner.record_failure(seed, &error, left.as_ref()).await;
            return Err(error);
        }
        let done = prepared.due.iter().zip(&runner.so_far);
        Ok(done
            .map(|(seed, so_far)| SeededSeed {
                name: seed.status.name.clone(),
                rows: so_far.rows,
                elapsed: so_far.elapsed,
            })
            .collect())
    }
}

impl SeedRunner<'_> {
    /// BEGIN, the seeds each between two rows of the journal, COMMIT. `present` is the seed whose turn it is.
    async fn transaction(
        &mut self,
        prepared: &Prepared<'_>,
        left: Option<&JournalEntry>,
        present: &mut Option<usize>,
    ) -> Result<(), EngineError> {
        self.own(self.session.server().dialect.begin(), "beginning the seeds")
            .await?;
        for (at, job) in prepared.jobs.iter().enumerate() {
            let Some(seed) = prepared.due.get(job.seed) else {
                continue;
            };
            *present = Some(job.seed);
            self.check_stop()?;
            if prepared.is_first(at) {
                self.record_intention(seed).await?;
            }
            let started = Instant::now();
            let name = &seed.status.name;
            let rows = match &job.work {
                Work::Statements(statements) => {
                    self.statements(name, statements).await?;
                    None
                }
                Work::Code(code) => {
                    self.code(name, code.as_ref()).await?;
                    None
                }
                Work::Rows(pass) => Some(self.write_rows(seed, pass, &prepared.schema).await?),
            };
            let so_far = self.count(job.seed, rows, started.elapsed());
            if prepared.is_last(at) {
                self.record_done(seed, so_far.elapsed).await?;
                self.observer.event(&Event::SeedDone {
                    name,
                    rows: so_far.rows,
                    elapsed: so_far.elapsed,
                });
            }
        }
        if let Some(left) = left {
            self.record_fingerprint(left).await?;
        }
        self.own("COMMIT", "ending the seeds").await
    }

    fn count(&mut self, seed: usize, rows: Option<usize>, elapsed: Duration) -> SoFar {
        match self.so_far.get_mut(seed) {
            Some(so_far) => {
                so_far.rows = rows;
                so_far.elapsed += elapsed;
                *so_far
            }
            None => SoFar { rows, elapsed },
        }
    }

    async fn statements(&mut self, seed: &str, statements: &[SeedStatement]) -> Result<(), EngineError> {
        for group in statements.chunk_by(|a, b| !a.is_assertion && !b.is_assertion) {
            match group {
                [only] if only.is_assertion => self.assertion(seed, only).await?,
                group => {
                    let texts: Vec<&str> = group.iter().map(|statement| statement.sql.as_str()).collect();
                    let sent = self.send(&texts).await;
                    sent.map_err(|BatchError { at, error }| self.refused(seed, group.get(at), error))?;
                }
            }
        }
        Ok(())
    }

    async fn assertion(&mut self, seed: &str, statement: &SeedStatement) -> Result<(), EngineError> {
        let canceller = self.session.canceller();
        let work = self.session.query(&statement.sql, &[]);
        let answer = interruptible(work, canceller, self.migrator.stop().wait(1), None).await;
        let found = answer.map_err(|(error, _)| self.refused(seed, Some(statement), error))?;
        match found.rows.first() {
            None => Ok(()),
            Some(first) => Err(SeedError::Assertion {
                place: statement.place.clone(),
                rows: found.rows.len(),
                first: first.in_words(&found.columns),
            }
            .into()),
        }
    }

    async fn code(&mut self, name: &str, code: &dyn Seed) -> Result<(), EngineError> {
        let canceller = self.session.canceller();
        let mut transaction = self.session.transaction();
        let work = code.seed(&mut transaction);
        let answer = interruptible(work, canceller, self.migrator.stop().wait(1), None).await;
        answer.map_err(|(error, _)| self.refused(name, None, error))
    }

    /// Sends statements. A signal interrupts them.
    pub(super) async fn send(&mut self, texts: &[&str]) -> Result<(), BatchError> {
        let canceller = self.session.canceller();
        let mut told = |_| {};
        let work = self.session.run(Batch::transaction(texts), &mut told);
        let sent = interruptible(work, canceller, self.migrator.stop().wait(1), None).await;
        sent.map_err(|(error, _)| error)
    }

    /// Sends a statement of Limbeck's own.
    pub(super) async fn own(&mut self, sql: &str, doing: &'static str) -> Result<(), EngineError> {
        let sent = self.session.query(sql, &[]).await;
        sent.map(drop)
            .map_err(|error| EngineError::Database { doing, error })
    }

    pub(super) fn check_stop(&self) -> Result<(), EngineError> {
        match self.migrator.stop().requested() {
            Some(signal) => Err(EngineError::Stopped {
                signal,
                kept: None,
                applied: Vec::new(),
            }),
            None => Ok(()),
        }
    }

    /// What a failed statement means: a signal may interrupt any of them.
    fn refused(&self, seed: &str, statement: Option<&SeedStatement>, error: DriverError) -> EngineError {
        if let (DriverErrorKind::Cancelled, Err(stopped)) = (error.kind, self.check_stop()) {
            return stopped;
        }
        let place = statement.map(|statement| match error.offset {
            // Only text that was sent as it stands in the file has its bytes there.
            Some(offset) if statement.place.text() == statement.sql => statement.place.from_byte(offset),
            _ => statement.place.clone(),
        });
        SeedError::Statement {
            seed: seed.to_owned(),
            place,
            error,
        }
        .into()
    }
}
