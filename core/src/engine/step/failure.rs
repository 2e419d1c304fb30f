//! What failed, what is taken back, and what is recorded of it.

use std::time::Duration;

use super::StepRunner;
use super::group_run::GroupRun;
use super::refused::refused_record;
use super::send::Failure;
use super::send::Part;
use crate::dialect::Guard;
use crate::dialect::Value;
use crate::driver::DriverError;
use crate::driver::DriverErrorKind;
use crate::driver::Row;
use crate::driver::Rows;
use crate::engine::EngineError;
use crate::engine::Event;
use crate::engine::Fate;
use crate::engine::compile::Action;
use crate::engine::compile::CompiledStatement;
use crate::engine::compile::Isolation;
use crate::history::JournalEvent;
use crate::sql::Place;
use crate::sql::StatementClass;

/// Why a group did not take effect.
pub(super) enum Fault {
    /// A message failed, and nothing of the group was kept.
    Failure(Failure),
    /// A statement that stands alone has taken effect, and its outcome could not be recorded.
    Unrecorded(Failure),
    /// An assertion found rows.
    Assertion { place: Option<Place>, rows: Rows },
    /// A guard found rows.
    Guard {
        place: Option<Place>,
        guard: Guard,
        rows: Rows,
    },
    /// A statement cannot be written for the schema as it is.
    Refused(EngineError),
}

impl Fault {
    /// The rows of a query that should have given none.
    pub(super) fn rows(statement: &CompiledStatement, rows: &Rows) -> Self {
        let (place, rows) = (statement.place.clone(), rows.clone());
        match &statement.action {
            Action::Guard(guard) => Self::Guard {
                place,
                guard: guard.clone(),
                rows,
            },
            _ => Self::Assertion { place, rows },
        }
    }

    /// Whether another writer kept the group from beginning: it would keep the journal from being written too.
    fn is_shut_out(&self) -> bool {
        matches!(self, Self::Failure(Failure { part: Part::Bracket | Part::Record, error, .. })
            if error.kind == DriverErrorKind::Busy)
    }
}

impl From<Failure> for Fault {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl StepRunner<'_> {
    /// Takes back what a group had open, records the failure, and says what it was.
    pub(super) async fn fail(&mut self, run: &GroupRun<'_>, fault: Fault) -> EngineError {
        let fault = self.with_rows_in_the_way(run, fault).await;
        let had_transaction =
            run.group.isolation == Isolation::Shared || matches!(fault, Fault::Unrecorded(_));
        if had_transaction {
            // When the failure has ended the transaction already, there is nothing to take back and this fails.
            let _ = self.session.query("ROLLBACK", &[]).await;
        }
        // An intention without an outcome stays in doubt, which the next run looks into.
        let is_recorded = !matches!(fault, Fault::Unrecorded(_)) && !fault.is_shut_out();
        let error = match fault {
            Fault::Failure(failure) => self.explain(run, failure).await,
            Fault::Unrecorded(failure) if failure.part == Part::Record => {
                match self.refused_record(run, failure.error).await {
                    EngineError::Database { error, .. } => run.unrecorded_error(error),
                    other => other,
                }
            }
            Fault::Unrecorded(failure) => run.unrecorded_error(failure.error),
            Fault::Assertion { place, rows } => run.assertion_error(place, &rows),
            Fault::Guard { place, guard, rows } => run.guard_error(place, guard, &rows),
            Fault::Refused(error) => error,
        };
        let is_ours = !matches!(
            error,
            EngineError::LockLost { .. } | EngineError::RowsMoved { .. }
        );
        self.tell_of_rest(run).await;
        let is_known = is_recorded && is_ours && self.record_failure(run, &error).await;
        error.with_fate(run.fate(is_known))
    }

    /// Writes a failure to the journal; whether that succeeded.
    async fn record_failure(&mut self, run: &GroupRun<'_>, error: &EngineError) -> bool {
        let mut entry = run.entry(JournalEvent::Failed);
        entry.sql_hash.clone_from(&run.hash_before);
        entry.error = Some(error.to_string());
        let insert = self.writer.entry(self.seq, &entry, &self.rows);
        let Err(unrecorded) = self.session.query(&insert, &[]).await else {
            return true;
        };
        // A broken connection is told of already.
        if unrecorded.kind != DriverErrorKind::ConnectionLost {
            let message = format!("the failure could not be written to the journal: {unrecorded}");
            self.observer.event(&Event::Notice { message: &message });
        }
        false
    }

