//! Running one step: the only place that sends a script's statements.

mod deferred;
mod failure;
mod group_run;
mod hash;
mod heal;
mod limits;
mod load;
mod patience;
mod refused;
mod rows_in_the_way;
mod send;
mod together;

use std::time::Duration;
use std::time::Instant;

pub(crate) use self::group_run::journal_entry;
pub(crate) use self::hash::StepHash;
pub(crate) use self::refused::refused_record;
pub(crate) use self::send::interruptible;
pub(crate) use self::together::Together;

use self::failure::Fault;
use self::group_run::GroupRun;
use self::send::Failure;
use self::send::Messages;
use self::send::Part;
use crate::dialect::Guard;
use crate::driver::DriverErrorKind;
use crate::driver::Session;
use crate::driver::Timeouts;
use crate::engine::EngineError;
use crate::engine::Observer;
use crate::engine::Stop;
use crate::engine::compile::Action;
use crate::engine::compile::CompiledStatement;
use crate::engine::compile::CompiledStep;
use crate::engine::compile::Isolation;
use crate::engine::groups::Group;
use crate::engine::groups::groups;
use crate::engine::watcher::Watcher;
use crate::history::HistoryWriter;
use crate::history::JournalEvent;
use crate::sql::StatementClass;

/// How long to try to record what has taken effect while another writer is in the way.
const OUTCOME_PATIENCE: Duration = Duration::from_secs(60);

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
    /// How long a statement waits and runs, unless its script says otherwise.
    pub(crate) timeouts: Timeouts,
    /// How often a group is tried.
    pub(crate) attempts: u32,
    /// What looks who is in the way.
    pub(crate) watcher: Option<Watcher>,
}

