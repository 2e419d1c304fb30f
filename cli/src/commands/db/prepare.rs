//! From a server to a database that an application can use.

use limbeck_core::driver::Administer;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::engine::EngineError;
use limbeck_core::engine::Event;
use limbeck_core::engine::Migrator;
use limbeck_core::engine::Observer;
use limbeck_core::graph::Direction;

use crate::answers::RunAnswer;
use crate::args::LockArgs;
use crate::change::BackupArgs;
use crate::change::Change;
use crate::commands::seed;
use crate::context::Context;
use crate::error::CommandError;
use crate::error::ErrorKind;

/// Creates the database where it is missing.
pub(super) async fn create_missing(migrator: &Migrator, context: &Context<'_>) -> Result<(), CommandError> {
    let Some(url) = migrator.url() else {
        return Err(CommandError::new(ErrorKind::Url, "no database is configured"));
    };
    // Who may not make databases can use one that is there.
    let is_there = migrator.driver().connect(url, &ConnectOptions::read_only()).await;
    if is_there.is_err() {
        let created = migrator.driver().administer(url, Administer::Create).await;
        created.map_err(EngineError::Connect)?;
        let message = format!("the database {url} was created");
        context.progress().event(&Event::Notice { message: &message });
    }
    Ok(())
}

/// Whether the rows of the seeds are written behind the revisions.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(super) struct SeedFlag {
    /// Write the rows of the seeds too, as `limbeck seed` does
    #[arg(long)]
    pub(super) seed: bool,
}

/// Applies all revisions to the project's database.
pub(super) async fn upgrade(
    lock: LockArgs,
    seeds: SeedFlag,
    backup: BackupArgs,
    context: &mut Context<'_>,
) -> Result<RunAnswer, CommandError> {
    let change = Change {
        direction: Direction::Upgrade,
        target: "heads",
        lock,
        backup,
    };
    let answer = change.carry_out(|_| {}, context).await?;
    Ok(match seeds.seed {
        true => answer.with_seeds(seed::write_due(lock, context).await?),
        false => answer,
    })
}

/// Applies all revisions to a database for tests, of which no hook hears.
pub(super) async fn fill(migrator: &Migrator, context: &Context<'_>) -> Result<RunAnswer, CommandError> {
    let mut progress = context.progress();
    let result = migrator.upgrade("heads", &mut progress).await;
    progress.finish();
    Ok(RunAnswer::new(result?))
}
