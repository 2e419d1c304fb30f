//! Migrators for the database of the configuration, and what its version table holds.

use std::path::PathBuf;
use std::sync::Arc;

use limbeck_core::config::DatabaseSettings;
use limbeck_core::driver::DatabaseUrl;
use limbeck_core::engine::Fingerprint;
use limbeck_core::engine::Migrator;
use limbeck_core::engine::MigratorOptions;
use limbeck_core::graph::RevisionGraph;
use limbeck_core::graph::RevisionId;
use limbeck_core::graph::Rows;
use limbeck_core::history::HistoryTables;
use limbeck_core::script::DirectorySource;
use limbeck_core::script::ScriptSet;

use super::Context;
use crate::args::LockArgs;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::output::Format;

impl Context<'_> {
    /// What connects to the database, whatever is wrong with the scripts.
    pub(crate) fn without_scripts(&self) -> Result<Migrator, CommandError> {
        let database = self.database()?;
        let driver = self.driver(&database.url.value)?;
        let nothing = ScriptSet::load(&DirectorySource::new(Vec::<PathBuf>::new()))?;
        let migrator = Migrator::new(driver, database.url.value, Arc::new(nothing));
        Ok(migrator.with_stop(self.stop.clone()))
    }

    /// A migrator for a command that only reads.
    pub(crate) fn reader(&self) -> Result<Migrator, CommandError> {
        self.build(self.options(|_| {})?)
    }

    /// A migrator that only reads another database than the one of the configuration.
    pub(crate) fn reader_of(&self, url: DatabaseUrl) -> Result<Migrator, CommandError> {
        let driver = self.driver(&url)?;
        let migrator = Migrator::new(driver, url, Arc::new(self.scripts()?));
        Ok(migrator.with_options(self.reader()?.options().clone()))
    }

    /// A migrator for a command that changes something. From now on signals stop it in an orderly way.
    pub(crate) fn migrator(
        &self,
        lock: LockArgs,
        change: impl FnOnce(&mut MigratorOptions),
    ) -> Result<Migrator, CommandError> {
        self.migrator_with(self.run_options(lock, change)?)
    }

    /// How a command works that changes something.
    pub(crate) fn run_options(
        &self,
        lock: LockArgs,
        change: impl FnOnce(&mut MigratorOptions),
    ) -> Result<MigratorOptions, CommandError> {
        self.options(|options| {
            options.lock_timeout = lock.lock_timeout.unwrap_or(options.lock_timeout);
            change(options);
        })
    }

    /// A migrator for a command that changes something, with the options of [`run_options`](Self::run_options).
    pub(crate) fn migrator_with(&self, options: MigratorOptions) -> Result<Migrator, CommandError> {
        let migrator = self.build(options)?;
        if migrator
            .url()
            .is_some_and(|url| migrator.driver().is_private(url))
        {
            let notes = self.output.notes();
            notes.line("note: this database is in memory; with the end of this command it is gone");
        }
        self.listen()?;
        Ok(migrator)
    }

    fn options(&self, change: impl FnOnce(&mut MigratorOptions)) -> Result<MigratorOptions, CommandError> {
        let mut options = options(&self.database()?)?;
        options.naming = self.config()?.naming().clone();
        options.ignored = self.config()?.ignored()?;
        options.fingerprint = Fingerprint::Record;
        change(&mut options);
        Ok(options)
    }

    fn build(&self, options: MigratorOptions) -> Result<Migrator, CommandError> {
        let database = self.database()?;
        let driver = self.driver(&database.url.value)?;
        let scripts = Arc::new(self.scripts()?);
        let migrator = Migrator::new(driver, database.url.value, scripts)
            .with_options(options)
            .with_stop(self.stop.clone());
        let code = self.cli.migrations.iter().cloned();
        Ok(code.fold(migrator, Migrator::with_migration))
    }

    /// The rows of the version table.
    pub(crate) async fn rows(&self) -> Result<Rows, CommandError> {
        Ok(self.reader()?.current().await?.into_iter().collect())
    }

    /// The rows of the version table where a revision expression needs them: `current`, and steps from there.
    pub(crate) async fn rows_for(&self, expression: &str) -> Result<Rows, CommandError> {
        let point = expression.rsplit('@').next().unwrap_or_default();
        match point.starts_with(['+', '-']) || point.contains("current") {
            true => self.rows().await,
            false => Ok(Rows::default()),
        }
    }

    /// The rows for the answer to a program, which is told what is applied where that can be known, and gets an answer
    /// also where it cannot.
    pub(crate) async fn rows_for_programs(&self) -> Option<Rows> {
        match self.output.format() {
            Format::Json => self.rows().await.ok(),
            Format::Human => None,
        }
    }

    /// The revisions that an expression means, one at least.
    pub(crate) async fn revisions(
        &self,
        graph: &RevisionGraph,
        expression: &str,
    ) -> Result<Vec<RevisionId>, CommandError> {
        let rows = self.rows_for(expression).await?;
        let revisions = graph.resolve(expression, &rows)?;
        if !revisions.is_empty() {
            return Ok(revisions);
        }
        let error = CommandError::new(ErrorKind::Target, format!("`{expression}` means no revision"));
        Err(error.with_hint(if graph.is_empty() {
            "`limbeck revision` writes the first one"
        } else {
            "`limbeck history` lists all revisions"
        }))
    }
}

pub(super) fn tables(version_table: &str) -> Result<HistoryTables, CommandError> {
    HistoryTables::new(version_table).map_err(|error| {
        CommandError::new(
            ErrorKind::Config,
            format!("the version table cannot have this name: {error}"),
        )
    })
}

fn options(database: &DatabaseSettings) -> Result<MigratorOptions, CommandError> {
    let mut options = MigratorOptions::default();
    options.tables = tables(&database.version_table.value)?;
    options.lock_timeout = database.lock_timeout.value;
    options.timeouts = database.timeouts.limits;
    options.attempts = database.timeouts.attempts;
    options.lease = database.timeouts.lease;
    options.transaction = database.transaction.value;
    options.ahead = database.ahead.value;
    Ok(options)
}
