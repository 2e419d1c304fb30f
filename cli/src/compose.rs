//! The command, composed of drivers, scripts and revisions written in Rust.

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use limbeck_core::config::Environment;
use limbeck_core::driver::Driver;
use limbeck_core::engine::Hook;
use limbeck_core::engine::Migration;
use limbeck_core::models::Models;
use limbeck_core::schema::DriverWords;
use limbeck_core::script::ScriptSource;
use limbeck_core::seed::Seed;
use limbeck_core::seed::SeedFolder;

use crate::exit::Exit;
use crate::output::Streams;
use crate::rewrite::Rewrite;
use crate::run;

/// The `limbeck` command.
///
/// A project with a database of its own, or with revisions written in Rust, builds its own binary of it:
///
/// ```no_run
/// use std::process::ExitCode;
///
/// use limbeck_cli::Cli;
///
/// fn main() -> ExitCode {
///     Cli::new().run()
/// }
/// ```
pub struct Cli {
    pub(crate) drivers: Vec<Arc<dyn Driver>>,
    pub(crate) scripts: Option<Arc<dyn ScriptSource>>,
    pub(crate) migrations: Vec<Arc<dyn Migration>>,
    pub(crate) seeds: Seeds,
    pub(crate) hooks: Vec<Arc<dyn Hook>>,
    pub(crate) rewriters: Vec<Arc<dyn Rewrite>>,
    pub(crate) models: Option<Models>,
    pub(crate) defaults: Defaults,
    pub(crate) local: Option<LocalService>,
    pub(crate) rebuild: Option<Rebuild>,
}

/// Runs the same call in a build that has the driver of this cargo feature.
pub(crate) type Rebuild = Box<dyn Fn(&str) -> Exit>;

/// The server for development of a program that has no `limbeck.toml`.
#[derive(Clone, Debug)]
pub struct LocalService {
    pub(crate) compose: PathBuf,
    pub(crate) service: String,
    pub(crate) test: Option<String>,
}

impl LocalService {
    /// The service of a compose file.
    pub fn new(compose: impl Into<PathBuf>, service: impl Into<String>) -> Self {
        Self {
            compose: compose.into(),
            service: service.into(),
            test: None,
        }
    }

    /// The same with the command for the shell that runs the integration tests.
    pub fn test(mut self, command: impl Into<String>) -> Self {
        self.test = Some(command.into());
        self
    }
}

/// The seeds that a program brings itself.
#[derive(Default)]
pub(crate) struct Seeds {
    pub(crate) folder: Option<SeedFolder>,
    pub(crate) code: Vec<Arc<dyn Seed>>,
}

/// The words of databases that have no driver in every program. `mssql` is among them because it is nearly `mysql`.
const FAMILIES: [&str; 5] = ["mariadb", "mssql", "mysql", "postgres", "sqlite"];

/// What holds where neither configuration nor command line say something.
#[derive(Clone, Debug, Default)]
pub(crate) struct Defaults {
    pub(crate) url: Option<String>,
    pub(crate) command: Vec<OsString>,
    pub(crate) called: Option<String>,
}

impl Cli {
    /// The command with the drivers of this build's features.
    pub fn new() -> Self {
        let cli = Self::bare();
        #[cfg(feature = "mysql")]
        let cli = cli.driver(limbeck_mysql::MySql);
        #[cfg(feature = "postgres")]
        let cli = cli.driver(limbeck_postgres::Postgres);
        #[cfg(feature = "sqlite")]
        let cli = cli.driver(limbeck_sqlite::Sqlite);
        cli
    }

    /// The command without any driver.
    pub fn bare() -> Self {
        Self {
            drivers: Vec::new(),
            scripts: None,
            migrations: Vec::new(),
            seeds: Seeds::default(),
            hooks: Vec::new(),
            rewriters: Vec::new(),
            models: None,
            defaults: Defaults::default(),
            local: None,
            rebuild: None,
        }
    }

    /// The same with a driver. Of two drivers for one scheme the later one is taken.
    pub fn driver(mut self, driver: impl Driver) -> Self {
        self.drivers.push(Arc::new(driver));
        self
    }

    /// The same with these scripts instead of the folders that the configuration names. Then the configuration may be
    /// missing.
    pub fn scripts(mut self, source: impl ScriptSource + 'static) -> Self {
        self.scripts = Some(Arc::new(source));
        self
    }

    /// The same with the code of a revision that is written in Rust.
    pub fn migration(mut self, migration: impl Migration + 'static) -> Self {
        self.migrations.push(Arc::new(migration));
        self
    }

