//! What a command works with: the configuration, the scripts, a migrator, the output.

mod driver;
mod migrator;
mod offline;

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
use limbeck_core::driver::UrlVariables;
use limbeck_core::engine::EngineError;
use limbeck_core::engine::Hook;
use limbeck_core::engine::Stop;
use limbeck_core::models::Models;
use limbeck_core::operation::Operation;
use limbeck_core::schema::DriverWords;
use limbeck_core::schema::Schema;
use limbeck_core::script::LoadErrors;
use limbeck_core::script::ScriptSet;
use limbeck_core::script::ScriptSource;
use limbeck_core::seed::SeedFolder;
use limbeck_core::seed::SeedSet;
use limbeck_core::sql::SourceFile;

pub(crate) use self::driver::DriverDialect;
use crate::args::GlobalArgs;
use crate::compose::Cli;
use crate::error;
use crate::error::CommandError;
use crate::output::Output;
use crate::progress::Progress;
use crate::signals;
use crate::with_file::WithFile;

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

    /// All scripts of the source and one more file.
    pub(crate) fn scripts_with(&self, new: Arc<SourceFile>) -> Result<ScriptSet, CommandError> {
        let source = WithFile {
            source: self.source()?,
            new,
        };
        Ok(ScriptSet::load_knowing(&source, self.cli.driver_words())?)
    }
}
