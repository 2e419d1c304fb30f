//! A driver, a URL and scripts, joined.

use std::collections::HashMap;
use std::sync::Arc;

use super::DataLoss;
use super::EngineError;
use super::Fingerprint;
use super::Hook;
use super::Migration;
use super::MigratorOptions;
use super::Stop;
use super::compile::Compiler;
use super::lock::Acquiring;
use super::lock::Request;
use super::watcher::Watcher;
use crate::dialect::Dialect;
use crate::dialect::Version;
use crate::driver;
use crate::driver::ConnectOptions;
use crate::driver::DatabaseUrl;
use crate::driver::Driver;
use crate::driver::DriverError;
use crate::driver::DriverErrorKind;
use crate::driver::LockName;
use crate::driver::Session;
use crate::graph::RevisionGraph;
use crate::graph::RevisionId;
use crate::graph::Rows;
use crate::history::Existing;
use crate::history::HistoryState;
use crate::history::HistoryTables;
use crate::history::JournalEntry;
use crate::history::entries_sql;
use crate::history::entry_of;
use crate::history::rows_sql;
use crate::history::seeds_sql;
use crate::history::state_of;
use crate::history::state_sql;
use crate::history::version_of;
use crate::operation::Operation;
use crate::script::Script;
use crate::script::ScriptSet;

/// Runs the revisions of a [`ScriptSet`] on one database.
pub struct Migrator {
    driver: Arc<dyn Driver>,
    /// None for a migrator that only writes.
    url: Option<DatabaseUrl>,
    scripts: Arc<ScriptSet>,
    code: HashMap<String, Arc<dyn Migration>>,
    hooks: Vec<Arc<dyn Hook>>,
    options: MigratorOptions,
    stop: Stop,
}

impl Migrator {
    /// A migrator with default options and without Rust code.
    pub fn new(driver: Arc<dyn Driver>, url: DatabaseUrl, scripts: Arc<ScriptSet>) -> Self {
        Self {
            url: Some(url),
            ..Self::offline(driver, scripts)
        }
    }

    /// A migrator that knows no database: what asks for one fails.
    pub(crate) fn offline(driver: Arc<dyn Driver>, scripts: Arc<ScriptSet>) -> Self {
        Self {
            driver,
            url: None,
            scripts,
            code: HashMap::new(),
            hooks: Vec::new(),
            options: MigratorOptions::default(),
            stop: Stop::new(),
        }
    }

    /// The same with these options.
    pub fn with_options(mut self, options: MigratorOptions) -> Self {
        self.options = options;
        self
    }

    /// The same with the code of a revision written in Rust.
    pub fn with_migration(mut self, migration: Arc<dyn Migration>) -> Self {
        self.code.insert(migration.revision().to_owned(), migration);
        self
    }

    /// The same with a hook. Hooks are told in the order in which they were given, and only in runs that change a
    /// database.
    pub fn with_hook(mut self, hook: Arc<dyn Hook>) -> Self {
        self.hooks.push(hook);
        self
    }

    /// The same with a handle that stops its runs.
    pub fn with_stop(mut self, stop: Stop) -> Self {
        self.stop = stop;
        self
    }

    /// The same for another database of the same driver.
    pub fn for_url(mut self, url: DatabaseUrl) -> Self {
        self.url = Some(url);
        self
    }

    /// The driver.
    pub fn driver(&self) -> &dyn Driver {
        &*self.driver
    }

    /// The URL of the database; none for a migrator that only writes SQL.
    pub fn url(&self) -> Option<&DatabaseUrl> {
        self.url.as_ref()
    }

    /// The scripts.
    pub fn scripts(&self) -> &ScriptSet {
        &self.scripts
    }

    pub(crate) fn shared_scripts(&self) -> Arc<ScriptSet> {
        Arc::clone(&self.scripts)
    }

    /// The options.
    pub fn options(&self) -> &MigratorOptions {
        &self.options
    }

    pub(crate) fn hooks(&self) -> &[Arc<dyn Hook>] {
        &self.hooks
    }

    pub(crate) fn stop(&self) -> &Stop {
        &self.stop
    }

    pub(crate) fn graph(&self) -> &RevisionGraph {
        self.scripts.graph()
    }

    pub(crate) fn script(&self, revision: &RevisionId) -> Result<&Script, EngineError> {
        self.scripts
            .script(revision)
            .map(|script| &**script)
            .ok_or_else(|| EngineError::NoScript {
                revision: revision.clone(),
            })
    }

    pub(crate) fn code(&self, revision: &RevisionId) -> Option<Arc<dyn Migration>> {
        self.code.get(revision.as_str()).cloned()
    }

    pub(crate) async fn connect(&self, options: &ConnectOptions) -> Result<Session, EngineError> {
        let connection = match &self.url {
            Some(url) => self.driver.connect(url, options).await,
            None => Err(DriverError::unsupported("a session without a URL")),
        };
        Ok(Session::new(connection.map_err(EngineError::Connect)?))
    }

    pub(crate) fn driver_and_url(&self) -> Result<(Arc<dyn Driver>, DatabaseUrl), EngineError> {
        let url = self.url.clone();
        let url =
            url.ok_or_else(|| EngineError::Connect(DriverError::unsupported("a session without a URL")))?;
        Ok((Arc::clone(&self.driver), url))
    }

    /// The same for another database and other scripts, without hooks: those are about this one.
    pub(crate) fn on(&self, driver: Arc<dyn Driver>, url: DatabaseUrl, scripts: Arc<ScriptSet>) -> Self {
        Self {
            driver,
            url: Some(url),
            scripts,
            code: self.code.clone(),
            hooks: Vec::new(),
            options: self.options.clone(),
            stop: self.stop.clone(),
        }
    }

