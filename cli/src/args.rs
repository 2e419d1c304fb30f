//! The command line.

use std::path::PathBuf;
use std::time::Duration;

use jiff::SignedDuration;
use limbeck_core::engine::MigratorOptions;
use limbeck_core::engine::TransactionScope;

use crate::commands::Command;

/// Migrates database schemas along a graph of revisions.
#[derive(Debug, clap::Parser)]
#[command(
    name = "limbeck",
    version,
    disable_version_flag = true,
    subcommand_required = true,
    arg_required_else_help = true,
    max_term_width = 100
)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) globals: GlobalArgs,

    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Options that every command takes, before or after its name.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Global options")]
pub(crate) struct GlobalArgs {
    /// The configuration [default: limbeck.toml]
    #[arg(short, long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// A database that the configuration names; all of them, one after the other: all
    #[arg(long, global = true, value_name = "NAME", conflicts_with = "url")]
    pub(crate) database: Option<String>,

    /// The URL of the database
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) url: Option<String>,

    /// Write one JSON object to standard output
    #[arg(long, global = true)]
    pub(crate) json: bool,

    /// Write results and errors only
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,

    /// Write more
    #[arg(short, long, global = true)]
    pub(crate) verbose: bool,

    /// Print the version, the drivers and the commit of this build
    #[arg(short = 'V', long, action = clap::ArgAction::Version)]
    version: Option<bool>,
}

/// How long to wait for the migration lock.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
pub(crate) struct LockArgs {
    /// How long to wait while another process holds the lock: 30s, 10m, 1h [default: 10m]
    #[arg(long, value_name = "TIME", value_parser = parse_duration)]
    pub(crate) lock_timeout: Option<Duration>,
}

/// What of a run is one transaction.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
pub(crate) struct TransactionArgs {
    /// What takes effect together [default: step]
    #[arg(long, value_enum, value_name = "SCOPE")]
    transaction: Option<Scope>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Scope {
    /// Each step by itself
    Step,
    /// The whole run, where the database takes schema changes back with their transaction
    Run,
}

impl TransactionArgs {
    /// Puts what the flag says into the options.
    pub(crate) fn set(self, options: &mut MigratorOptions) {
        match self.transaction {
            Some(Scope::Step) => options.transaction = TransactionScope::Step,
            Some(Scope::Run) => options.transaction = TransactionScope::Run,
            None => {}
        }
    }
}

/// Reads `90`, `90s`, `1m 30s` or `PT90S`.
pub(crate) fn parse_duration(text: &str) -> Result<Duration, String> {
    let text = text.trim();
    if let Ok(seconds) = text.parse() {
        return Ok(Duration::from_secs(seconds));
    }
    text.parse::<SignedDuration>()
        .ok()
        .and_then(|duration| Duration::try_from(duration).ok())
        .ok_or_else(|| "a time is written as 30s, 10m or 1h 30m".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Args::command().debug_assert();
    }

    #[test]
    fn times_are_seconds_or_have_units() {
        assert_eq!(parse_duration("90"), Ok(Duration::from_secs(90)));
        assert_eq!(parse_duration("10m"), Ok(Duration::from_secs(600)));
        assert_eq!(parse_duration("1h 30m"), Ok(Duration::from_secs(5400)));
        assert_eq!(parse_duration("250ms"), Ok(Duration::from_millis(250)));
        assert!(parse_duration("-5s").is_err());
        assert!(parse_duration("soon").is_err());
    }
}
