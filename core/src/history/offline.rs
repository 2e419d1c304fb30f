//! Statements for a file: it can't look at an answer, so each of them fails where the file must not go on.
//!
//! What fails is a copy of rows onto their own keys. It is refused by every engine under every setting, and when there
//! is nothing to copy it does nothing.

use super::HistoryTables;
use super::HistoryWriter;
use super::sql::FORMAT;
use crate::dialect::RenderContext;
use crate::dialect::RenderError;
use crate::dialect::Version;

impl HistoryTables {
    /// What makes the tables where they are missing.
    ///
    /// # Errors
    /// The dialect cannot express them.
    pub(crate) fn create_missing_sql(
        &self,
        writer: &HistoryWriter<'_>,
        server: Version,
    ) -> Result<Vec<String>, RenderError> {
        let operations = [self.create_version_table(), self.create_journal()];
        let rendering = writer.dialect.render(&operations, &RenderContext::new(server))?;
        let statements = rendering.statements.into_iter();
        Ok(statements
            .map(|statement| match statement.sql.strip_prefix("CREATE TABLE ") {
                Some(rest) => format!("CREATE TABLE IF NOT EXISTS {rest}"),
                None => statement.sql,
            })
            .collect())
    }
}

impl HistoryWriter<'_> {
    /// Fails unless the version table is empty.
    pub(crate) fn stop_unless_empty(&self) -> String {
        let table = self.tables.version_sql(self.dialect);
        let column = self.dialect.quote_identifier("version_num");
        format!("INSERT INTO {table} ({column}) SELECT {column} FROM {table}")
    }

    /// Fails when a step of this history has run in part, or nobody knows how far, or a newer release has written it:
    /// only a run that reads the journal can go on from there.
    pub(crate) fn stop_if_unfinished(&self) -> String {
        let quote = |name| self.dialect.quote_identifier(name);
        format!(
            "INSERT INTO {journal} SELECT * FROM {journal} WHERE {history} \
             AND {seq} = (SELECT max({seq}) FROM {journal} WHERE {history}) \
             AND ({event} = 'intended' OR ({event} = 'done' AND ({to} < {of} OR {direction} = 'resolve')) \
             OR ({event} IN ('failed', 'skipped') AND {from} > 1) OR {format} > {FORMAT})",
            journal = self.tables.journal_sql(self.dialect),
            history = self.of_this_history(),
            seq = quote("seq"),
            event = quote("event"),
            direction = quote("direction"),
            from = quote("statement_from"),
            to = quote("statement_to"),
            of = quote("statements"),
            format = quote("format"),
        )
    }

    /// Fails when the query finds rows. It must come after a journal row of this history.
    pub(crate) fn stop_on_rows(&self, query: &str) -> String {
        let quote = |name| self.dialect.quote_identifier(name);
        // The query stands in a derived table, where it can't take a column of the journal for its own.
        format!(
            "INSERT INTO {journal} SELECT {entry}.* FROM {journal} AS {entry} \
             CROSS JOIN (SELECT EXISTS ({query}) AS {found}) AS {stop} \
             WHERE {stop}.{found} AND {entry}.{history}",
            journal = self.tables.journal_sql(self.dialect),
            entry = quote("entry"),
            stop = quote("stop"),
            found = quote("found"),
            history = self.of_this_history(),
        )
    }
}