    /// The same with the code of several revisions.
    pub fn migrations(mut self, migrations: impl IntoIterator<Item = Arc<dyn Migration>>) -> Self {
        self.migrations.extend(migrations);
        self
    }

    /// The same with these files of seeds instead of the folder that the configuration names.
    pub fn seeds(mut self, folder: SeedFolder) -> Self {
        self.seeds.folder = Some(folder);
        self
    }

    /// The same with a seed that is written in Rust.
    pub fn seed(mut self, seed: impl Seed + 'static) -> Self {
        self.seeds.code.push(Arc::new(seed));
        self
    }

    /// The same with a hook, which `upgrade`, `downgrade` and `db init` call before the commands of the configuration.
    pub fn hook(mut self, hook: impl Hook + 'static) -> Self {
        self.hooks.push(Arc::new(hook));
        self
    }

    /// The same with something that changes the operations of a comparison before they are shown or written.
    pub fn rewrite(mut self, rewrite: impl Rewrite + 'static) -> Self {
        self.rewriters.push(Arc::new(rewrite));
        self
    }

    /// The same with these models instead of those that the configuration names.
    pub fn models(mut self, models: Models) -> Self {
        self.models = Some(models);
        self
    }

    /// The same with a database for when flags, environment and configuration name none.
    pub fn default_url(mut self, url: impl Into<String>) -> Self {
        self.defaults.url = Some(url.into());
        self
    }

    /// The same with a command for when none is given.
    pub fn default_command(mut self, words: impl IntoIterator<Item = impl Into<OsString>>) -> Self {
        self.defaults.command = words.into_iter().map(Into::into).collect();
        self
    }

    /// The same with a server for development instead of the one that the configuration names.
    pub fn local_service(mut self, service: LocalService) -> Self {
        self.local = Some(service);
        self
    }

    /// The same with something that runs the call in another build, where this one has no driver for the URL and a cargo
    /// feature of this crate has: it is given the feature's name.
    pub fn rebuild_with(mut self, run: impl Fn(&str) -> Exit + 'static) -> Self {
        self.rebuild = Some(Box::new(run));
        self
    }

    /// The same with the words by which people call it, for help and hints, such as `cargo xtask migrate`.
    pub fn call_it(mut self, words: impl Into<String>) -> Self {
        self.defaults.called = Some(words.into());
        self
    }

    /// The words that sections and column types may use for drivers and dialects without being doubted.
    pub(crate) fn driver_words(&self) -> DriverWords {
        let dialects = |driver: &Arc<dyn Driver>| driver.dialects().iter().map(|dialect| dialect.name());
        let own = self
            .drivers
            .iter()
            .flat_map(|driver| std::iter::once(driver.name()).chain(dialects(driver)));
        DriverWords::new(FAMILIES.into_iter().chain(own))
    }

    pub(crate) fn called(&self) -> &str {
        self.defaults.called.as_deref().unwrap_or("limbeck")
    }

    /// Runs the command that the process was started with.
    pub fn run(self) -> ExitCode {
        self.run_with(Invocation::of_process()).into()
    }

    /// Runs a command. Nothing but the invocation says what the process around it is like.
    pub fn run_with(self, invocation: Invocation) -> Exit {
        run::run(&self, invocation)
    }
}

impl Default for Cli {
    fn default() -> Self {
        Self::new()
    }
}

/// A call of the command: arguments, environment, folder and streams.
pub struct Invocation {
    pub(crate) arguments: Vec<OsString>,
    pub(crate) environment: Environment,
    pub(crate) directory: PathBuf,
    pub(crate) streams: Streams,
}

impl Invocation {
    /// The call that started this process.
    pub fn of_process() -> Self {
        Self {
            arguments: std::env::args_os().skip(1).collect(),
            environment: Environment::from_process(),
            directory: PathBuf::new(),
            streams: Streams::of_process(),
        }
    }

    /// The same with other arguments; the program's name is not among them.
    pub fn arguments(mut self, arguments: impl IntoIterator<Item = impl Into<OsString>>) -> Self {
        self.arguments = arguments.into_iter().map(Into::into).collect();
        self
    }

    /// The same with another environment.
    pub fn environment(mut self, environment: Environment) -> Self {
        self.environment = environment;
        self
    }

    /// The same from a folder, in which configuration and scripts are looked for.
    pub fn directory(mut self, directory: impl Into<PathBuf>) -> Self {
        self.directory = directory.into();
        self
    }

    /// The same with other streams, which get no colours.
    pub fn streams(mut self, out: impl Write + Send + 'static, err: impl Write + Send + 'static) -> Self {
        self.streams = Streams::plain(Box::new(out), Box::new(err));
        self
    }
}
