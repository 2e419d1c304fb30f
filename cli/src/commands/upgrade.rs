//! `limbeck upgrade`.

use limbeck_core::engine::DriftCheck;
use limbeck_core::engine::MigratorOptions;
use limbeck_core::graph::Direction;

use crate::args::LockArgs;
use crate::args::TransactionArgs;
use crate::change::BackupArgs;
use crate::change::Change;
use crate::context::Context;
use crate::error::CommandError;
use crate::exit::Exit;
use crate::offline;
use crate::offline::SqlArgs;

/// Apply revisions up to a target
///
/// Several processes may do this at once: one applies, the others wait for it and find nothing left to do.
#[derive(Debug, clap::Args)]
pub(crate) struct UpgradeArgs {
    /// A revision, a label, heads, +1, label@head …
    #[arg(default_value = "heads", value_name = "TARGET", allow_negative_numbers = true)]
    target: String,

    /// Stop with exit code 5 when somebody else has changed the database since the last run
    #[arg(long, conflicts_with = "sql")]
    check_drift: bool,

    #[command(flatten)]
    transaction: TransactionArgs,

    #[command(flatten)]
    backup: BackupArgs,

    #[command(flatten)]
    lock: LockArgs,

    #[command(flatten)]
    sql: SqlArgs,
}

impl UpgradeArgs {
    /// Whether SQL is written, and no database is asked.
    pub(crate) fn writes_sql(&self) -> bool {
        self.sql.sql
    }
}

pub(crate) async fn run(args: &UpgradeArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    if args.sql.sql {
        let way = args.sql.way(&args.target, "heads")?;
        let offline = context.offline(&args.sql, |options| args.transaction.set(options))?;
        return offline::write(context, &offline.upgrade(&way.from, way.to)?);
    }
    let change = Change {
        direction: Direction::Upgrade,
        target: &args.target,
        lock: args.lock,
        backup: args.backup,
    };
    let set = |options: &mut MigratorOptions| {
        args.transaction.set(options);
        if args.check_drift {
            options.drift = DriftCheck::Stop;
        }
    };
    change.run(set, context).await
}
