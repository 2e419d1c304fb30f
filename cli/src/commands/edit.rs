//! `limbeck edit`.

use std::path::Path;
use std::process::Command;

use crate::context::Context;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::exit::Exit;

/// Open the file of a revision in $VISUAL or $EDITOR
#[derive(Debug, clap::Args)]
pub(crate) struct EditArgs {
    /// A revision, a label, head, current …
    #[arg(
        value_name = "REVISION",
        default_value = "head",
        allow_negative_numbers = true
    )]
    revision: String,
}

pub(crate) async fn run(args: &EditArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let scripts = context.scripts()?;
    let graph = scripts.graph();
    for id in context.revisions(graph, &args.revision).await? {
        if let Some(revision) = graph.get(&id) {
            open(context, Path::new(&revision.origin))?;
        }
    }
    // What the editor left is read at once, so that a mistake shows now and not at the next upgrade.
    context.scripts()?;
    Ok(Exit::Success)
}

fn open(context: &Context<'_>, file: &Path) -> Result<(), CommandError> {
    let variable = |name| {
        context
            .environment
            .get(name)
            .filter(|value| !value.trim().is_empty())
    };
    let Some(editor) = variable("VISUAL").or_else(|| variable("EDITOR")) else {
        let message = format!("no editor is set to open {}", file.display());
        return Err(CommandError::new(ErrorKind::Io, message).with_hint("set EDITOR, such as EDITOR=vi"));
    };
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or_default();
    let status = Command::new(program).args(words).arg(context.path(file)).status();
    let failed = match status {
        Ok(status) if status.success() => return Ok(()),
        Ok(status) => format!("the editor `{editor}` ended with {status}"),
        Err(error) => format!("the editor `{editor}` cannot be started: {error}"),
    };
    Err(CommandError::new(ErrorKind::Io, failed).with_hint("VISUAL or EDITOR names it"))
}
