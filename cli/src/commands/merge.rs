//! `limbeck merge`.

use limbeck_core::graph::RevisionId;
use limbeck_core::graph::Rows;

use crate::context::Context;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::exit::Exit;
use crate::new_script;
use crate::new_script::NewScriptArgs;

/// Write the file of a revision that joins several heads and print its path
#[derive(Debug, clap::Args)]
pub(crate) struct MergeArgs {
    /// What to join
    #[arg(value_name = "REVISION", default_value = "heads")]
    revisions: Vec<String>,

    #[command(flatten)]
    new: NewScriptArgs,
}

pub(crate) fn run(args: &MergeArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let scripts = context.scripts()?;
    let mut parents: Vec<RevisionId> = Vec::new();
    for expression in &args.revisions {
        for id in scripts.graph().resolve(expression, &Rows::default())? {
            if parents.contains(&id) {
                let message = format!("revision {id} is named twice");
                return Err(CommandError::new(ErrorKind::Target, message));
            }
            parents.push(id);
        }
    }
    if parents.len() < 2 {
        let message = "there is nothing to merge: that needs two revisions at least";
        return Err(
            CommandError::new(ErrorKind::Target, message).with_hint("`limbeck heads` shows what is open")
        );
    }
    let names: Vec<String> = parents.iter().map(ToString::to_string).collect();
    let message = format!("Merge {}", names.join(" and "));
    new_script::plan(&args.new, parents, &[], &message, context)?.write(context)
}
