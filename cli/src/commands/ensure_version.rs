//! `limbeck ensure-version`.

use serde::Serialize;

use crate::args::LockArgs;
use crate::context::Context;
use crate::error::CommandError;
use crate::exit::Exit;
use crate::output::Answer;
use crate::output::Layout;

/// Create Limbeck's tables where they are missing
#[derive(Debug, clap::Args)]
pub(crate) struct EnsureVersionArgs {
    #[command(flatten)]
    lock: LockArgs,
}

#[derive(Serialize)]
struct EnsureVersionAnswer {
    version_table: String,
}

impl Answer for EnsureVersionAnswer {
    fn text(&self, _layout: Layout) -> String {
        format!("the version table {} is there\n", self.version_table)
    }
}

pub(crate) async fn run(args: &EnsureVersionArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let migrator = context.migrator(args.lock, |_| {})?;
    let mut progress = context.progress();
    let result = migrator.ensure_version(&mut progress).await;
    progress.finish();
    result?;
    let version_table = migrator.options().tables.version.to_string();
    context.output.answer(&EnsureVersionAnswer { version_table })?;
    Ok(Exit::Success)
}
