//! The blocking side of a session: what its thread does with the database.

use std::sync::Arc;
use std::time::Duration;

use limbeck_core::dialect::Value;
use limbeck_core::driver::Access;
use limbeck_core::driver::Activity;
use limbeck_core::driver::BatchError;
use limbeck_core::driver::Done;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::Holder;
use limbeck_core::driver::LoadError;
use limbeck_core::driver::Row;
use limbeck_core::driver::Rows;
use limbeck_core::driver::SessionId;
use limbeck_core::operation::RowBatch;
use rusqlite::Connection;

use crate::error::from_sqlite;
use crate::load;
use crate::lock::LockPlace;
use crate::lock::SharedLocks;
use crate::open;
use crate::proof;
use crate::session;
use crate::session::OpenSession;
use crate::setup::Setup;
use crate::signal::Signal;
use crate::value;

/// An open database. The fields are dropped in this order: what is not committed is rolled back before the lock is
/// given back.
pub(crate) struct Client {
    connection: Connection,
    locks: SharedLocks,
    session: OpenSession,
    signal: Arc<Signal>,
    setup: Setup,
    /// SQLite has rolled the open transaction back by itself, as it does when the disk is full or a statement is
    /// interrupted. Until the ROLLBACK comes nothing runs: it would commit by itself.
    aborted: bool,
}

impl Client {
    /// A client of an idle connection, which is set up first.
    pub(crate) fn new(
        mut connection: Connection,
        setup: Setup,
        place: LockPlace,
    ) -> Result<Self, DriverError> {
        let locks = SharedLocks::new(place);
        let session = OpenSession::new();
        let signal = Signal::install(&mut connection).map_err(from_sqlite)?;
        setup.apply(&mut connection, &signal)?;
        proof::install(&connection, &locks, session.id()).map_err(from_sqlite)?;
        Ok(Self {
            connection,
            locks,
            session,
            signal,
            setup,
            aborted: false,
        })
    }

    pub(crate) const fn signal(&self) -> &Arc<Signal> {
        &self.signal
    }

    pub(crate) const fn locks(&self) -> &SharedLocks {
        &self.locks
    }

    pub(crate) const fn session(&self) -> &OpenSession {
        &self.session
    }

    /// Does what only reads in one transaction, that of the caller when there is one. Its own ends whatever happens: also
    /// after an interrupt, and in a damaged file, which can refuse a COMMIT.
    pub(crate) fn reading<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, DriverError>,
    ) -> Result<T, DriverError> {
        if self.aborted || !self.connection.is_autocommit() {
            return work(self);
        }
        self.query("BEGIN", &[])?;
        let answer = work(self);
        self.aborted = false;
        if !self.connection.is_autocommit() {
            self.connection.execute_batch("ROLLBACK").map_err(from_sqlite)?;
        }
        answer
    }

    /// Runs one statement.
    pub(crate) fn query(&mut self, sql: &str, parameters: &[Value]) -> Result<Rows, DriverError> {
        if self.aborted && !self.signal.is_cancelled() {
            return self.query_aborted(sql);
        }
        self.guarded(|connection| execute(connection, sql, parameters))
    }

    /// Runs one query, and tells the text in the first column of each row. There may be more rows than have room.
    pub(crate) fn each_text(&mut self, sql: &str, mut tell: impl FnMut(&str)) -> Result<(), DriverError> {
        self.guarded(|connection| {
            let mut statement = connection.prepare(sql)?;
            let mut rows = statement.raw_query();
            while let Some(row) = rows.next()? {
                let bytes = row.get_ref(0)?.as_bytes().unwrap_or_default();
                tell(&String::from_utf8_lossy(bytes));
            }
            Ok(())
        })
    }

    fn guarded<T>(
        &mut self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, DriverError> {
        if self.signal.is_cancelled() {
            return Err(cancelled());
        }
        let was_open = !self.connection.is_autocommit();
        let answer = work(&self.connection);
        self.aborted = was_open && answer.is_err() && self.connection.is_autocommit();
        answer.map_err(|error| {
            let error = from_sqlite(error);
            // A wait for another writer that was cut short ends as busy.
            if error.kind == DriverErrorKind::Busy && self.signal.is_cancelled() {
                return cancelled();
            }
            error
        })
    }

    /// Runs statements up to the first that fails.
    pub(crate) fn run(
        &mut self,
        statements: &[String],
        mut done: impl FnMut(Done),
    ) -> Result<(), BatchError> {
        for (at, sql) in statements.iter().enumerate() {
            let rows = self.query(sql, &[]).map_err(|error| BatchError { at, error })?;
            done(Done::new(at, rows.affected));
        }
        Ok(())
    }

    /// Writes rows, up to the first that is refused.
    pub(crate) fn load(&mut self, rows: &RowBatch) -> Result<(), LoadError> {
        if self.aborted && !self.signal.is_cancelled() {
            return Err(LoadError::of_all(rows, rolled_back()));
        }
        let signal = Arc::clone(&self.signal);
        let mut at = 0;
        let loaded = self.guarded(|connection| {
            let mut insert = connection.prepare(&load::statement(rows))?;
            for row in rows.rows() {
                // A statement that is so short may end before it is interrupted.
                if signal.is_cancelled() {
                    return Ok(false);
                }
                for (position, value) in row.enumerate() {
                    insert.raw_bind_parameter(position + 1, load::bound(value))?;
                }
                insert.raw_execute()?;
                at += 1;
            }
            Ok(true)
        });
        let error = match loaded {
            Ok(true) => return Ok(()),
            Ok(false) => cancelled(),
            Err(error) => error,
        };
        Err(LoadError {
            rows: at..at + 1,
            error,
        })
    }

    /// Whether another process writes right now, as far as its lock on the file tells.
    fn another_writes(&mut self) -> Result<bool, DriverError> {
        if !self.connection.is_autocommit() {
            return Ok(false);
        }
        self.connection
            .busy_timeout(Duration::ZERO)
            .map_err(from_sqlite)?;
        let answer = match self.query("BEGIN IMMEDIATE", &[]) {
            Ok(_) => self.query("ROLLBACK", &[]).map(|_| false),
            Err(error) if error.kind == DriverErrorKind::Busy => Ok(true),
            Err(error) => Err(error),
        };
        self.setup.wait_when_busy(&mut self.connection, &self.signal)?;
        answer
    }

    /// Puts back what a script may have changed in the session.
    pub(crate) fn restore(&mut self) -> Result<(), DriverError> {
        self.drop_temporary().map_err(from_sqlite)?;
        self.setup.apply(&mut self.connection, &self.signal)
    }

    /// Drops temporary objects: tables and views hide those of the same name from all statements that follow, and a trigger on
    /// a table that stays would see its rows.
    fn drop_temporary(&self) -> rusqlite::Result<()> {
        let drops: Vec<String> = self
            .connection
            .prepare(
                "SELECT format('DROP %s IF EXISTS temp.\"%w\"', upper(type), name) FROM temp.sqlite_schema \
                 WHERE type IN ('table', 'view', 'trigger') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
            )?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        drops
            .iter()
            .try_for_each(|sql| self.connection.execute_batch(sql))
    }

    /// Who has the migration lock.
    pub(crate) fn holder(&self) -> Result<Option<Holder>, DriverError> {
        self.locks.get().holder()
    }

    /// What a session is doing.
    pub(crate) fn activity(&mut self, session: &SessionId) -> Result<Activity, DriverError> {
        if !session::is_alive(session) {
            return Ok(Activity::Gone);
        }
        let holds_lock = self
            .holder()?
            .is_some_and(|holder| holder.pid == session::process_of(session));
        let is_other = session != self.session.id();
        Ok(if is_other && (holds_lock || self.another_writes()?) {
            Activity::Running {
                since: None,
                sql: None,
            }
        } else {
            Activity::Idle
        })
    }

    /// Closes the database.
    pub(crate) fn close(self) -> Result<(), DriverError> {
        let Self {
            connection,
            locks,
            setup,
            ..
        } = self;
        if setup.access == Access::ReadOnly {
            open::settle(&connection)?;
        }
        let closed = connection.close().map_err(|(_, error)| from_sqlite(error));
        drop(locks);
        closed
    }

    fn query_aborted(&mut self, sql: &str) -> Result<Rows, DriverError> {
        if is_rollback(sql) {
            self.aborted = false;
            return Ok(Rows::default());
        }
        Err(rolled_back())
    }
}

