//! `limbeck revision`.

use limbeck_core::graph::GraphError;

use super::not_yet;
use crate::context::Context;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::exit::Exit;
use crate::new_script;
use crate::new_script::NewScriptArgs;

/// Write the file of a new revision and print its path
#[derive(Debug, clap::Args)]
pub(crate) struct RevisionArgs {
    /// What it goes on from; base begins a history of its own
    #[arg(
        long,
        value_name = "REVISION",
        default_value = "head",
        allow_negative_numbers = true
    )]
    head: String,

    /// A revision or label that must be applied first
    #[arg(long, value_name = "REVISION")]
    depends_on: Vec<String>,

    #[arg(long, hide = true)]
    autogenerate: bool,

    #[command(flatten)]
    new: NewScriptArgs,
}

pub(crate) async fn run(args: &RevisionArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    if args.autogenerate {
        let hint = "leave it out and write the SQL into the file, which `limbeck edit` opens";
        return Err(not_yet::refuse("--autogenerate", hint));
    }
    let scripts = context.scripts()?;
    let rows = context.rows_for(&args.head).await?;
    let parents = scripts
        .graph()
        .resolve(&args.head, &rows)
        .map_err(several_heads)?;
    new_script::write(&args.new, parents, &args.depends_on, "", context)
}

/// Several heads mean something else here than where a database is to go.
fn several_heads(error: GraphError) -> CommandError {
    match &error {
        GraphError::MultipleHeads { .. } => CommandError::new(ErrorKind::Target, error.to_string()).with_hint(
            "`--head <label>@head` or `--head <id>` goes on from one of them; `--head heads` joins all, as \
             `limbeck merge` does",
        ),
        _ => error.into(),
    }
}
