//! The commands, a file each.

mod branches;
mod check;
mod completions;
mod config;
mod current;
mod db;
mod diff;
mod downgrade;
mod drift;
mod dump;
mod edit;
mod ensure_version;
mod heads;
mod history;
mod init;
mod list_templates;
mod log;
mod man;
mod merge;
mod plan;
mod rebase;
mod repair;
mod resolve;
pub(crate) mod revision;
pub(crate) mod seed;
mod show;
mod stamp;
mod status;
mod test;
mod upgrade;
mod verify;
mod wait;

use crate::context::Context;
use crate::error::CommandError;
use crate::exit::Exit;

/// A command and its arguments.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    Init(init::InitArgs),
    Revision(revision::RevisionArgs),
    Merge(merge::MergeArgs),
    Rebase(rebase::RebaseArgs),
    Edit(edit::EditArgs),
    Upgrade(upgrade::UpgradeArgs),
    Downgrade(downgrade::DowngradeArgs),
    Stamp(stamp::StampArgs),
    Plan(plan::PlanArgs),
    Status(status::StatusArgs),
    Current(current::CurrentArgs),
    History(history::HistoryArgs),
    Heads(heads::HeadsArgs),
    Branches(branches::BranchesArgs),
    Show(show::ShowArgs),
    Log(log::LogArgs),
    Check(check::CheckArgs),
    Diff(diff::DiffArgs),
    Dump(dump::DumpArgs),
    Drift(drift::DriftArgs),
    Verify(verify::VerifyArgs),
    Test(test::TestArgs),
    Repair(repair::RepairArgs),
    Resolve(resolve::ResolveArgs),
    Seed(seed::SeedArgs),
    Wait(wait::WaitArgs),
    Db(db::DbArgs),
    Config(config::ConfigArgs),
    #[command(alias = "ensure_version")]
    EnsureVersion(ensure_version::EnsureVersionArgs),
    #[command(alias = "list_templates")]
    ListTemplates(list_templates::ListTemplatesArgs),
    Completions(completions::CompletionsArgs),
    Man(man::ManArgs),
}

impl Command {
    /// Whether it makes sense for several databases, one after the other.
    pub(crate) fn is_for_several(&self) -> bool {
        match self {
            Self::Upgrade(args) => !args.writes_sql(),
            Self::Downgrade(args) => !args.writes_sql(),
            Self::Stamp(args) => !args.writes_sql(),
            Self::Db(args) => args.is_for_several(),
            Self::Plan(_)
            | Self::Status(_)
            | Self::Current(_)
            | Self::History(_)
            | Self::Log(_)
            | Self::Check(_)
            | Self::Drift(_)
            | Self::Verify(_)
            | Self::Repair(_)
            | Self::Seed(_)
            | Self::Wait(_)
            | Self::EnsureVersion(_) => true,
            _ => false,
        }
    }

    /// Runs the command.
    pub(crate) async fn run(&self, context: &mut Context<'_>) -> Result<Exit, CommandError> {
        match self {
            Self::Init(args) => init::run(args, context).await,
            Self::Revision(args) => revision::run(args, context).await,
            Self::Merge(args) => merge::run(args, context),
            Self::Rebase(args) => rebase::run(args, context).await,
            Self::Edit(args) => edit::run(args, context).await,
            Self::Upgrade(args) => upgrade::run(args, context).await,
            Self::Downgrade(args) => downgrade::run(args, context).await,
            Self::Stamp(args) => stamp::run(args, context).await,
            Self::Plan(args) => plan::run(args, context).await,
            Self::Status(args) => status::run(args, context).await,
            Self::Current(args) => current::run(args, context).await,
            Self::History(args) => history::run(args, context).await,
            Self::Heads(args) => heads::run(args, context),
            Self::Branches(args) => branches::run(args, context),
            Self::Show(args) => show::run(args, context).await,
            Self::Log(args) => log::run(args, context).await,
            Self::Verify(args) => verify::run(args, context).await,
            Self::Test(args) => test::run(args, context).await,
            Self::Repair(args) => repair::run(args, context).await,
            Self::Resolve(args) => resolve::run(args, context).await,
            Self::Seed(args) => seed::run(args, context).await,
            Self::Wait(args) => wait::run(args, context).await,
            Self::Db(args) => db::run(args, context).await,
            Self::Config(args) => config::run(args, context),
            Self::EnsureVersion(args) => ensure_version::run(args, context).await,
            Self::ListTemplates(args) => list_templates::run(args, context),
            Self::Completions(args) => completions::run(args, context),
            Self::Man(args) => man::run(args, context),
            Self::Check(args) => check::run(args, context).await,
            Self::Diff(args) => diff::run(args, context).await,
            Self::Dump(args) => dump::run(args, context).await,
            Self::Drift(args) => drift::run(args, context).await,
        }
    }
}
