//! Writing the new parents.

use std::path::Path;

use limbeck_core::graph::Reparented;
use limbeck_core::graph::RevisionId;
use limbeck_core::script::ScriptSet;

use crate::context::Context;
use crate::error::CommandError;
use crate::new_script::built_in;

/// Writes all changes, or none of them.
pub(super) fn write(
    changes: &[Reparented],
    scripts: &ScriptSet,
    context: &Context<'_>,
) -> Result<(), CommandError> {
    if changes.is_empty() {
        return Ok(());
    }
    if context.source()?.locations().is_empty() {
        return Err(built_in("none can be moved"));
    }
    for (at, change) in changes.iter().enumerate() {
        let Err(error) = write_one(&change.revision, &change.to, scripts, context) else {
            continue;
        };
        let written = changes.get(..at).unwrap_or_default();
        return Err(take_back(written, error, context));
    }
    Ok(())
}

fn write_one(
    revision: &RevisionId,
    parents: &[RevisionId],
    scripts: &ScriptSet,
    context: &Context<'_>,
) -> Result<(), CommandError> {
    if let Some(script) = scripts.script(revision) {
        let path = context.path(Path::new(script.file().name()));
        script.write_revises(&path, parents)?;
    }
    Ok(())
}

/// Puts the old parents back where the new ones are written already.
fn take_back(written: &[Reparented], error: CommandError, context: &Context<'_>) -> CommandError {
    if written.is_empty() {
        return error;
    }
    let taken_back = context.scripts().and_then(|scripts| {
        let mut written = written.iter();
        written.try_for_each(|change| write_one(&change.revision, &change.from, &scripts, context))
    });
    match taken_back {
        Ok(()) => error,
        Err(kept) => error.with_hint(format!(
            "some files are changed already, and cannot be put back: {kept}"
        )),
    }
}
