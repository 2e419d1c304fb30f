//! `limbeck completions`.

use clap::CommandFactory;
use clap_complete::Shell;

use crate::args::Args;
use crate::context::Context;
use crate::error::CommandError;
use crate::exit::Exit;

/// Print a completion script for a shell
#[derive(Debug, clap::Args)]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

pub(crate) fn run(args: &CompletionsArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "limbeck", &mut script);
    context.output.raw(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Success)
}
