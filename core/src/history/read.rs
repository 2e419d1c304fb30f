//! The statements that read a history, and their rows.

use std::collections::HashMap;

use super::Existing;
use super::HistoryError;
use super::HistoryState;
use super::HistoryTables;
use super::JournalDirection;
use super::JournalEntry;
use super::JournalEvent;
use super::sql::FORMAT;
use crate::dialect::Dialect;
use crate::dialect::Value;
use crate::driver::Row;
use crate::driver::Rows;

/// The columns of the journal that are read, in the order of [`entry_of`].
const COLUMNS: [&str; 19] = [
    "seq",
    "run",
    "revision",
    "direction",
    "event",
    "statement_from",
    "statement_to",
    "statements",
    "sql_hash",
    "checksum",
    "rows_after",
    "session",
    "who",
    "host",
    "recorded_at",
    "milliseconds",
    "tool",
    "format",
    "error",
];

/// One query for all that a run must know: the last two events, the rows, and the newest checksum of each revision.
pub fn state_sql(dialect: &dyn Dialect, tables: &HistoryTables) -> String {
    let journal = tables.journal_sql(dialect);
    let version = tables.version_sql(dialect);
    let quote = |name: &str| column(dialect, &journal, name);
    let history = dialect.literal(&Value::from(tables.version.as_str()));
    let list = COLUMNS.map(quote).join(", ");
    let blanks = |given: [(&str, String); 2]| {
        COLUMNS
            .map(|column| {
                given
                    .iter()
                    .find(|(name, _)| *name == column)
                    .map_or_else(|| "NULL".to_owned(), |(_, sql)| sql.clone())
            })
            .join(", ")
    };
    let newest = |name: &str| column(dialect, &dialect.quote_identifier("newest"), name);
    // The branch with typed columns comes first: a UNION takes the types of its NULLs from there. The newest checksums are
    // counted off in one pass: a planner without statistics may take a sub-query for each row, the square of the time.
    format!(
        "SELECT 'event', {list} FROM {journal} WHERE {h} = {history} \
         AND {seq} >= (SELECT max({seq}) FROM {journal} WHERE {h} = {history}) - 1 \
         UNION ALL SELECT 'row', {rows} FROM {version} \
         UNION ALL SELECT 'sum', {sums} FROM (SELECT {revision}, {checksum}, row_number() OVER \
         (PARTITION BY {revision} ORDER BY {seq} DESC) AS {place} FROM {journal} WHERE {h} = {history} \
         AND {checksum} IS NOT NULL AND {event} = 'done' AND {direction} IN ('upgrade', 'repair')) AS {alias} \
         WHERE {newest_place} = 1",
        h = quote("history"),
        seq = quote("seq"),
        checksum = quote("checksum"),
        event = quote("event"),
        direction = quote("direction"),
        revision = quote("revision"),
        rows = blanks([
            ("revision", column(dialect, &version, "version_num")),
            ("run", "NULL".to_owned())
        ]),
        sums = blanks([("revision", newest("revision")), ("checksum", newest("checksum"))]),
        place = dialect.quote_identifier("place"),
        alias = dialect.quote_identifier("newest"),
        newest_place = newest("place"),
    )
}

/// The rows of the version table alone, for a database that has no journal yet.
pub fn rows_sql(dialect: &dyn Dialect, tables: &HistoryTables) -> String {
    let table = tables.version_sql(dialect);
    let column = column(dialect, &table, "version_num");
    format!("SELECT {column} FROM {table} ORDER BY {column}")
}

/// The journal rows of this history, newest first, without the fingerprints.
pub fn entries_sql(dialect: &dyn Dialect, tables: &HistoryTables) -> String {
    let journal = tables.journal_sql(dialect);
    let quote = |name: &str| column(dialect, &journal, name);
    let fingerprint = JournalDirection::Fingerprint.as_str();
    format!(
        "SELECT {} FROM {journal} WHERE {} = {} AND {} <> {} ORDER BY {} DESC",
        COLUMNS.map(quote).join(", "),
        quote("history"),
        dialect.literal(&Value::from(tables.version.as_str())),
        quote("direction"),
        dialect.literal(&Value::from(fingerprint)),
        quote("seq"),
    )
}

/// For each seed that has run, its newest journal row.
pub fn seeds_sql(dialect: &dyn Dialect, tables: &HistoryTables) -> String {
    let journal = tables.journal_sql(dialect);
    let quote = |name: &str| column(dialect, &journal, name);
    let literal = |text: &str| dialect.literal(&Value::from(text));
    let is_seed = format!(
        "{} = {} AND {} = {} AND {} = {}",
        quote("history"),
        literal(tables.version.as_str()),
        quote("direction"),
        literal(JournalDirection::Seed.as_str()),
        quote("event"),
        literal(JournalEvent::Done.as_str()),
    );
    format!(
        "SELECT {} FROM {journal} WHERE {is_seed} AND {seq} IN \
         (SELECT max({seq}) FROM {journal} WHERE {is_seed} GROUP BY {}) ORDER BY {seq}",
        COLUMNS.map(quote).join(", "),
        quote("revision"),
        seq = quote("seq"),
    )
}

/// A column with its table, both quoted. A database may read a quoted name that it does not know as a text, but never
/// one with a table in front.
pub(super) fn column(dialect: &dyn Dialect, table: &str, name: &str) -> String {
    format!("{table}.{}", dialect.quote_identifier(name))
}

/// A journal row from a row of [`entries_sql`], `skip` columns in.
pub fn entry_of(row: &Row, skip: usize) -> Result<JournalEntry, HistoryError> {
    if let Some(found) = row.integer(skip + 17).filter(|format| *format > FORMAT) {
        return Err(HistoryError::NewerFormat { found, known: FORMAT });
    }
    let text = |column: usize| row.text(skip + column).map(str::to_owned);
    let number = |column: usize| row.integer(skip + column);
    Ok(JournalEntry {
        seq: number(0).unwrap_or_default(),
        run: text(1).unwrap_or_default(),
        revision: text(2),
        direction: row.text(skip + 3).unwrap_or_default().parse()?,
        event: row.text(skip + 4).unwrap_or_default().parse()?,
        statement_from: number(5),
        statement_to: number(6),
        statements: number(7),
        sql_hash: text(8),
        checksum: text(9),
        rows_after: text(10),
        session: text(11),
        who: text(12),
        host: text(13),
        recorded_at: text(14).unwrap_or_default(),
        milliseconds: number(15),
        tool: text(16).unwrap_or_default(),
        format: number(17).unwrap_or_default(),
        error: text(18),
    })
}

/// A row of the version table.
pub fn version_of(row: &Row, column: usize) -> Result<String, HistoryError> {
    row.text(column).map(str::to_owned).ok_or(HistoryError::NotText)
}

/// The state from the rows of [`state_sql`].
pub fn state_of(rows: Rows) -> Result<HistoryState, HistoryError> {
    let mut versions = Vec::new();
    let mut checksums = HashMap::new();
    let mut events = Vec::new();
    // There is a row for each applied revision, and each goes before the next one is looked at.
    for mut row in rows.rows {
        match row.text(0) {
            Some("row") => versions.push(version_of(&row, 3)?),
            Some("sum") => {
                if let (Some(revision), Some(checksum)) = (row.take_text(3), row.take_text(10)) {
                    checksums.insert(revision, checksum);
                }
            }
            _ => events.push(entry_of(&row, 1)?),
        }
    }
    versions.sort();
    events.sort_by_key(|entry| entry.seq);
    Ok(HistoryState::new(Existing::BOTH, versions, events, checksums))
}
