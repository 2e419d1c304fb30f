//! Running one step: the only place that sends a script's statements.

use std::time::Duration;
use std::time::Instant;

use sha2::Digest;
use sha2::Sha256;

use super::EngineError;
use super::Event;
use super::Observer;
use super::Stop;
use super::compile::Action;
use super::compile::CompiledStatement;
use super::compile::CompiledStep;
use super::compile::Isolation;
use super::groups::Group;
use super::groups::groups;
use crate::dialect::Guard;
use crate::driver::Batch;
use crate::driver::BatchError;
use crate::driver::Done;
use crate::driver::DriverError;
use crate::driver::DriverErrorKind;
use crate::driver::Rows;
use crate::driver::Session;
use crate::graph::Direction;
use crate::history::HistoryWriter;
use crate::history::JournalDirection;
use crate::history::JournalEvent;
use crate::history::NewEntry;
use crate::history::StatementRange;

/// Runs the statements of one step after another, with their journal rows and the rows of the version table.
pub(crate) struct StepRunner<'a> {
    pub(crate) session: &'a mut Session,
    pub(crate) writer: &'a HistoryWriter<'a>,
    pub(crate) observer: &'a mut dyn Observer,
    pub(crate) stop: &'a Stop,
    /// The sequence number of the next journal row.
    pub(crate) seq: i64,
    /// The rows of the version table as they are now.
    pub(crate) rows: Vec<String>,
}

/// What one message of a batch is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// BEGIN or COMMIT.
    Bracket,
    /// A journal row or a row of the version table.
    Record,
    /// A statement of the script, by its position in the step.
    Statement(usize),
}

/// A part that failed.
struct Failure {
    part: Part,
    error: DriverError,
}

/// Why a group did not take effect.
enum Fault {
    /// A message failed, and nothing of the group was kept.
    Failure(Failure),
    /// A statement that stands alone has taken effect, and its outcome could not be recorded.
    Unrecorded(Failure),
    /// An assertion or a guard found rows.
    Rows { statement: usize, rows: Rows },
}

impl From<Failure> for Fault {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl StepRunner<'_> {
    /// Runs the statements of a step from position `from` on, and records it.
    pub(crate) async fn run(&mut self, step: &CompiledStep, from: usize) -> Result<(), EngineError> {
        let capabilities = {
            let server = self.session.server();
            server.dialect.capabilities(&server.version)
        };
        let groups = groups(&step.statements, capabilities);
        let last = groups.len().saturating_sub(1);
        let mut hash = StepHash::default();
        for (position, group) in groups.iter().enumerate() {
            let before = hash.text();
            hash.add(step, group);
            let is_last = position == last;
            let is_behind = group.range.end <= from && !group.range.is_empty();
            if is_behind && !is_last {
                continue;
            }
            if position > 0
                && let Some(signal) = self.stop.requested()
            {
                return Err(EngineError::Stopped {
                    signal,
                    applied: Vec::new(),
                });
            }
            let run = GroupRun {
                step,
                group,
                is_last,
                is_behind,
                hash_before: before,
                hash_after: hash.text(),
                started: Instant::now(),
            };
            let outcome = match group.isolation {
                Isolation::Shared => self.shared(&run).await,
                Isolation::Alone => self.alone(&run).await,
            };
            if let Err(fault) = outcome {
                return Err(self.fail(&run, fault).await);
            }
        }
        Ok(())
    }

    /// A group in one transaction: BEGIN, intention, statements, rows, outcome, COMMIT.
    async fn shared(&mut self, run: &GroupRun<'_>) -> Result<(), Fault> {
        let mut batch = Messages::default();
        batch.push(Part::Bracket, self.session.server().dialect.begin());
        if !run.is_behind {
            batch.push(
                Part::Record,
                self.writer
                    .entry(self.seq, &run.entry(JournalEvent::Intended), &self.rows),
            );
            for index in run.group.range.clone() {
                let Some(statement) = run.step.statements.get(index) else {
                    continue;
                };
                self.statement(run, &mut batch, index, statement).await?;
            }
        }
        // Sent apart, so that the outcome can say how long the statements took.
        self.send(run, &mut batch, None).await?;
        let rows_after = self.record(run, &mut batch);
        batch.push(Part::Bracket, "COMMIT");
        self.send(run, &mut batch, None).await?;
        self.seq += if run.is_behind { 1 } else { 2 };
        self.rows = rows_after;
        Ok(())
    }

