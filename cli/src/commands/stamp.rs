//! `limbeck stamp`.

use std::time::Instant;

use limbeck_core::engine::Purge;

use crate::answers::RunAnswer;
use crate::args::LockArgs;
use crate::context::Context;
use crate::error::CommandError;
use crate::exit::Exit;
use crate::metrics;
use crate::offline;
use crate::offline::SqlArgs;

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

    #[command(flatten)]
    sql: SqlArgs,
}

impl StampArgs {
    /// Whether SQL is written, and no database is asked.
    pub(crate) fn writes_sql(&self) -> bool {
        self.sql.sql
    }
}

pub(crate) async fn run(args: &StampArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let purge = if args.purge {
        Purge::Everything
    } else {
        Purge::Keep
    };
    let targets: Vec<&str> = args.targets.iter().map(String::as_str).collect();
    if args.sql.sql {
        return write(args, purge, &targets, context);
    }
    let migrator = context.migrator(args.lock, |_| {})?;
    let started = Instant::now();
    let mut progress = context.progress();
    let result = migrator.stamp(&targets, purge, &mut progress).await;
    progress.finish();
    let written = metrics::write(context, &migrator, started, result.is_ok()).await;
    let mut report = result?;
    metrics::tell(written, &mut report, context);
    let answer = RunAnswer::stamped(report);
    context.output.answer(&answer)?;
    Ok(answer.exit())
}

/// Only a single target can be a range: of several, each would say what is applied.
fn write(
    args: &StampArgs,
    purge: Purge,
    targets: &[&str],
    context: &mut Context<'_>,
) -> Result<Exit, CommandError> {
    let (from, targets) = match targets {
        [only] => {
            let way = args.sql.way(only, "heads")?;
            (way.from, vec![way.to])
        }
        several => (args.sql.from(), several.to_vec()),
    };
    let offline = context.offline(&args.sql, |_| {})?;
    offline::write(context, &offline.stamp(&from, &targets, purge)?)
}
