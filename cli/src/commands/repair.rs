//! `limbeck repair`.

use limbeck_core::engine::ChangedScript;
use limbeck_core::graph::RevisionId;
use limbeck_core::graph::Rows;
use serde::Serialize;

use crate::answers::revisions;
use crate::args::LockArgs;
use crate::context::Context;
use crate::error::CommandError;
use crate::exit::Exit;
use crate::output::Answer;
use crate::output::Layout;
use crate::output::Paint;
use crate::output::paint;

/// Accept that files of applied revisions were edited
#[derive(Debug, clap::Args)]
pub(crate) struct RepairArgs {
    /// Only these [default: all that were edited]
    #[arg(value_name = "REVISION")]
    revisions: Vec<String>,

    #[command(flatten)]
    lock: LockArgs,
}

#[derive(Serialize)]
struct RepairAnswer {
    repaired: Vec<Repaired>,
}

#[derive(Serialize)]
struct Repaired {
    revision: String,
    file: String,
    recorded: String,
    present: String,
}

impl From<ChangedScript> for Repaired {
    fn from(script: ChangedScript) -> Self {
        Self {
            revision: script.revision.to_string(),
            file: script.file,
            recorded: script.recorded,
            present: script.present,
        }
    }
}

impl Answer for RepairAnswer {
    fn text(&self, _layout: Layout) -> String {
        let lines = self
            .repaired
            .iter()
            .map(|script| format!("{} {}\n", paint(Paint::Revision, &script.revision), script.file));
        let lines: String = lines.collect();
        format!("{lines}{} accepted as edited\n", revisions(self.repaired.len()))
    }
}

pub(crate) async fn run(args: &RepairArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let migrator = context.migrator(args.lock, |_| {})?;
    let mut wanted: Vec<RevisionId> = Vec::new();
    for expression in &args.revisions {
        wanted.extend(migrator.scripts().graph().resolve(expression, &Rows::default())?);
    }
    let mut progress = context.progress();
    let result = migrator.repair(&wanted, &mut progress).await;
    progress.finish();
    let repaired = result?.into_iter().map(Repaired::from).collect();
    context.output.answer(&RepairAnswer { repaired })?;
    Ok(Exit::Success)
}
