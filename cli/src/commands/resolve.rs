//! `limbeck resolve`.

use limbeck_core::engine::Resolution;
use limbeck_core::engine::Resolved;
use serde::Serialize;

use crate::args::LockArgs;
use crate::context::Context;
use crate::error::CommandError;
use crate::exit::Exit;
use crate::output::Answer;
use crate::output::Layout;

/// Say what became of a statement that was running when the process died
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("outcome").required(true))]
pub(crate) struct ResolveArgs {
    /// The revision in doubt, as `limbeck status` shows it
    #[arg(value_name = "REVISION")]
    revision: String,

    /// The statement has taken effect
    #[arg(long, group = "outcome")]
    done: bool,

    /// The statement has not taken effect
    #[arg(long, group = "outcome")]
    not_run: bool,

    #[command(flatten)]
    lock: LockArgs,
}

#[derive(Serialize)]
struct ResolveAnswer {
    resolved: Resolved,
    outcome: &'static str,
}

impl Answer for ResolveAnswer {
    fn text(&self, _layout: Layout) -> String {
        let outcome = self.outcome;
        match &self.resolved {
            Resolved::Statement(doubt) => format!(
                "statement {} of {} in the {} of {} is recorded as {outcome}\n",
                doubt.statement, doubt.statements, doubt.direction, doubt.revision
            ),
            Resolved::Step(progress) => {
                format!(
                    "the {} of {} is recorded as {outcome}\n",
                    progress.direction, progress.revision
                )
            }
        }
    }
}

pub(crate) async fn run(args: &ResolveArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let (resolution, outcome) = match args.done {
        true => (Resolution::Done, "done"),
        false => (Resolution::NotRun, "not run"),
    };
    let migrator = context.migrator(args.lock, |_| {})?;
    let mut progress = context.progress();
    let result = migrator.resolve(&args.revision, resolution, &mut progress).await;
    progress.finish();
    context.output.answer(&ResolveAnswer {
        resolved: result?,
        outcome,
    })?;
    Ok(Exit::Success)
}
