//! `limbeck downgrade`.

use limbeck_core::engine::DataLoss;
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

/// Take revisions back down to a target, which stays
#[derive(Debug, clap::Args)]
pub(crate) struct DowngradeArgs {
    /// A revision, -1, base, label@base …
    #[arg(value_name = "TARGET", allow_negative_numbers = true)]
    target: String,

    /// Agree to data that is gone afterwards: tables and columns that come back empty, and what loses_data names
    #[arg(long)]
    allow_data_loss: bool,

    #[command(flatten)]
    transaction: TransactionArgs,

    #[command(flatten)]
    backup: BackupArgs,

    #[command(flatten)]
    lock: LockArgs,

    #[command(flatten)]
    sql: SqlArgs,
}

impl DowngradeArgs {
    /// Whether SQL is written, and no database is asked.
    pub(crate) fn writes_sql(&self) -> bool {
        self.sql.sql
    }
}

pub(crate) async fn run(args: &DowngradeArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let set = |options: &mut MigratorOptions| {
        args.transaction.set(options);
        if args.allow_data_loss {
            options.data_loss = DataLoss::Allow;
        }
    };
    if args.sql.sql {
        let way = args.sql.way_down(&args.target)?;
        let offline = context.offline(&args.sql, set)?;
        return offline::write(context, &offline.downgrade(&way.from, way.to)?);
    }
    let change = Change {
        direction: Direction::Downgrade,
        target: &args.target,
        lock: args.lock,
        backup: args.backup,
    };
    change.run(set, context).await
}
