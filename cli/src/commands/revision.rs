//! `limbeck revision`.

use limbeck_core::graph::Rows;

use crate::context::Context;
use crate::error::CommandError;
use crate::exit::Exit;
use crate::new_script;
use crate::new_script::NewScriptArgs;

/// Write the file of a new revision and print its path
#[derive(Debug, clap::Args)]
pub(crate) struct RevisionArgs {
    /// What it goes on from; base begins a history of its own
    #[arg(long, value_name = "REVISION", default_value = "head")]
    head: String,

    /// A revision or label that must be applied first
    #[arg(long, value_name = "REVISION")]
    depends_on: Vec<String>,

    #[command(flatten)]
    new: NewScriptArgs,
}

pub(crate) fn run(args: &RevisionArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let scripts = context.scripts()?;
    let parents = scripts.graph().resolve(&args.head, &Rows::default())?;
    new_script::write(&args.new, parents, &args.depends_on, "", context)
}