    /// Adds a statement to the batch; one whose answer matters is sent with what stands before it.
    async fn statement(
        &mut self,
        run: &GroupRun<'_>,
        batch: &mut Messages,
        index: usize,
        statement: &CompiledStatement,
    ) -> Result<(), Fault> {
        match &statement.action {
            Action::Execute(sql) if statement.timeout.is_none() => batch.push(Part::Statement(index), sql),
            Action::Execute(sql) => {
                self.send(run, batch, None).await?;
                batch.push(Part::Statement(index), sql);
                self.send(run, batch, statement.timeout).await?;
            }
            Action::Assert(sql) | Action::Guard(Guard { query: sql, .. }) => {
                self.send(run, batch, None).await?;
                let rows = self.query(sql, index, statement.timeout).await?;
                if !rows.rows.is_empty() {
                    return Err(Fault::Rows {
                        statement: index,
                        rows,
                    });
                }
                self.statement_done(run, index);
            }
            Action::Code => {
                self.send(run, batch, None).await?;
                self.code(run, index).await?;
                self.statement_done(run, index);
            }
        }
        Ok(())
    }

    /// A statement by itself, its intention and its outcome committed around it.
    async fn alone(&mut self, run: &GroupRun<'_>) -> Result<(), Fault> {
        if !run.is_behind {
            let index = run.group.range.start;
            let Some(statement) = run.step.statements.get(index) else {
                return Ok(());
            };
            let mut intention = Messages::default();
            let entry = self
                .writer
                .entry(self.seq, &run.entry(JournalEvent::Intended), &self.rows);
            intention.push(Part::Record, entry);
            self.send(run, &mut intention, None).await?;
            self.seq += 1;
            let mut batch = Messages::default();
            batch.push(Part::Statement(index), statement.action.sql().unwrap_or_default());
            self.send(run, &mut batch, statement.timeout).await?;
        }
        let mut outcome = Messages::default();
        outcome.push(Part::Bracket, self.session.server().dialect.begin());
        let rows_after = self.record(run, &mut outcome);
        outcome.push(Part::Bracket, "COMMIT");
        self.send(run, &mut outcome, None)
            .await
            .map_err(Fault::Unrecorded)?;
        self.seq += 1;
        self.rows = rows_after;
        Ok(())
    }

    /// Adds the rows of the version table, when the step ends here, and the outcome. Gives the rows as they will be.
    fn record(&self, run: &GroupRun<'_>, batch: &mut Messages) -> Vec<String> {
        let mut rows = self.rows.clone();
        if run.is_last {
            for statement in self.writer.row_statements(&run.step.rows) {
                batch.push(Part::Record, statement);
            }
            run.step.rows.apply(&mut rows);
        }
        let intentions = i64::from(run.group.isolation == Isolation::Shared && !run.is_behind);
        let entry = self
            .writer
            .entry(self.seq + intentions, &run.entry(JournalEvent::Done), &rows);
        batch.push(Part::Record, entry);
        rows
    }

    /// Sends a batch and empties it.
    async fn send(
        &mut self,
        run: &GroupRun<'_>,
        batch: &mut Messages,
        timeout: Option<Duration>,
    ) -> Result<(), Failure> {
        if batch.parts.is_empty() {
            return Ok(());
        }
        let messages = std::mem::take(batch);
        let texts: Vec<&str> = messages.texts.iter().map(String::as_str).collect();
        let canceller = self.session.canceller();
        let interrupts = match run.group.isolation {
            Isolation::Shared => 1,
            // What can't be taken back is only interrupted when asked twice.
            Isolation::Alone => 2,
        };
        let of = run.step.statements.len();
        let observer = &mut *self.observer;
        let parts = &messages.parts;
        let mut told = |done: Done| {
            if let Some(Part::Statement(index)) = parts.get(done.index) {
                observer.event(&Event::StatementDone { index: *index, of });
            }
        };
        let atomicity = match run.group.isolation {
            Isolation::Shared => Batch::transaction(&texts),
            Isolation::Alone => Batch::statements(&texts),
        };
        let work = self.session.run(atomicity, &mut told);
        let answer = interruptible(work, canceller, self.stop.wait(interrupts), timeout).await;
        answer.map_err(|BatchError { at, error }| Failure {
            part: messages.parts.get(at).copied().unwrap_or(Part::Bracket),
            error,
        })
    }

    async fn query(&mut self, sql: &str, index: usize, timeout: Option<Duration>) -> Result<Rows, Failure> {
        let canceller = self.session.canceller();
        let work = self.session.query(sql, &[]);
        interruptible(work, canceller, self.stop.wait(1), timeout)
            .await
            .map_err(|error| Failure {
                part: Part::Statement(index),
                error,
            })
    }

