//! What a command works with: the configuration, the scripts, a migrator, the output.

use std::cell::Cell;
use std::cell::OnceCell;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

use limbeck_core::config::Config;
use limbeck_core::config::DatabaseChoice;
use limbeck_core::config::DatabaseSettings;
use limbeck_core::config::Environment;
use limbeck_core::config::LocalSettings;
use limbeck_core::config::Project;
use limbeck_core::dialect::Dialect;
use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::Driver;
use limbeck_core::driver::LocalServer;
use limbeck_core::driver::UrlVariables;
use limbeck_core::engine::EngineError;
use limbeck_core::engine::Fingerprint;
use limbeck_core::engine::Hook;
use limbeck_core::engine::Migrator;
use limbeck_core::engine::MigratorOptions;
use limbeck_core::engine::Offline;
use limbeck_core::engine::Stop;
use limbeck_core::graph::RevisionGraph;
use limbeck_core::graph::RevisionId;
use limbeck_core::graph::Rows;
use limbeck_core::history::HistoryTables;
use limbeck_core::models::Models;
use limbeck_core::operation::Operation;
use limbeck_core::schema::DriverWords;
use limbeck_core::schema::Schema;
use limbeck_core::script::DirectorySource;
use limbeck_core::script::LoadErrors;
use limbeck_core::script::ScriptSet;
use limbeck_core::script::ScriptSource;
use limbeck_core::seed::SeedFolder;
use limbeck_core::seed::SeedSet;
use limbeck_core::sql::SourceFile;

use crate::args::GlobalArgs;
use crate::args::LockArgs;
use crate::compose::Cli;
use crate::error;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::offline::SqlArgs;
use crate::output::Format;
use crate::output::Output;
use crate::progress::Progress;
use crate::signals;
use crate::with_file::WithFile;