impl StepRunner<'_> {
    /// Runs the statements of a step from position `from` on, and records it. `tried` says that an earlier run has begun the
    /// statement at `from`.
    pub(crate) async fn run(
        &mut self,
        step: &CompiledStep,
        from: usize,
        tried: bool,
    ) -> Result<(), EngineError> {
        let capabilities = {
            let server = self.session.server();
            server.dialect.capabilities(&server.version)
        };
        let groups = groups(&step.statements, capabilities);
        let last = groups.len().saturating_sub(1);
        self.prepare(step).await?;
        self.set_again(step, from).await?;
        let mut hash = StepHash::default();
        for (position, group) in groups.iter().enumerate() {
            let is_last = position == last;
            let is_behind = group.range.end <= from && !group.range.is_empty();
            // An edit behind `from` may have joined what is done with what is not.
            let start = group.range.start.max(from.min(group.range.end));
            hash.add(step, group.range.start..start);
            let before = hash.text();
            hash.add(step, start..group.range.end);
            if is_behind && !is_last {
                continue;
            }
            let group = &Group {
                range: if is_behind {
                    group.range.clone()
                } else {
                    start..group.range.end
                },
                isolation: group.isolation,
            };
            if position > 0
                && let Some(signal) = self.stop.requested()
            {
                let kept = Some(group.range.start).filter(|statements| *statements > 0);
                return Err(EngineError::Stopped {
                    signal,
                    kept: kept.map(|statements| (step.revision.clone(), statements)),
                    applied: Vec::new(),
                });
            }
            let run = GroupRun {
                step,
                group,
                is_last,
                is_behind,
                opens: true,
                closes: true,
                is_retried: tried && group.range.start == from,
                hash_before: before,
                hash_after: hash.text(),
                started: Instant::now(),
            };
            if let Err(fault) = self.patiently(&run).await {
                return Err(self.fail(&run, fault).await);
            }
        }
        Ok(())
    }

    /// Sends what a transaction does not take. Whoever runs the steps puts the session's settings back.
    async fn prepare(&mut self, step: &CompiledStep) -> Result<(), EngineError> {
        for sql in &step.before {
            let sent = self.session.query(sql, &[]).await;
            sent.map_err(|error| EngineError::Database {
                doing: "preparing the session for a step",
                error,
            })?;
        }
        Ok(())
    }

    /// Sets again what the statements before `from` have set, in the session that they ran in.
    async fn set_again(&mut self, step: &CompiledStep, from: usize) -> Result<(), EngineError> {
        for statement in step.statements.iter().take(from) {
            let Action::Execute(sql) = &statement.action else {
                continue;
            };
            if statement.class == StatementClass::Session {
                let sent = self.session.query(sql, &[]).await;
                sent.map_err(|error| EngineError::Database {
                    doing: "setting the session as the statements before have set it",
                    error,
                })?;
            }
        }
        Ok(())
    }

    /// A group in a transaction: intention, statements, rows, outcome, with BEGIN and COMMIT where the transaction begins
    /// and ends with the group. What stands in the batch already is sent with it; of a group after which the transaction
    /// goes on, rows and outcome are left there.
    async fn shared(&mut self, run: &GroupRun<'_>, batch: &mut Messages) -> Result<(), Fault> {
        if run.opens {
            batch.push(Part::Bracket, self.session.server().dialect.begin());
        }
        if !run.is_behind {
            let intention = self.entry(run, JournalEvent::Intended, self.seq, &self.rows);
            batch.push(Part::Record, intention);
            for index in run.group.range.clone() {
                let Some(statement) = run.step.statements.get(index) else {
                    continue;
                };
                self.statement(run, batch, index, statement).await?;
            }
        }
        // Sent apart, so that the outcome can say how long the statements took.
        self.send(run, batch, None).await?;
        let rows_after = self.record(run, batch);
        if run.closes {
            batch.push(Part::Bracket, "COMMIT");
            self.send(run, batch, None).await?;
        }
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
        let limits = self.limits(run, statement);
        for sql in limits.before {
            batch.push(Part::Bracket, sql);
        }
        self.act(run, batch, index, statement).await?;
        for sql in limits.after {
            batch.push(Part::Bracket, sql);
        }
        Ok(())
    }

    async fn act(
        &mut self,
        run: &GroupRun<'_>,
        batch: &mut Messages,
        index: usize,
        statement: &CompiledStatement,
    ) -> Result<(), Fault> {
        match &statement.action {
            Action::Execute(sql) => {
                if statement.timeout.is_some() {
                    self.send(run, batch, None).await?;
                }
                let explained_by = statement.explained_by.clone();
                batch.push_explained(Part::Statement(index), sql, None, explained_by);
                if statement.timeout.is_some() {
                    self.send(run, batch, statement.timeout).await?;
                }
            }
            Action::Assert(sql) | Action::Guard(Guard { query: sql, .. }) => {
                self.send(run, batch, None).await?;
                let rows = self.query(sql, index, statement.timeout).await?;
                if !rows.rows.is_empty() {
                    return Err(Fault::rows(statement, &rows));
                }
                self.statement_done(run, index);
            }
            Action::Render(deferred) => {
                self.send(run, batch, None).await?;
                self.deferred(run, index, deferred).await?;
                self.statement_done(run, index);
            }
            Action::Load(load) => {
                self.send(run, batch, None).await?;
                self.load(run, index, load).await?;
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

    /// Commits the intention of a statement that stands alone.
    async fn intend(&mut self, run: &GroupRun<'_>) -> Result<(), Fault> {
        let mut intention = Messages::default();
        let entry = self.entry(run, JournalEvent::Intended, self.seq, &self.rows);
        intention.push(Part::Record, entry);
        self.send(run, &mut intention, None).await?;
        self.seq += 1;
        Ok(())
    }

    /// A statement by itself, after its intention, and its outcome.
    async fn alone(&mut self, run: &GroupRun<'_>) -> Result<(), Fault> {
        let index = run.group.range.start;
        if let (false, Some(statement)) = (run.is_behind, run.step.statements.get(index)) {
            self.heal(run, index, statement).await?;
            let mut batch = Messages::default();
            self.statement(run, &mut batch, index, statement).await?;
            self.send(run, &mut batch, None).await?;
        }
        let rows_after = self.outcome(run).await.map_err(Fault::Unrecorded)?;
        self.seq += 1;
        self.rows = rows_after;
        Ok(())
    }

    /// Records that a statement that stands alone has taken effect. It has, so neither a signal nor another writer's
    /// lock is a reason to give up at once.
    async fn outcome(&mut self, run: &GroupRun<'_>) -> Result<Vec<String>, Failure> {
        let started = Instant::now();
        loop {
            let mut outcome = Messages::default();
            outcome.push(Part::Bracket, self.session.server().dialect.begin());
            let rows_after = self.record(run, &mut outcome);
            outcome.push(Part::Bracket, "COMMIT");
            let failure = match self.send_outcome(outcome).await {
                Ok(()) => return Ok(rows_after),
                Err(failure) => failure,
            };
            let is_passing = matches!(
                failure.error.kind,
                DriverErrorKind::Busy | DriverErrorKind::LockTimeout
            );
            if !is_passing || started.elapsed() > OUTCOME_PATIENCE {
                return Err(failure);
            }
            // The lock may have come in the way of any message, so there may be a transaction to end.
            let _ = self.session.query("ROLLBACK", &[]).await;
        }
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
        let outcome = self.entry(run, JournalEvent::Done, self.seq + intentions, &rows);
        batch.push(Part::Record, outcome);
        rows
    }

    /// A journal row. The first and the last of a transaction have a proof.
    fn entry(&self, run: &GroupRun<'_>, event: JournalEvent, seq: i64, rows: &[String]) -> String {
        let entry = run.entry(event);
        let has_proof = match event {
            JournalEvent::Intended => run.opens,
            _ => run.closes,
        };
        match has_proof {
            true => self.writer.entry(seq, &entry, rows),
            false => self.writer.entry_within(seq, &entry, rows),
        }
    }
}