    async fn code(&mut self, run: &GroupRun<'_>, index: usize) -> Result<(), Failure> {
        let Some(code) = &run.step.code else { return Ok(()) };
        let canceller = self.session.canceller();
        let mut transaction = self.session.transaction();
        let work = async {
            match run.step.direction {
                Direction::Upgrade => code.upgrade_data(&mut transaction).await,
                Direction::Downgrade => code.downgrade_data(&mut transaction).await,
            }
        };
        interruptible(work, canceller, self.stop.wait(1), None)
            .await
            .map_err(|error| Failure {
                part: Part::Statement(index),
                error,
            })
    }

    fn statement_done(&mut self, run: &GroupRun<'_>, index: usize) {
        self.observer.event(&Event::StatementDone {
            index,
            of: run.step.statements.len(),
        });
    }

    /// Takes back what a group had open, records the failure, and says what it was.
    async fn fail(&mut self, run: &GroupRun<'_>, fault: Fault) -> EngineError {
        let had_transaction =
            run.group.isolation == Isolation::Shared || matches!(fault, Fault::Unrecorded(_));
        if had_transaction {
            // When the failure has ended the transaction already, there is nothing to take back and this fails.
            let _ = self.session.query("ROLLBACK", &[]).await;
        }
        // An intention without an outcome stays in doubt, which the next run looks into.
        let is_recorded = !matches!(fault, Fault::Unrecorded(_));
        let error = match fault {
            Fault::Failure(Failure {
                part: Part::Record,
                error,
            })
            | Fault::Unrecorded(Failure {
                part: Part::Record,
                error,
            }) => self.refused_record(run, error).await,
            Fault::Failure(Failure { part, error }) | Fault::Unrecorded(Failure { part, error }) => {
                run.statement_error(part, error, self.stop)
            }
            Fault::Rows { statement, rows } => run.rows_error(statement, &rows),
        };
        let is_ours = !matches!(
            error,
            EngineError::LockLost { .. } | EngineError::RowsMoved { .. }
        );
        if is_recorded && is_ours {
            let mut entry = run.entry(JournalEvent::Failed);
            entry.sql_hash.clone_from(&run.hash_before);
            entry.error = Some(error.to_string());
            let insert = self.writer.entry(self.seq, &entry, &self.rows);
            if let Err(unrecorded) = self.session.query(&insert, &[]).await {
                let message = format!("the failure could not be written to the journal: {unrecorded}");
                self.observer.event(&Event::Notice { message: &message });
            }
        }
        error
    }

    /// Why a journal row or a row of the version table was refused: asks for each part of the proof.
    async fn refused_record(&mut self, run: &GroupRun<'_>, error: DriverError) -> EngineError {
        if error.kind != DriverErrorKind::Constraint {
            return EngineError::Database {
                doing: "recording a step",
                error,
            };
        }
        match self.session.query(&self.writer.ask_lock(), &[]).await {
            Ok(rows) if rows.rows.first().is_some_and(|row| row.get(0).is_null()) => {
                return EngineError::LockLost {
                    before: format!("{} of {}", run.step.direction, run.step.revision),
                };
            }
            Ok(_) => {}
            Err(error) => {
                return EngineError::Database {
                    doing: "asking for the migration lock",
                    error,
                };
            }
        }
        match self.session.query(&self.writer.ask_rows(), &[]).await {
            Ok(rows) => {
                let found: Vec<&str> = rows.rows.iter().filter_map(|row| row.text(0)).collect();
                let expected: Vec<&str> = self.rows.iter().map(String::as_str).collect();
                if found == expected {
                    return EngineError::Database {
                        doing: "recording a step",
                        error,
                    };
                }
                EngineError::RowsMoved {
                    expected: list(&expected),
                    found: list(&found),
                }
            }
            Err(error) => EngineError::Database {
                doing: "reading the version table",
                error,
            },
        }
    }
}

fn list(rows: &[&str]) -> String {
    if rows.is_empty() {
        "no rows".to_owned()
    } else {
        rows.join(", ")
    }
}

/// Waits for `work`, and has it interrupted when `stop` or the time-out comes first.
async fn interruptible<T, E>(
    work: impl Future<Output = Result<T, E>>,
    canceller: Option<Box<dyn crate::driver::Cancel>>,
    stop: impl Future<Output = ()>,
    timeout: Option<Duration>,
) -> Result<T, E> {
    let Some(canceller) = canceller else {
        return work.await;
    };
    let late = async {
        match timeout {
            Some(time) => tokio::time::sleep(time).await,
            None => std::future::pending().await,
        }
    };
    tokio::pin!(work);
    tokio::select! {
        biased;
        answer = &mut work => return answer,
        () = stop => {}
        () = late => {}
    }
    // An interrupt that can't be sent leaves the statement running to its end, whose answer is as good.
    let _ = canceller.cancel().await;
    work.await
}