/// A transaction's ROLLBACK, not that of a savepoint.
fn is_rollback(sql: &str) -> bool {
    let mut words = sql
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    words
        .next()
        .is_some_and(|word| word.eq_ignore_ascii_case("ROLLBACK"))
        && !words.any(|word| word.eq_ignore_ascii_case("TO"))
}

fn execute(connection: &Connection, sql: &str, parameters: &[Value]) -> rusqlite::Result<Rows> {
    let mut statement = connection.prepare(sql)?;
    if statement.parameter_count() != parameters.len() {
        return Err(rusqlite::Error::InvalidParameterCount(
            parameters.len(),
            statement.parameter_count(),
        ));
    }
    for (position, parameter) in parameters.iter().enumerate() {
        statement.raw_bind_parameter(position + 1, value::to_sqlite(parameter)?)?;
    }
    let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let writes = !statement.readonly();
    let changes_before = connection.total_changes();
    let mut rows = Vec::new();
    let mut results = statement.raw_query();
    while let Some(row) = results.next()? {
        // As many as there are columns: to collect results would take room for up to twice as many.
        let mut values = Vec::with_capacity(columns.len());
        for column in 0..columns.len() {
            values.push(value::from_sqlite(row.get_ref(column)?));
        }
        rows.push(Row(values));
    }
    drop(results);
    let mut answer = Rows::new(columns, rows);
    // `changes` keeps the number of an earlier statement when this one wrote no row.
    answer.affected = writes.then(|| {
        if connection.total_changes() == changes_before {
            0
        } else {
            connection.changes()
        }
    });
    Ok(answer)
}

fn rolled_back() -> DriverError {
    DriverError::new(
        DriverErrorKind::Other,
        "SQLite has rolled this transaction back after an earlier error",
    )
    .with_code("SQLITE_ABORT_ROLLBACK")
    .with_hint("end it with ROLLBACK")
}

fn cancelled() -> DriverError {
    DriverError::new(DriverErrorKind::Cancelled, "interrupted").with_code("SQLITE_INTERRUPT")
}

#[cfg(test)]
mod tests {
    use super::is_rollback;

    #[test]
    fn only_a_whole_rollback_ends_a_transaction() {
        for sql in ["ROLLBACK", " rollback;", "ROLLBACK TRANSACTION"] {
            assert!(is_rollback(sql), "{sql}");
        }
        for sql in [
            "ROLLBACK TO a",
            "rollback transaction to savepoint a",
            "COMMIT",
            "",
        ] {
            assert!(!is_rollback(sql), "{sql}");
        }
    }
}
