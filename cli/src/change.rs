//! A run that changes the database, and what goes with it: a backup, hooks and metrics.

use std::sync::Arc;
use std::time::Instant;

use limbeck_core::engine::EngineError;
use limbeck_core::engine::Hook;
use limbeck_core::engine::HookFailure;
use limbeck_core::engine::Migrator;
use limbeck_core::engine::MigratorOptions;
use limbeck_core::graph::Direction;

use crate::answers::RunAnswer;
use crate::args::LockArgs;
use crate::backup::Backup;
use crate::backup::Made;
use crate::context::Context;
use crate::error::CommandError;
use crate::exit::Exit;
use crate::hooks::CommandHook;
use crate::metrics;
use crate::settled;
use crate::settled::Recalled;

/// Whether a backup is made first.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
pub(crate) struct BackupArgs {
    /// Make a backup first, under the lock and before the first statement; if that fails, nothing is done
    #[arg(long, conflicts_with = "sql")]
    backup: bool,

    /// Make no backup, also where the configuration says so
    #[arg(long, conflicts_with_all = ["backup", "sql"])]
    no_backup: bool,
}

impl BackupArgs {
    /// No backup, whatever the configuration says: of a database that has just been made.
    pub(crate) const fn none() -> Self {
        Self {
            backup: false,
            no_backup: true,
        }
    }
}

/// An upgrade or a downgrade.
pub(crate) struct Change<'t> {
    pub(crate) direction: Direction,
    pub(crate) target: &'t str,
    pub(crate) lock: LockArgs,
    pub(crate) backup: BackupArgs,
}

impl Change<'_> {
    /// Does it, and gives the answer.
    pub(crate) async fn run(
        self,
        options: impl FnOnce(&mut MigratorOptions),
        context: &mut Context<'_>,
    ) -> Result<Exit, CommandError> {
        let answer = self.carry_out(options, context).await?;
        context.output.answer(&answer)?;
        Ok(answer.exit())
    }

    /// Does it.
    pub(crate) async fn carry_out(
        self,
        options: impl FnOnce(&mut MigratorOptions),
        context: &mut Context<'_>,
    ) -> Result<RunAnswer, CommandError> {
        let backup = Made::default();
        let options = context.run_options(self.lock, options)?;
        let seen = match self.recall(&options, context).await? {
            Recalled::NothingToDo(rows) => return Ok(RunAnswer::nothing_to_do(rows)),
            Recalled::Unknown(seen) => seen,
        };
        let migrator = context.migrator_with(options)?;
        let watched = seen.and_then(|seen| seen.watch(migrator.scripts()));
        let migrator = self.with_hooks(migrator, &backup, context)?;
        let started = Instant::now();
        let mut progress = context.progress();
        let result = match self.direction {
            Direction::Upgrade => migrator.upgrade(self.target, &mut progress).await,
            Direction::Downgrade => migrator.downgrade(self.target, &mut progress).await,
        };
        progress.finish();
        if let Some(file) = backup.file() {
            let notes = context.output.notes();
            notes.line(&format!("the backup is {}", file.display()));
        }
        let written = metrics::write(context, &migrator, started, result.is_ok()).await;
        match result {
            Ok(mut report) => {
                metrics::tell(written, &mut report, context);
                if let Some(watched) = watched {
                    watched.record(&report);
                }
                Ok(RunAnswer::new(report).with_backup(backup.file()))
            }
            Err(error) => {
                let mut failures = progress.hook_failures;
                failures.extend(written.err());
                Err(told(error, &failures, &backup))
            }
        }
    }

    /// What an earlier run tells of this one.
    async fn recall(
        &self,
        options: &MigratorOptions,
        context: &Context<'_>,
    ) -> Result<Recalled, CommandError> {
        match (self.direction, self.target) {
            (Direction::Upgrade, "heads") => settled::recall(context, options).await,
            _ => Ok(Recalled::Unknown(None)),
        }
    }

    /// The hooks of the program, then those of the configuration, and last the backup: what may refuse the run does so before
    /// the database is copied.
    fn with_hooks(
        &self,
        migrator: Migrator,
        made: &Made,
        context: &Context<'_>,
    ) -> Result<Migrator, CommandError> {
        let config = context.config()?;
        let database = context.database_name()?;
        let own = context.own_hooks().iter().cloned();
        let migrator = own.fold(migrator, Migrator::with_hook);
        let commands = CommandHook::all(config.hooks()?, config.root(), &database);
        let migrator = commands
            .into_iter()
            .map(|hook| Arc::new(hook) as Arc<dyn Hook>)
            .fold(migrator, Migrator::with_hook);
        let settings = config.backup()?;
        if self.backup.no_backup || !(self.backup.backup || settings.always) {
            return Ok(migrator);
        }
        let driver = context.driver(&context.database()?.url.value)?;
        let backup = Backup::new(driver, settings, config.root().to_owned(), database, made.clone());
        Ok(migrator.with_hook(Arc::new(backup)))
    }
}

/// The run's own error, with what went wrong beside it.
fn told(error: EngineError, failures: &[HookFailure], backup: &Made) -> CommandError {
    let mut error = CommandError::from(error);
    for failure in failures {
        error = error.with_hint(format!("and {failure}"));
    }
    match backup.file() {
        Some(file) => error.with_hint(format!("the backup from before this run is {}", file.display())),
        None => error,
    }
}