/// A driver and one of the dialects that it writes.
pub(crate) type DriverDialect = (Arc<dyn Driver>, &'static dyn Dialect);

/// What a command works with.
pub(crate) struct Context<'a> {
    cli: &'a Cli,
    pub(crate) globals: GlobalArgs,
    pub(crate) environment: Environment,
    directory: PathBuf,
    pub(crate) output: Output,
    stop: Stop,
    listens: Cell<bool>,
    config: OnceCell<Config>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(
        cli: &'a Cli,
        globals: GlobalArgs,
        environment: Environment,
        directory: PathBuf,
        output: Output,
    ) -> Self {
        Self {
            cli,
            globals,
            environment,
            directory,
            output,
            stop: Stop::new(),
            listens: Cell::new(false),
            config: OnceCell::new(),
        }
    }

    /// The words by which people call the command.
    pub(crate) fn called(&self) -> &'a str {
        self.cli.called()
    }

    /// A path that was written relative to the folder of the call.
    pub(crate) fn path(&self, path: &Path) -> PathBuf {
        self.directory.join(path)
    }

    /// Goes to the folder of a project that has just been made.
    pub(crate) fn enter(&mut self, folder: &Path) {
        self.directory = folder.to_owned();
        self.config = OnceCell::new();
    }

    /// The configuration, read when it is first asked for.
    pub(crate) fn config(&self) -> Result<&Config, CommandError> {
        if let Some(config) = self.config.get() {
            return Ok(config);
        }
        let project = Project::of(&self.directory)
            .file(self.globals.config.clone())
            .embedded(self.cli.scripts.is_some());
        let config = Config::load(&project, &self.environment)?;
        Ok(self.config.get_or_init(|| config))
    }

    /// Where scripts come from.
    pub(crate) fn source(&self) -> Result<Arc<dyn ScriptSource>, CommandError> {
        match &self.cli.scripts {
            Some(scripts) => Ok(Arc::clone(scripts)),
            None => Ok(Arc::new(self.config()?.scripts())),
        }
    }

    /// The seeds that the present environment runs.
    pub(crate) fn seeds(&self) -> Result<SeedSet, CommandError> {
        let folder = self.seed_folder()?;
        let set = SeedSet::load(&folder, &self.cli.seeds.code, self.config()?.mode());
        set.map_err(|error| EngineError::from(error).into())
    }

    /// Where the files of seeds are.
    pub(crate) fn seed_folder(&self) -> Result<SeedFolder, CommandError> {
        match &self.cli.seeds.folder {
            Some(folder) => Ok(folder.clone()),
            None => Ok(self.config()?.seeds()),
        }
    }

    /// Goes on as if the variable that names the environment had this value.
    pub(crate) fn enter_environment(&mut self, name: &str) -> Result<(), CommandError> {
        let variable = self.config()?.environment_variable().to_owned();
        self.environment = std::mem::take(&mut self.environment).with(variable, name);
        self.config = OnceCell::new();
        Ok(())
    }

    /// The models that the program brings itself.
    pub(crate) fn own_models(&self) -> Option<&'a Models> {
        self.cli.models.as_ref()
    }

    /// The hooks that the program brings itself.
    pub(crate) fn own_hooks(&self) -> &'a [Arc<dyn Hook>] {
        &self.cli.hooks
    }

    /// The database's name in the configuration, else that of the project.
    pub(crate) fn database_name(&self) -> Result<String, CommandError> {
        let named = self.database()?.name;
        named.map_or_else(|| self.config().map(Config::name), Ok)
    }

    /// The database that flags, environment and configuration name.
    pub(crate) fn database(&self) -> Result<DatabaseSettings, CommandError> {
        Ok(self.config()?.database(&self.choice(), &self.url_variables())?)
    }

    pub(crate) fn choice(&self) -> DatabaseChoice<'_> {
        DatabaseChoice::new(
            self.globals.url.as_deref(),
            self.globals.database.as_deref(),
            self.cli.defaults.url.as_deref(),
        )
    }

    pub(crate) fn url_variables(&self) -> Vec<UrlVariables> {
        let drivers = self.cli.drivers.iter();
        drivers
            .flat_map(|driver| driver.url_variables())
            .copied()
            .collect()
    }

    /// The server for development, and the tests.
    pub(crate) fn local(&self) -> Result<LocalSettings, CommandError> {
        let mut local = self.config()?.local();
        if let Some(own) = &self.cli.local {
            local.compose = Some(own.compose.clone());
            local.service.clone_from(&own.service);
            local.test = local.test.or_else(|| own.test.clone());
        }
        Ok(local)
    }

    /// The servers that can run in a container, of all drivers.
    pub(crate) fn local_servers(&self) -> Vec<&'static LocalServer> {
        let drivers = self.cli.drivers.iter();
        drivers.flat_map(|driver| driver.local_servers()).collect()
    }

    /// What connects to the database, whatever is wrong with the scripts.
    pub(crate) fn without_scripts(&self) -> Result<Migrator, CommandError> {
        let database = self.database()?;
        let driver = self.driver(&database.url.value)?;
        let nothing = ScriptSet::load(&DirectorySource::new(Vec::<PathBuf>::new()))?;
        let migrator = Migrator::new(driver, database.url.value, Arc::new(nothing));
        Ok(migrator.with_stop(self.stop.clone()))
    }

    /// The cargo feature of this crate that has the driver for the database of the configuration, where this build has
    /// not.
    pub(crate) fn missing_feature(&self) -> Option<&'static str> {
        let url = self.database().ok()?.url.value;
        self.driver(&url).err()?;
        feature_of(url.scheme())
    }

    /// The database for people: its URL, and the file where it is one.
    pub(crate) fn database_in_words(&self) -> Result<String, CommandError> {
        let url = self.database()?.url.value;
        Ok(match self.driver(&url)?.database_file(&url) {
            Some(file) => format!("{url} ({})", file.display()),
            None => url.to_string(),
        })
    }

    /// The words of sections that this build knows.
    pub(crate) fn driver_words(&self) -> DriverWords {
        self.cli.driver_words()
    }

    /// All scripts, or everything that is wrong with them.
    pub(crate) fn load(&self) -> Result<Result<ScriptSet, LoadErrors>, CommandError> {
        Ok(ScriptSet::load_knowing(&*self.source()?, self.cli.driver_words()))
    }

    /// All scripts.
    pub(crate) fn scripts(&self) -> Result<ScriptSet, CommandError> {
        Ok(self.load()??)
    }

    /// A migrator for a command that only reads.
    pub(crate) fn reader(&self) -> Result<Migrator, CommandError> {
        self.build(|_| {})
    }

    /// A migrator for a command that changes something. From now on signals stop it in an orderly way.
    pub(crate) fn migrator(
        &self,
        lock: LockArgs,
        change: impl FnOnce(&mut MigratorOptions),
    ) -> Result<Migrator, CommandError> {
        let migrator = self.build(|options| {
            options.lock_timeout = lock.lock_timeout.unwrap_or(options.lock_timeout);
            change(options);
        })?;
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

    /// Has the program change what a comparison has found; whether it did.
    pub(crate) fn rewrite(&self, operations: &mut Vec<Operation>, before: &Schema) -> bool {
        if self.cli.rewriters.is_empty() {
            return false;
        }
        let found = operations.clone();
        for rewriter in &self.cli.rewriters {
            rewriter.rewrite(operations, before);
        }
        found != *operations
    }

    /// From now on a signal is a request to stop, which whoever works looks at.
    pub(crate) fn listen(&self) -> Result<&Stop, CommandError> {
        if !self.listens.replace(true) {
            let listening = signals::listen(&self.stop);
            listening.map_err(|error| error::io("signals cannot be listened to", &error))?;
        }
        Ok(&self.stop)
    }

    /// The error of a signal that has come.
    pub(crate) fn stopped(&self) -> Option<CommandError> {
        let signal = self.stop.requested()?;
        let error = EngineError::Stopped {
            signal,
            kept: None,
            applied: Vec::new(),
        };
        Some(error.into())
    }

    /// Progress for people on standard error.
    pub(crate) fn progress(&self) -> Progress {
        Progress::new(self.output.notes(), self.output.verbosity())
    }

    /// The rows of the version table where a revision expression needs them: `current`, and steps from there.
    pub(crate) async fn rows_for(&self, expression: &str) -> Result<Rows, CommandError> {
        let point = expression.rsplit('@').next().unwrap_or_default();
        match point.starts_with(['+', '-']) || point.contains("current") {
            true => self.rows().await,
            false => Ok(Rows::default()),
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

    /// The rows for the answer to a program, which is told what is applied where that can be known, and gets an answer
    /// also where it cannot.
    pub(crate) async fn rows_for_programs(&self) -> Option<Rows> {
        match self.output.format() {
            Format::Json => self.rows().await.ok(),
            Format::Human => None,
        }
    }

    /// The rows of the version table.
    pub(crate) async fn rows(&self) -> Result<Rows, CommandError> {
        Ok(self.reader()?.current().await?.into_iter().collect())
    }

    fn build(&self, change: impl FnOnce(&mut MigratorOptions)) -> Result<Migrator, CommandError> {
        let database = self.database()?;
        let driver = self.driver(&database.url.value)?;
        let mut options = options(&database)?;
        options.naming = self.config()?.naming().clone();
        options.ignored = self.config()?.ignored()?;
        options.fingerprint = Fingerprint::Record;
        change(&mut options);
        let scripts = Arc::new(self.scripts()?);
        let migrator = Migrator::new(driver, database.url.value, scripts)
            .with_options(options)
            .with_stop(self.stop.clone());
        let code = self.cli.migrations.iter().cloned();
        Ok(code.fold(migrator, Migrator::with_migration))
    }

    /// What writes SQL instead of running it.
    pub(crate) fn offline(
        &self,
        args: &SqlArgs,
        change: impl FnOnce(&mut MigratorOptions),
    ) -> Result<Offline, CommandError> {
        let (driver, dialect) = args.dialect(self)?;
        let server = args.server(dialect)?;
        let config = self.config()?;
        let table = config.version_table(&self.choice(), &self.url_variables())?;
        let mut options = MigratorOptions::default();
        options.tables = tables(&table.value)?;
        options.naming = config.naming().clone();
        change(&mut options);
        let offline = Offline::new(driver, dialect, Arc::new(self.scripts()?))
            .with_server(server)
            .with_options(options);
        let code = self.cli.migrations.iter().cloned();
        Ok(code.fold(offline, Offline::with_migration))
    }

    /// What works for the database of the configuration without asking it.
    pub(crate) fn offline_here(&self, scripts: &Arc<ScriptSet>) -> Result<Offline, CommandError> {
        if let Ok((driver, dialect)) = self.driver_and_dialect() {
            return self.without_database(&driver, dialect, scripts);
        }
        // Files of portable SQL mean the same for all of them.
        let first = self.all_offline(scripts)?.into_iter().next();
        first.ok_or_else(|| CommandError::new(ErrorKind::NoDriver, "this build has no driver at all"))
    }

    /// A migrator that only reads another database than the one of the configuration.
    pub(crate) fn reader_of(&self, url: DatabaseUrl) -> Result<Migrator, CommandError> {
        let driver = self.driver(&url)?;
        let migrator = Migrator::new(driver, url, Arc::new(self.scripts()?));
        Ok(migrator.with_options(self.reader()?.options().clone()))
    }

    /// All scripts of the source and one more file.
    pub(crate) fn scripts_with(&self, new: Arc<SourceFile>) -> Result<ScriptSet, CommandError> {
        let source = WithFile {
            source: self.source()?,
            new,
        };
        Ok(ScriptSet::load_knowing(&source, self.cli.driver_words())?)
    }

    /// What works for every database that this build knows, with none at hand.
    pub(crate) fn all_offline(&self, scripts: &Arc<ScriptSet>) -> Result<Vec<Offline>, CommandError> {
        let drivers = self.cli.drivers.iter();
        let dialects =
            drivers.flat_map(|driver| driver.dialects().iter().map(move |dialect| (driver, *dialect)));
        dialects
            .map(|(driver, dialect)| self.without_database(driver, dialect, scripts))
            .collect()
    }

    /// What works for the dialects that the configuration names, with none of their databases at hand.
    pub(crate) fn named_offline(&self, scripts: &Arc<ScriptSet>) -> Result<Vec<Offline>, CommandError> {
        let names = self.config()?.dialects().iter();
        names
            .map(|name| {
                let (driver, dialect) = self
                    .dialect(name)
                    .map_err(|error| error.with_hint("`dialects` in limbeck.toml names it"))?;
                self.without_database(&driver, dialect, scripts)
            })
            .collect()
    }

    /// The dialects that a project is for: those that the configuration names and those of its database's driver; where
    /// it says nothing about either, all that this build knows.
    pub(crate) fn project_dialects(&self) -> Result<Vec<DriverDialect>, CommandError> {
        let all = |driver: &Arc<dyn Driver>| {
            let driver = Arc::clone(driver);
            let dialects = driver.dialects().iter();
            dialects.map(move |dialect| (Arc::clone(&driver), *dialect))
        };
        let names = self.config()?.dialects().iter();
        let mut dialects = names
            .map(|name| self.dialect(name))
            .collect::<Result<Vec<_>, _>>()?;
        if let Ok((driver, _)) = self.driver_and_dialect() {
            dialects.extend(all(&driver));
        }
        if dialects.is_empty() {
            dialects.extend(self.cli.drivers.iter().flat_map(all));
        }
        Ok(dialects)
    }

    fn without_database(
        &self,
        driver: &Arc<dyn Driver>,
        dialect: &'static dyn Dialect,
        scripts: &Arc<ScriptSet>,
    ) -> Result<Offline, CommandError> {
        let mut options = MigratorOptions::default();
        options.naming = self.config()?.naming().clone();
        let offline = Offline::new(Arc::clone(driver), dialect, Arc::clone(scripts)).with_options(options);
        let code = self.cli.migrations.iter().cloned();
        Ok(code.fold(offline, Offline::with_migration))
    }

    /// The dialect of this name, and its driver.
    pub(crate) fn dialect(
        &self,
        name: &str,
    ) -> Result<(Arc<dyn Driver>, &'static dyn Dialect), CommandError> {
        let all = || {
            let drivers = self.cli.drivers.iter().rev();
            drivers.flat_map(|driver| driver.dialects().iter().map(move |dialect| (driver, *dialect)))
        };
        if let Some((driver, dialect)) = all().find(|(_, dialect)| dialect.name() == name) {
            return Ok((Arc::clone(driver), dialect));
        }
        let known: Vec<&str> = all().map(|(_, dialect)| dialect.name()).collect();
        let error = CommandError::new(
            ErrorKind::Usage,
            format!("no driver of this build writes the dialect `{name}`"),
        );
        Err(match known.is_empty() {
            true => error.with_hint("this build has no driver at all"),
            false => error.with_hint(format!("this build writes {}", known.join(", "))),
        })
    }

    /// The driver of the URL, and the dialect that it assumes before a server has answered.
    pub(crate) fn driver_and_dialect(&self) -> Result<(Arc<dyn Driver>, &'static dyn Dialect), CommandError> {
        let url = self.database()?.url.value;
        let driver = self.driver(&url)?;
        let dialects = driver.dialects();
        let of_scheme = dialects.iter().find(|dialect| dialect.name() == url.scheme());
        match of_scheme.or(dialects.first()) {
            Some(dialect) => Ok((Arc::clone(&driver), *dialect)),
            None => Err(CommandError::new(
                ErrorKind::Unsupported,
                format!("the driver {} has no dialect", driver.name()),
            )),
        }
    }

    /// The driver of this build that knows the URL's scheme.
    pub(crate) fn driver(&self, url: &DatabaseUrl) -> Result<Arc<dyn Driver>, CommandError> {
        let knows = |driver: &&Arc<dyn Driver>| driver.schemes().contains(&url.scheme());
        match self.cli.drivers.iter().rev().find(knows) {
            Some(driver) => Ok(Arc::clone(driver)),
            None => Err(no_driver(url, &self.cli.drivers)),
        }
    }
}

fn tables(version_table: &str) -> Result<HistoryTables, CommandError> {
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
    options.ahead = database.ahead.value;
    Ok(options)
}

/// Schemes that a driver crate of Limbeck knows, by cargo feature of this crate.
const FEATURES: [(&str, &[&str]); 3] = [
    ("sqlite", &["sqlite"]),
    ("postgres", &["postgres", "postgresql"]),
    ("mysql", &["mysql", "mariadb"]),
];

fn feature_of(scheme: &str) -> Option<&'static str> {
    let found = FEATURES.iter().find(|(_, schemes)| schemes.contains(&scheme));
    found.map(|(feature, _)| *feature)
}

fn no_driver(url: &DatabaseUrl, drivers: &[Arc<dyn Driver>]) -> CommandError {
    let scheme = url.scheme();
    let message = format!("no driver of this build knows the scheme `{scheme}` of {url}");
    let error = CommandError::new(ErrorKind::NoDriver, message);
    let error = match feature_of(scheme) {
        Some(feature) => error.with_hint(format!("build limbeck-cli with the feature `{feature}`")),
        None => error,
    };
    let known: Vec<String> = drivers
        .iter()
        .flat_map(|driver| driver.schemes())
        .map(|scheme| format!("{scheme}:"))
        .collect();
    match known.is_empty() {
        true => error.with_hint("this build has no driver at all"),
        false => error.with_hint(format!("this build knows {}", known.join(", "))),
    }
}
