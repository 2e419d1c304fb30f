//! Where a history stands.

use serde::Deserialize;
use serde::Serialize;

use super::HistoryState;
use super::HistoryTables;
use super::read::column;
use crate::dialect::Dialect;
use crate::dialect::Value;
use crate::driver::Rows;

/// Where a history stands: the rows of its version table and its newest journal row.
///
/// A run has a random number, and journal rows are only ever added. So whoever finds the same position again finds the same
/// history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Position {
    /// The rows of the version table, sorted.
    pub rows: Vec<String>,
    /// The sequence number of the newest journal row.
    pub seq: i64,
    /// The run that has written it.
    pub run: String,
}

impl HistoryState {
    /// Where the history stands; none without a journal row.
    pub fn position(&self) -> Option<Position> {
        let last = self.last()?;
        Some(Position {
            rows: self.rows.clone(),
            seq: last.seq,
            run: last.run.clone(),
        })
    }
}

/// One query for the position, however long the history is.
pub fn position_sql(dialect: &dyn Dialect, tables: &HistoryTables) -> String {
    let journal = tables.journal_sql(dialect);
    let version = tables.version_sql(dialect);
    let quote = |name: &str| column(dialect, &journal, name);
    let history = dialect.literal(&Value::from(tables.version.as_str()));
    // The branch with typed columns comes first: a UNION takes the types of its NULLs from there.
    format!(
        "SELECT {seq}, {run} FROM {journal} WHERE {h} = {history} \
         AND {seq} = (SELECT max({seq}) FROM {journal} WHERE {h} = {history}) \
         UNION ALL SELECT NULL, {row} FROM {version}",
        seq = quote("seq"),
        run = quote("run"),
        h = quote("history"),
        row = column(dialect, &version, "version_num"),
    )
}

/// The position from the rows of [`position_sql`].
pub fn position_of(rows: &Rows) -> Option<Position> {
    let mut position = Position {
        rows: Vec::new(),
        seq: 0,
        run: String::new(),
    };
    for row in &rows.rows {
        let text = row.text(1)?.to_owned();
        match row.integer(0) {
            Some(seq) => (position.seq, position.run) = (seq, text),
            None => position.rows.push(text),
        }
    }
    position.rows.sort();
    (position.seq > 0).then_some(position)
}
