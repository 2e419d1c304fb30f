//! `limbeck db create`.

use crate::commands::revision;
use crate::commands::revision::RevisionArgs;
use crate::context::Context;
use crate::error::CommandError;
use crate::exit::Exit;

/// Write a revision with what leads from the revisions to the models
///
/// The same as `limbeck revision --autogenerate -m MESSAGE`.
#[derive(Debug, clap::Args)]
pub(super) struct CreateArgs {
    /// What it does, in a few words
    #[arg(value_name = "MESSAGE")]
    message: String,

    /// The id, instead of a random one
    #[arg(long, value_name = "ID")]
    rev_id: Option<String>,
}

pub(super) async fn run(args: &CreateArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let args = RevisionArgs::autogenerate(args.message.clone(), args.rev_id.clone());
    revision::run(&args, context).await
}
