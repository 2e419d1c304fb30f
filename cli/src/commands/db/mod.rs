//! `limbeck db`.

mod create;
mod down;
mod drop;
mod init;
mod logs;
mod prepare;
mod ps;
mod reset;
mod shell;
mod test;
mod up;
mod url;

use crate::context::Context;
use crate::error::CommandError;
use crate::exit::Exit;

/// Make the project's database, and run its server for development
///
/// The server is a service of a compose file, as `limbeck init --compose` writes one. A database that is a file needs no
/// server.
#[derive(Debug, clap::Args)]
pub(crate) struct DbArgs {
    #[command(subcommand)]
    task: DbTask,
}

#[derive(Debug, clap::Subcommand)]
enum DbTask {
    Init(init::InitArgs),
    Create(create::CreateArgs),
    Drop(drop::DropArgs),
    Reset(reset::ResetArgs),
    Up(up::UpArgs),
    Down(down::DownArgs),
    Ps(ps::PsArgs),
    Logs(logs::LogsArgs),
    Url(url::UrlArgs),
    Shell(shell::ShellArgs),
    Test(test::TestArgs),
}

impl DbArgs {
    /// Whether it makes sense for several databases, one after the other.
    pub(crate) fn is_for_several(&self) -> bool {
        matches!(self.task, DbTask::Init(_))
    }
}

pub(crate) async fn run(args: &DbArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    match &args.task {
        DbTask::Init(args) => init::run(args, context).await,
        DbTask::Create(args) => create::run(args, context).await,
        DbTask::Drop(args) => drop::run(args, context).await,
        DbTask::Reset(args) => reset::run(args, context).await,
        DbTask::Up(args) => up::run(args, context).await,
        DbTask::Down(_) => down::run(context),
        DbTask::Ps(_) => ps::run(context).await,
        DbTask::Logs(args) => logs::run(args, context),
        DbTask::Url(args) => url::run(args, context),
        DbTask::Shell(args) => shell::run(args, context),
        DbTask::Test(args) => test::run(args, context).await,
    }
}
