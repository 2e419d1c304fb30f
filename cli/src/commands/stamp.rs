//! `limbeck stamp`.

use limbeck_core::engine::Purge;

use crate::answers::RunAnswer;
use crate::args::LockArgs;
use crate::context::Context;
use crate::error::CommandError;
use crate::exit::Exit;

/// Record revisions as applied without running anything
#[derive(Debug, clap::Args)]
pub(crate) struct StampArgs {
    /// Revisions, labels, heads or base
    #[arg(required = true, value_name = "REVISION")]
    targets: Vec<String>,

    /// Forget all other rows of the version table first, also unknown ones
    #[arg(long)]
    purge: bool,

    #[command(flatten)]
    lock: LockArgs,
}

pub(crate) async fn run(args: &StampArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let migrator = context.migrator(args.lock, |_| {})?;
    let purge = if args.purge {
        Purge::Everything
    } else {
        Purge::Keep
    };
    let targets: Vec<&str> = args.targets.iter().map(String::as_str).collect();
    let mut progress = context.progress();
    let result = migrator.stamp(&targets, purge, &mut progress).await;
    progress.finish();
    context.output.answer(&RunAnswer::stamped(result?))?;
    Ok(Exit::Success)
}
