//! From a call to an exit code.

use std::ffi::OsString;
use std::sync::Arc;

use clap::CommandFactory;
use clap::FromArgMatches;
use clap::error::ErrorKind as ClapKind;
use limbeck_core::driver::Driver;

use crate::args::Args;
use crate::args::GlobalArgs;
use crate::compose::Cli;
use crate::compose::Invocation;
use crate::context::Context;
use crate::error;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::every_database;
use crate::exit::Exit;
use crate::output::Format;
use crate::output::Output;
use crate::output::Streams;
use crate::output::Verbosity;

/// Runs one call of the command.
pub(crate) fn run(cli: &Cli, invocation: Invocation) -> Exit {
    let arguments = if invocation.arguments.is_empty() {
        cli.defaults.command.clone()
    } else {
        invocation.arguments
    };
    let args = match parse(cli, &arguments) {
        Ok(args) => args,
        Err(error) => return not_understood(&error, &arguments, invocation.streams),
    };
    let output = Output::new(
        invocation.streams,
        format(&args.globals),
        verbosity(&args.globals),
    );
    let mut context = Context::new(
        cli,
        args.globals,
        invocation.environment,
        invocation.directory,
        output,
    );
    let result =
        runtime().and_then(|runtime| runtime.block_on(every_database::run(&args.command, &mut context)));
    result.unwrap_or_else(|error| {
        if let (ErrorKind::NoDriver, Some(run)) = (error.kind(), &cli.rebuild)
            && let Some(feature) = context.missing_feature()
        {
            return run(feature);
        }
        let error = match error.kind() {
            ErrorKind::Authentication => context.origin().into_iter().fold(error, CommandError::with_hint),
            _ => error,
        };
        let error = error.called(cli.called());
        context.output.error(&error);
        error.exit()
    })
}

/// The command line as clap sees it, with this build's name and version.
pub(crate) fn command(cli: &Cli) -> clap::Command {
    let drivers = match names(&cli.drivers) {
        names if names.is_empty() => "none".to_owned(),
        names => names,
    };
    let commit = option_env!("LIMBECK_BUILT_FROM").map(|commit| format!("; commit {commit}"));
    let commit = commit.unwrap_or_default();
    let version = format!("{} (drivers: {drivers}{commit})", env!("CARGO_PKG_VERSION"));
    Args::command().version(version).bin_name(cli.called())
}

fn names(drivers: &[Arc<dyn Driver>]) -> String {
    let mut names: Vec<&str> = drivers.iter().map(|driver| driver.name()).collect();
    names.sort_unstable();
    names.dedup();
    names.join(", ")
}

fn parse(cli: &Cli, arguments: &[OsString]) -> Result<Args, clap::Error> {
    let name = OsString::from("limbeck");
    let words = std::iter::once(&name).chain(arguments);
    let mut command = command(cli);
    let mut matches = command.try_get_matches_from_mut(words)?;
    let args = Args::from_arg_matches_mut(&mut matches).map_err(|error| error.format(&mut command))?;
    // clap sees a conflict of global options only where both stand on one side of the command's name.
    if args.globals.database.is_some() && args.globals.url.is_some() {
        let message = "the argument '--database <NAME>' cannot be used with '--url <URL>'";
        return Err(command.error(ClapKind::ArgumentConflict, message));
    }
    Ok(args)
}

fn format(globals: &GlobalArgs) -> Format {
    if globals.json { Format::Json } else { Format::Human }
}

fn verbosity(globals: &GlobalArgs) -> Verbosity {
    match (globals.quiet, globals.verbose) {
        (true, _) => Verbosity::Quiet,
        (_, true) => Verbosity::Verbose,
        _ => Verbosity::Normal,
    }
}

/// Help, the version, or a command line that is wrong.
fn not_understood(error: &clap::Error, arguments: &[OsString], streams: Streams) -> Exit {
    let asked = matches!(error.kind(), ClapKind::DisplayHelp | ClapKind::DisplayVersion);
    let json = arguments
        .iter()
        .take_while(|word| *word != "--")
        .any(|word| word == "--json" || word.as_encoded_bytes().starts_with(b"--json="));
    let format = if json && !asked {
        Format::Json
    } else {
        Format::Human
    };
    let mut output = Output::new(streams, format, Verbosity::Normal);
    let text = error.render().ansi().to_string();
    if asked {
        return output.styled(&text).map_or(Exit::Failure, |()| Exit::Success);
    }
    match format {
        Format::Human => output.notes().line(text.trim_end()),
        Format::Json => output.error(&usage_error(error)),
    }
    Exit::Failure
}

/// clap's text as an error of ours: the first paragraph is the message, the tips are hints.
fn usage_error(error: &clap::Error) -> CommandError {
    let text = error.render().to_string();
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    let message = first.strip_prefix("error: ").unwrap_or(first);
    let more = lines.by_ref().take_while(|line| !line.is_empty()).map(str::trim);
    let message = std::iter::once(message).chain(more).collect::<Vec<_>>().join(" ");
    let tips = text.lines().filter_map(|line| line.trim().strip_prefix("tip: "));
    tips.fold(
        CommandError::new(ErrorKind::Usage, message),
        CommandError::with_hint,
    )
    .with_hint("see `limbeck --help`")
}

fn runtime() -> Result<tokio::runtime::Runtime, CommandError> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| error::io("the runtime cannot be started", &error))
}
