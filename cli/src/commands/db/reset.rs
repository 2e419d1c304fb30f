//! `limbeck db reset`.

use std::time::Duration;

use limbeck_core::driver::Administer;
use limbeck_core::engine::EngineError;

use super::prepare;
use crate::args::LockArgs;
use crate::args::parse_duration;
use crate::change::BackupArgs;
use crate::context::Context;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::exit::Exit;
use crate::local;
use crate::local::Place;
use crate::local::Server;

/// Make the database anew: everything in it is lost, and all revisions are applied
///
/// For a file, and for a server in a container on this machine, whose volume is deleted when the compose file gave it the
/// label that allows it. Asks first. Refused in production, and unless the environment is set.
#[derive(Debug, clap::Args)]
pub(super) struct ResetArgs {
    /// Do not ask
    #[arg(short, long)]
    yes: bool,

    /// How long to wait until the server answers: 30s, 10m, 1h
    #[arg(long, value_name = "TIME", value_parser = parse_duration, default_value = "2m")]
    timeout: Duration,

    #[command(flatten)]
    seeds: prepare::SeedFlag,

    #[command(flatten)]
    lock: LockArgs,
}

pub(super) async fn run(args: &ResetArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let url = context.database()?.url.value;
    let driver = context.driver(&url)?;
    local::require_development(context, "db reset")?;
    // What is wrong with the files is said while the data are still there.
    let migrator = context.migrator(args.lock, |_| {})?;
    if args.seeds.seed {
        context.seeds()?;
    }
    match Place::of(&*driver, &url)? {
        Place::Memory => {
            let message = format!("{url} is new with every command: there is nothing to reset");
            return Err(CommandError::new(ErrorKind::Unsupported, message));
        }
        Place::File(file) => {
            let question = format!("delete {} and make it anew?", file.display());
            local::consent(context, &question, args.yes)?;
            let dropped = driver.administer(&url, Administer::Drop).await;
            dropped.map_err(EngineError::Connect)?;
        }
        Place::Server(address) => {
            local::require_loopback(
                &address,
                "`limbeck db reset` deletes the data of a server on this machine",
            )?;
            begin_anew(args, context).await?;
        }
    }
    prepare::create_missing(&migrator, context).await?;
    let answer = prepare::upgrade(args.lock, args.seeds, BackupArgs::none(), context).await?;
    context.output.answer(&answer)?;
    Ok(answer.exit())
}

/// Deletes the volumes of the server, and starts it without them.
async fn begin_anew(args: &ResetArgs, context: &Context<'_>) -> Result<(), CommandError> {
    let Some(server) = Server::of(context)? else {
        return Ok(());
    };
    let volumes = server.disposable_volumes()?;
    let question = format!("delete the volume {} with all data in it?", volumes.join(", "));
    local::consent(context, &question, args.yes)?;
    server.delete(&volumes)?;
    server.up(context, args.timeout).await
}