/// One group of a step, being run.
struct GroupRun<'a> {
    step: &'a CompiledStep,
    group: &'a Group,
    /// Whether the rows of the version table change with this group.
    is_last: bool,
    /// Whether its statements took effect in an earlier run, and only the rows are missing.
    is_behind: bool,
    hash_before: Option<String>,
    hash_after: Option<String>,
    started: Instant,
}

impl GroupRun<'_> {
    fn entry(&self, event: JournalEvent) -> NewEntry {
        let mut entry = NewEntry::new(JournalDirection::from(self.step.direction), event);
        entry.revision = Some(self.step.revision.to_string());
        entry.statements = Some(StatementRange::new(
            self.group.range.clone(),
            self.step.statements.len(),
        ));
        entry.sql_hash.clone_from(&self.hash_after);
        entry.checksum.clone_from(&self.step.checksum);
        if event != JournalEvent::Intended {
            entry.milliseconds = u64::try_from(self.started.elapsed().as_millis()).ok();
        }
        entry
    }

    fn statement_error(&self, part: Part, error: DriverError, stop: &Stop) -> EngineError {
        if let (DriverErrorKind::Cancelled, Some(signal)) = (error.kind, stop.requested()) {
            return EngineError::Stopped {
                signal,
                applied: Vec::new(),
            };
        }
        let index = match part {
            Part::Statement(index) => Some(index),
            Part::Bracket | Part::Record => None,
        };
        let statement = index.and_then(|index| self.step.statements.get(index));
        let sql = statement
            .and_then(|statement| statement.action.sql())
            .unwrap_or_default();
        let place = statement
            .and_then(|statement| statement.place.as_ref())
            .map(|place| match error.offset {
                // Only text that was sent as it stands in the file has its bytes there.
                Some(offset) if place.text() == sql => place.from_byte(offset),
                _ => place.clone(),
            });
        EngineError::Statement {
            revision: self.step.revision.clone(),
            direction: self.step.direction,
            statement: index.map_or(0, |index| index + 1),
            statements: index.map_or(0, |_| self.step.statements.len()),
            place,
            sql: sql.to_owned(),
            error,
            kept: self.group.range.start,
            applied: Vec::new(),
        }
    }

    fn rows_error(&self, statement: usize, rows: &Rows) -> EngineError {
        let statement = self.step.statements.get(statement);
        let place = statement.and_then(|statement| statement.place.clone());
        if let Some(Action::Guard(guard)) = statement.map(|statement| &statement.action) {
            return EngineError::Guard {
                revision: self.step.revision.clone(),
                direction: self.step.direction,
                place,
                refusal: guard.refusal.clone(),
                found: rows
                    .rows
                    .iter()
                    .filter_map(|row| row.text(0).map(str::to_owned))
                    .collect(),
            };
        }
        let first = rows
            .rows
            .first()
            .map(|row| format!("{:?}", row.0))
            .unwrap_or_default();
        EngineError::Assertion {
            revision: self.step.revision.clone(),
            direction: self.step.direction,
            place,
            rows: rows.rows.len(),
            first,
            applied: Vec::new(),
        }
    }
}

/// Messages of a batch and what each is for.
#[derive(Default)]
struct Messages {
    parts: Vec<Part>,
    texts: Vec<String>,
}

impl Messages {
    fn push(&mut self, part: Part, text: impl Into<String>) {
        self.parts.push(part);
        self.texts.push(text.into());
    }
}

/// Hash of the SQL of a step, group by group.
#[derive(Default)]
pub(crate) struct StepHash {
    hash: Sha256,
    any: bool,
}

impl StepHash {
    fn add(&mut self, step: &CompiledStep, group: &Group) {
        for statement in step.statements.get(group.range.clone()).unwrap_or_default() {
            self.push(statement);
        }
    }

    fn push(&mut self, statement: &CompiledStatement) {
        self.any = true;
        self.hash
            .update(statement.action.sql().unwrap_or_default().as_bytes());
        self.hash.update([0]);
    }

    fn text(&self) -> Option<String> {
        self.any.then(|| {
            let digits: String = self
                .hash
                .clone()
                .finalize()
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect();
            format!("sha256:{digits}")
        })
    }

    /// The hash of the first `statements` of a step.
    pub(crate) fn of(step: &CompiledStep, statements: usize) -> Option<String> {
        let mut hash = Self::default();
        for statement in step.statements.iter().take(statements) {
            hash.push(statement);
        }
        hash.text()
    }
}
