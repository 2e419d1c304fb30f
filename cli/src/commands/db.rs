//! `limbeck db`.

use limbeck_core::driver::Administer;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::engine::EngineError;
use limbeck_core::engine::Event;
use limbeck_core::engine::Observer;
use limbeck_core::graph::Direction;
use serde::Serialize;

use crate::args::LockArgs;
use crate::change::BackupArgs;
use crate::change::Change;
use crate::context::Context;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::exit::Exit;
use crate::output::Answer;
use crate::output::Layout;

/// Make the database that the configuration names
#[derive(Debug, clap::Args)]
pub(crate) struct DbArgs {
    #[command(subcommand)]
    task: DbTask,
}

#[derive(Debug, clap::Subcommand)]
enum DbTask {
    Init(InitArgs),
}

/// Create the database where it is missing, and upgrade it to all heads
#[derive(Debug, clap::Args)]
struct InitArgs {
    /// Leave it empty
    #[arg(long)]
    empty: bool,

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

pub(crate) async fn run(args: &DbArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    match &args.task {
        DbTask::Init(args) => init(args, context).await,
    }
}

async fn init(args: &InitArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let migrator = context.migrator(args.lock, |_| {})?;
    let Some(url) = migrator.url() else {
        return Err(CommandError::new(ErrorKind::Url, "no database is configured"));
    };
    // Who may not make databases can use one that is there.
    let is_there = migrator.driver().connect(url, &ConnectOptions::read_only()).await;
    if is_there.is_err() {
        let created = migrator.driver().administer(url, Administer::Create).await;
        created.map_err(EngineError::Connect)?;
        let message = format!("the database {url} was created");
        context.progress().event(&Event::Notice { message: &message });
    }
    if args.empty {
        let database = url.to_string();
        context.output.answer(&Made { database })?;
        return Ok(Exit::Success);
    }
    let change = Change {
        direction: Direction::Upgrade,
        target: "heads",
        lock: args.lock,
        backup: BackupArgs::default(),
    };
    change.run(|_| {}, context).await
}
