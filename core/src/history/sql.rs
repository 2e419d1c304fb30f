//! The statements that write a history.

use super::HistoryTables;
use super::NewEntry;
use crate::dialect::Dialect;
use crate::dialect::Value;
use crate::graph::RowChange;

/// Version of the journal's format.
pub(super) const FORMAT: i64 = 1;

/// What stands where a session would prove its lock, and in place of the run's id, when there is neither.
const OFFLINE: &str = "offline";

/// What stands in place of a proof where other rows of the transaction have one.
const WITHIN: &str = "transaction";

fn no_lock(dialect: &dyn Dialect) -> String {
    dialect.literal(&Value::from(OFFLINE))
}

/// The user of this machine.
pub(crate) fn person() -> Option<String> {
    std::env::var("USER").or_else(|_| std::env::var("USERNAME")).ok()
}

/// This machine.
pub(crate) fn machine() -> Option<String> {
    gethostname::gethostname().into_string().ok()
}

/// Writes the statements of one run, or of a file that stands for one.
#[derive(Clone, Debug)]
pub struct HistoryWriter<'a> {
    pub(super) dialect: &'a dyn Dialect,
    pub(super) tables: HistoryTables,
    run: String,
    session: Option<String>,
    who: Option<String>,
    host: Option<String>,
    lock_proof: String,
}

impl<'a> HistoryWriter<'a> {
    /// A writer for one run over one session. `lock_proof` is the SQL scalar that is NULL once the lock is lost; a
    /// driver without one proves the rows alone.
    pub fn new(
        dialect: &'a dyn Dialect,
        tables: HistoryTables,
        run: String,
        session: String,
        lock_proof: Option<String>,
    ) -> Self {
        Self {
            dialect,
            tables,
            run,
            session: Some(session),
            who: person(),
            host: machine(),
            lock_proof: lock_proof.unwrap_or_else(|| no_lock(dialect)),
        }
    }

    /// A writer for a file. Nobody knows yet who will run it, where and when, and nothing holds a lock.
    pub fn offline(dialect: &'a dyn Dialect, tables: HistoryTables) -> Self {
        Self {
            dialect,
            tables,
            run: OFFLINE.to_owned(),
            session: None,
            who: None,
            host: None,
            lock_proof: no_lock(dialect),
        }
    }

    /// The insert of a journal row with the sequence number `seq`. It fails, because `proof` would be NULL, unless the
    /// version table holds exactly `rows` at that moment and the lock is still held.
    pub fn entry(&self, seq: i64, entry: &NewEntry, rows: &[String]) -> String {
        self.insert(
            self.dialect.literal(&Value::from(seq)),
            entry,
            rows,
            &self.proof(rows),
        )
    }

    /// The same without a proof, for a transaction that begins and ends with rows that have one. What the proof asks takes
    /// longer the more the transaction has done.
    pub fn entry_within(&self, seq: i64, entry: &NewEntry, rows: &[String]) -> String {
        let nothing = self.dialect.literal(&Value::from(WITHIN));
        self.insert(self.dialect.literal(&Value::from(seq)), entry, rows, &nothing)
    }

    /// The same with the sequence number that comes next when the statement runs.
    pub fn next_entry(&self, entry: &NewEntry, rows: &[String]) -> String {
        // Not every engine reads in an INSERT the table that it writes, but all do through a derived table.
        let quote = |name| self.dialect.quote_identifier(name);
        let next = format!(
            "(SELECT {seq} FROM (SELECT coalesce(max({seq}), 0) + 1 AS {seq} FROM {} WHERE {}) AS {})",
            self.tables.journal_sql(self.dialect),
            self.of_this_history(),
            quote("last"),
            seq = quote("seq"),
        );
        self.insert(next, entry, rows, &self.proof(rows))
    }

    /// What is NULL unless the version table holds exactly `rows` and the lock is still held.
    fn proof(&self, rows: &[String]) -> String {
        format!("CASE WHEN {} THEN {} END", self.rows_are(rows), self.lock_proof)
    }