    /// What a failed message means: a signal may interrupt any of them.
    async fn explain(&mut self, run: &GroupRun<'_>, failure: Failure) -> EngineError {
        match (failure.error.kind, self.stop.requested(), failure.late) {
            (DriverErrorKind::Cancelled, Some(signal), _) => EngineError::Stopped {
                signal,
                kept: run.kept(),
                applied: Vec::new(),
            },
            (DriverErrorKind::Cancelled, None, Some(limit)) => run.timeout_error(failure.part, limit),
            _ if failure.part == Part::Record => self.refused_record(run, failure.error).await,
            _ => run.statement_error(failure),
        }
    }

    /// Why a journal row or a row of the version table was refused.
    async fn refused_record(&mut self, run: &GroupRun<'_>, error: DriverError) -> EngineError {
        let before = format!("{} of {}", run.step.direction, run.step.revision);
        refused_record(self.session, self.writer, &self.rows, before, error).await
    }
}

impl GroupRun<'_> {
    /// What has become of the statement that failed, when the journal knows of the failure, or does not.
    fn fate(&self, is_recorded: bool) -> Fate {
        if self.group.isolation == Isolation::Shared {
            return Fate::TakenBack;
        }
        let statement = self.step.statements.get(self.group.range.start);
        let class = statement.map(|statement| statement.class);
        match class {
            // Nothing but the intention is written down.
            _ if !is_recorded => Fate::InDoubt,
            Some(StatementClass::Opaque | StatementClass::Unknown) => Fate::MayStay,
            _ => Fate::TakenBack,
        }
    }

    fn statement_error(&self, failure: Failure) -> EngineError {
        let Failure {
            part,
            sql,
            place,
            error,
            rows,
            ..
        } = failure;
        let index = part.statement();
        let statement = index.and_then(|index| self.step.statements.get(index));
        let place = place.or_else(|| statement.and_then(|statement| statement.place.clone()));
        let place = place.map(|place| match error.offset {
            // Only text that was sent as it stands in the file has its bytes there.
            Some(offset) if place.text() == sql => place.from_byte(offset),
            _ => place,
        });
        if let Some(rows) = rows {
            return EngineError::Rows {
                revision: self.step.revision.clone(),
                direction: self.step.direction,
                place,
                rows,
                error,
                kept: self.group.range.start,
                applied: Vec::new(),
            };
        }
        EngineError::Statement {
            revision: self.step.revision.clone(),
            direction: self.step.direction,
            statement: index.map_or(0, |index| index + 1),
            statements: index.map_or(0, |_| self.step.statements.len()),
            place,
            sql: if index.is_some() { sql } else { String::new() },
            error,
            fate: Fate::TakenBack,
            kept: self.group.range.start,
            applied: Vec::new(),
        }
    }

    fn unrecorded_error(&self, error: DriverError) -> EngineError {
        EngineError::Unrecorded {
            revision: self.step.revision.clone(),
            direction: self.step.direction,
            statement: self.group.range.end,
            statements: self.step.statements.len(),
            error,
        }
    }

    pub(super) fn timeout_error(&self, part: Part, limit: Duration) -> EngineError {
        let statement = part.statement().and_then(|index| self.step.statements.get(index));
        let place = statement.and_then(|statement| statement.place.clone());
        EngineError::TimedOut {
            revision: self.step.revision.clone(),
            direction: self.step.direction,
            place,
            limit,
            kept: self.group.range.start,
            applied: Vec::new(),
        }
    }

    fn guard_error(&self, place: Option<Place>, guard: Guard, rows: &Rows) -> EngineError {
        EngineError::Guard {
            revision: self.step.revision.clone(),
            direction: self.step.direction,
            place,
            refusal: guard.refusal,
            hint: guard.hint,
            found: rows.rows.iter().filter_map(found).collect(),
            kept: self.group.range.start,
            applied: Vec::new(),
        }
    }

    fn assertion_error(&self, place: Option<Place>, rows: &Rows) -> EngineError {
        let first = rows
            .rows
            .first()
            .map(|row| row.in_words(&rows.columns))
            .unwrap_or_default();
        EngineError::Assertion {
            revision: self.step.revision.clone(),
            direction: self.step.direction,
            place,
            rows: rows.rows.len(),
            first,
            kept: self.group.range.start,
            applied: Vec::new(),
        }
    }
}

/// The first column of a row that a guard has found.
fn found(row: &Row) -> Option<String> {
    match row.get(0) {
        Value::Text(text) => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        _ => None,
    }
}