    /// The same without a database.
    pub(crate) fn without_database(&self) -> Self {
        Self {
            url: None,
            driver: Arc::clone(&self.driver),
            scripts: Arc::clone(&self.scripts),
            code: self.code.clone(),
            hooks: Vec::new(),
            options: self.options.clone(),
            stop: self.stop.clone(),
        }
    }

    /// What the upgrade of a script does, as far as it is not native: as a server of this dialect is told.
    pub(crate) fn upgrade_operations(
        &self,
        script: &Script,
        dialect: &'static dyn Dialect,
        server: Version,
    ) -> Result<Vec<Operation>, EngineError> {
        Compiler::offline(self, dialect, server).upgrade_operations(script)
    }

    pub(crate) fn record_nothing(&mut self) {
        self.options.fingerprint = Fingerprint::Skip;
    }

    pub(crate) fn allow_data_loss(&mut self) {
        self.options.data_loss = DataLoss::Allow;
    }

    /// How a session that changes the database is opened.
    pub(crate) fn writing(&self) -> ConnectOptions {
        ConnectOptions::read_write().with_timeouts(self.options.timeouts)
    }

    /// What looks, from another session, who keeps this one waiting.
    pub(crate) fn watcher(&self) -> Option<Watcher> {
        let url = self.url.clone()?;
        Some(Watcher::new(Arc::clone(&self.driver), url))
    }

    pub(crate) fn lock_name(&self, session: &Session) -> LockName {
        LockName::new(&session.server().schema, self.options.tables.version.as_str())
    }

    /// How a new run asks for the lock.
    pub(crate) fn acquiring(&self, session: &Session) -> Acquiring<'_> {
        let request = Request {
            name: self.lock_name(session),
            tables: self.tables(session),
            timeout: self.options.lock_timeout,
            lease: self.options.lease,
            run: format!("{:032x}", fastrand::u128(..)),
            driver: &self.driver,
            url: self.url.as_ref(),
            stop: &self.stop,
        };
        Acquiring::new(request, session)
    }

    /// The history tables, where a script cannot hide them.
    pub(crate) fn tables(&self, session: &Session) -> HistoryTables {
        self.options.tables.pinned(&session.server().schema)
    }

    /// Reads the history in one query; more only where a table is missing.
    pub(crate) async fn read_state(&self, session: &mut Session) -> Result<HistoryState, EngineError> {
        let dialect = session.server().dialect;
        let tables = &self.tables(session);
        match session.read(&state_sql(dialect, tables)).await {
            Ok(rows) => return Ok(state_of(rows)?),
            Err(error) if error.kind == DriverErrorKind::UndefinedTable => {}
            Err(error) => return Err(reading(error)),
        }
        let versions = if_table_exists(session.read(&rows_sql(dialect, tables)).await)?;
        let journal = self.query_journal(session).await?;
        let existing = Existing {
            version: versions.is_some(),
            journal: journal.is_some(),
        };
        let rows = versions.iter().flat_map(|rows| &rows.rows);
        let mut entries = journal.unwrap_or_default();
        entries.reverse();
        Ok(HistoryState::new(
            existing,
            rows.map(|row| version_of(row, 0)).collect::<Result<_, _>>()?,
            entries,
            HashMap::new(),
        ))
    }

    /// Refuses a database whose version table is gone while the journal tells of applied revisions.
    pub(crate) fn check_version_table(state: &HistoryState) -> Result<(), EngineError> {
        let rows = state.recorded_rows();
        if state.tables.version || rows.is_empty() {
            return Ok(());
        }
        Err(EngineError::VersionTableLost { rows })
    }

    /// The rows as the graph wants them.
    pub(crate) fn rows(state: &HistoryState) -> Rows {
        Rows(state.rows.clone())
    }

    /// The journal rows of this history, newest first.
    pub(crate) async fn read_journal(&self, session: &mut Session) -> Result<Vec<JournalEntry>, EngineError> {
        Ok(self.query_journal(session).await?.unwrap_or_default())
    }

    async fn query_journal(&self, session: &mut Session) -> Result<Option<Vec<JournalEntry>>, EngineError> {
        let sql = entries_sql(session.server().dialect, &self.tables(session));
        self.query_entries(session, &sql).await
    }

    /// For each seed that has run, its newest journal row.
    pub(crate) async fn read_seeds(&self, session: &mut Session) -> Result<Vec<JournalEntry>, EngineError> {
        let sql = seeds_sql(session.server().dialect, &self.tables(session));
        Ok(self.query_entries(session, &sql).await?.unwrap_or_default())
    }

    async fn query_entries(
        &self,
        session: &mut Session,
        sql: &str,
    ) -> Result<Option<Vec<JournalEntry>>, EngineError> {
        let Some(rows) = if_table_exists(session.read(sql).await)? else {
            return Ok(None);
        };
        let entries = rows.rows.iter().map(|row| entry_of(row, 0));
        Ok(Some(entries.collect::<Result<_, _>>()?))
    }
}

/// The rows of a history table; none when it does not exist.
pub(super) fn if_table_exists(
    answer: Result<driver::Rows, DriverError>,
) -> Result<Option<driver::Rows>, EngineError> {
    match answer {
        Ok(rows) => Ok(Some(rows)),
        Err(error) if error.kind == DriverErrorKind::UndefinedTable => Ok(None),
        Err(error) => Err(reading(error)),
    }
}

fn reading(error: DriverError) -> EngineError {
    EngineError::Database {
        doing: "reading the history",
        error,
    }
}