    /// The condition that a row of the journal belongs to this history.
    pub(super) fn of_this_history(&self) -> String {
        format!(
            "{} = {}",
            self.dialect.quote_identifier("history"),
            self.dialect.literal(&Value::from(self.tables.version.as_str()))
        )
    }

    fn insert(&self, seq: String, entry: &NewEntry, rows: &[String], proof: &str) -> String {
        let number = |value: Option<usize>| Value::from(value.and_then(|value| i64::try_from(value).ok()));
        let range = entry.statements;
        let values = [
            ("history", Value::from(self.tables.version.as_str())),
            ("run", Value::from(self.run.as_str())),
            ("revision", Value::from(entry.revision.as_deref())),
            ("direction", Value::from(entry.direction.as_str())),
            ("event", Value::from(entry.event.as_str())),
            ("statement_from", number(range.map(|range| range.start + 1))),
            ("statement_to", number(range.map(|range| range.end))),
            ("statements", number(range.map(|range| range.of))),
            ("sql_hash", Value::from(entry.sql_hash.as_deref())),
            ("checksum", Value::from(entry.checksum.as_deref())),
            ("rows_after", Value::from(rows.join(" "))),
            ("session", Value::from(self.session.as_deref())),
            ("who", Value::from(self.who.as_deref())),
            ("host", Value::from(self.host.as_deref())),
            (
                "milliseconds",
                Value::from(entry.milliseconds.and_then(|time| i64::try_from(time).ok())),
            ),
            (
                "tool",
                Value::from(concat!("limbeck ", env!("CARGO_PKG_VERSION"))),
            ),
            ("format", Value::from(FORMAT)),
            ("error", Value::from(entry.error.as_deref())),
        ];
        let mut names: Vec<String> = Vec::with_capacity(values.len() + 3);
        let mut literals: Vec<String> = Vec::with_capacity(values.len() + 3);
        for (name, value) in values.into_iter().filter(|(_, value)| !value.is_null()) {
            names.push(self.dialect.quote_identifier(name));
            literals.push(self.dialect.literal(&value));
        }
        names.push(self.dialect.quote_identifier("seq"));
        literals.push(seq);
        names.push(self.dialect.quote_identifier("recorded_at"));
        literals.push(self.dialect.utc_now().to_owned());
        names.push(self.dialect.quote_identifier("proof"));
        literals.push(proof.to_owned());
        format!(
            "INSERT INTO {} ({}) VALUES ({})",
            self.tables.journal_sql(self.dialect),
            names.join(", "),
            literals.join(", ")
        )
    }

    /// A query for the lock's part of the proof: NULL once the lock is lost.
    pub fn ask_lock(&self) -> String {
        format!("SELECT {}", self.lock_proof)
    }

    /// A query for the rows of the version table, sorted.
    pub fn ask_rows(&self) -> String {
        super::rows_sql(self.dialect, &self.tables)
    }

    /// The condition that the version table holds exactly `rows`.
    pub fn rows_are(&self, rows: &[String]) -> String {
        let count = format!("(SELECT count(*) FROM {})", self.tables.version_sql(self.dialect));
        if rows.is_empty() {
            return format!("{count} = 0");
        }
        let list: Vec<String> = rows
            .iter()
            .map(|row| self.dialect.literal(&Value::from(row.as_str())))
            .collect();
        format!(
            "{count} = {number} AND (SELECT count(*) FROM {} WHERE {} IN ({})) = {number}",
            self.tables.version_sql(self.dialect),
            self.dialect.quote_identifier("version_num"),
            list.join(", "),
            number = rows.len(),
        )
    }

    /// The statements that change the rows of the version table.
    pub fn row_statements(&self, change: &RowChange) -> Vec<String> {
        let table = self.tables.version_sql(self.dialect);
        let column = self.dialect.quote_identifier("version_num");
        let literal = |id: &str| self.dialect.literal(&Value::from(id));
        let deletes = change
            .delete
            .iter()
            .map(|id| format!("DELETE FROM {table} WHERE {column} = {}", literal(id)));
        let inserts = change
            .insert
            .iter()
            .map(|id| format!("INSERT INTO {table} ({column}) VALUES ({})", literal(id.as_str())));
        deletes.chain(inserts).collect()
    }
}
