//! `limbeck check`.

use super::diff;
use crate::context::Context;
use crate::differences::RenameArgs;
use crate::error::CommandError;
use crate::exit::Exit;
use crate::schema_source::ScratchArgs;

/// Show what the models have that the revisions have not made, or the other way round
///
/// What `limbeck revision --autogenerate` would write. Exits with 1 when there is something.
#[derive(Debug, clap::Args)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    renames: RenameArgs,

    #[command(flatten)]
    scratch: ScratchArgs,
}

pub(crate) async fn run(args: &CheckArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    diff::show("heads", "models", &args.renames, &args.scratch, context).await
}
