//! `limbeck db init`.

use serde::Serialize;

use super::prepare;
use crate::args::LockArgs;
use crate::change::BackupArgs;
use crate::context::Context;
use crate::error::CommandError;
use crate::exit::Exit;
use crate::output::Answer;
use crate::output::Layout;

/// Create the database where it is missing, and upgrade it to all heads
#[derive(Debug, clap::Args)]
pub(super) struct InitArgs {
    /// Leave it empty
    #[arg(long, conflicts_with = "seed")]
    empty: bool,

    #[command(flatten)]
    seeds: prepare::SeedFlag,

    #[command(flatten)]
    lock: LockArgs,
}

/// What `db init --empty` answers.
#[derive(Debug, Serialize)]
struct Made {
    database: String,
}

impl Answer for Made {
    fn text(&self, _layout: Layout) -> String {
        format!("the database {} is there\n", self.database)
    }
}

pub(super) async fn run(args: &InitArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let migrator = context.migrator(args.lock, |_| {})?;
    prepare::create_missing(&migrator, context).await?;
    if args.empty {
        let database = migrator.url().map(ToString::to_string).unwrap_or_default();
        context.output.answer(&Made { database })?;
        return Ok(Exit::Success);
    }
    let answer = prepare::upgrade(args.lock, args.seeds, BackupArgs::default(), context).await?;
    context.output.answer(&answer)?;
    Ok(answer.exit())
}
