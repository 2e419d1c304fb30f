//! Trying a revision before it is written.

use std::sync::Arc;

use limbeck_core::diff::diff;
use limbeck_core::engine::Ignore;
use limbeck_core::engine::Purge;
use limbeck_core::engine::Scratch;
use limbeck_core::graph::RevisionId;
use limbeck_core::schema::Schema;
use limbeck_core::script::ScriptSet;
use limbeck_core::sql::SourceFile;

use super::AutogenerateArgs;
use super::Generated;
use super::write::Downgrade;
use crate::context::Context;
use crate::differences::in_words;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::schema_source;

/// What an error in a scratch database means.
const TRIAL: &str = "no file was written; `--no-prove` writes the revision untried";

impl AutogenerateArgs {
    /// Tries a new revision in a scratch database: up, down and up again, and then it has what the models want.
    pub(crate) async fn prove(
        &self,
        file: Arc<SourceFile>,
        revision: &RevisionId,
        parents: &[RevisionId],
        generated: &Generated,
        context: &Context<'_>,
    ) -> Result<(), CommandError> {
        if self.no_prove {
            return Ok(());
        }
        let scripts = Arc::new(context.scripts_with(file)?);
        let untried = |error: CommandError| error.with_hint(TRIAL);
        let made = schema_source::in_scratch(&scripts, context, async |scratch| {
            there_and_back(scratch, revision, parents, generated).await
        });
        let made = made.await.map_err(untried)?;
        let wanted = wanted(generated, &scripts, context).await?;
        same("the revision does not lead to the models", &made, &wanted).map_err(untried)
    }
}

/// What the engine makes of the models.
async fn wanted(
    generated: &Generated,
    scripts: &Arc<ScriptSet>,
    context: &Context<'_>,
) -> Result<Schema, CommandError> {
    match generated.wanted.is_portable() {
        true => schema_source::as_kept(&generated.wanted, scripts, context).await,
        false => Ok(generated.wanted.clone()),
    }
}

/// Up, down and up again, from the schema of the history: its files tell it, or else its revisions are applied.
async fn there_and_back(
    scratch: &Scratch,
    revision: &RevisionId,
    parents: &[RevisionId],
    generated: &Generated,
) -> Result<Schema, CommandError> {
    let migrator = scratch.migrator();
    match &generated.before {
        Some(before) => {
            scratch.make(before).await?;
            let parents: Vec<&str> = parents.iter().map(RevisionId::as_str).collect();
            if !parents.is_empty() {
                migrator.stamp(&parents, Purge::Keep, &mut Ignore).await?;
            }
        }
        None => {
            for parent in parents {
                migrator.upgrade(parent.as_str(), &mut Ignore).await?;
            }
        }
    }
    let before = scratch.schema().await?;
    migrator.upgrade(revision.as_str(), &mut Ignore).await?;
    let there = scratch.schema().await?;
    if matches!(generated.downgrade, Downgrade::None(_)) {
        return Ok(there);
    }
    migrator.downgrade(&format!("{revision}@-1"), &mut Ignore).await?;
    let back = scratch.schema().await?;
    same("the downgrade does not lead back", &back, &before)?;
    migrator.upgrade(revision.as_str(), &mut Ignore).await?;
    let again = scratch.schema().await?;
    same("the upgrade makes something else the second time", &again, &there)?;
    Ok(there)
}

fn same(message: &str, made: &Schema, wanted: &Schema) -> Result<(), CommandError> {
    let rest = diff(made, wanted, &[]);
    if rest.is_empty() {
        return Ok(());
    }
    let operations = rest.operations.iter().map(in_words);
    let left = rest.left.iter().map(ToString::to_string);
    let rest: Vec<String> = operations.chain(left).collect();
    Err(CommandError::new(
        ErrorKind::Unproven,
        format!("{message}: what is left is {}", rest.join(", ")),
    ))
}
