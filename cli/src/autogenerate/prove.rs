//! Trying a revision before it is written.

use std::sync::Arc;

use limbeck_core::diff::diff;
use limbeck_core::engine::Ignore;
use limbeck_core::engine::Live;
use limbeck_core::engine::Purge;
use limbeck_core::engine::Scratch;
use limbeck_core::graph::RevisionId;
use limbeck_core::schema::Schema;
use limbeck_core::script::ScriptSet;

use super::Generated;
use super::Sections;
use super::draft::Before;
use super::draft::Wanted;
use crate::comparison::changes_but_order;
use crate::context::Context;
use crate::differences::in_words;
use crate::differences::step_in_words;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::new_script::Planned;
use crate::schema_source;

/// Tries a new revision in a scratch database: up, down and up again, and then it has what is wanted.
pub(crate) async fn prove(
    planned: &Planned,
    generated: &Generated,
    context: &Context<'_>,
) -> Result<(), CommandError> {
    let tried = try_out(planned, generated, context).await;
    tried.map_err(|error| error.with_hint("no file was written; `--no-prove` writes the revision untried"))
}

/// The same where nobody can do without.
pub(crate) async fn try_out(
    planned: &Planned,
    generated: &Generated,
    context: &Context<'_>,
) -> Result<(), CommandError> {
    let scripts = Arc::new(context.scripts_with(planned.draft(&generated.sections)?)?);
    let made = schema_source::in_scratch(&scripts, context, async |scratch| {
        there_and_back(scratch, planned, generated).await
    });
    let made = made.await?;
    let message = "the revision does not lead to what is wanted";
    let wanted = match &generated.wanted {
        Wanted::Live(live) => live,
        Wanted::Schema(schema) if schema.is_portable() => {
            &schema_source::as_kept(schema, &scripts, context).await?
        }
        // No engine has made it, so there are no objects to compare.
        Wanted::Schema(schema) => return nothing_left(message, &model_differences(&made.schema, schema)),
    };
    same(message, &made, wanted, generated.compared())
}

/// What the portable part of a revision leads to, and whether its downgrade leads back as far as the engine can tell.
pub(super) struct Reached {
    pub(super) there: Live,
    pub(super) leads_back: bool,
}

/// Where the portable part of a revision leads.
pub(super) async fn reached(
    planned: &Planned,
    sections: &Sections,
    before: &Before,
    context: &Context<'_>,
) -> Result<Reached, CommandError> {
    let scripts: Arc<ScriptSet> = Arc::new(context.scripts_with(planned.draft(sections)?)?);
    schema_source::in_scratch(&scripts, context, async |scratch| {
        let (migrator, revision) = (scratch.migrator(), planned.id());
        make(scratch, planned.parents(), before).await?;
        let before = scratch.live().await?;
        migrator.upgrade(revision.as_str(), &mut Ignore).await?;
        let there = scratch.live().await?;
        if !sections.leads_back() {
            return Ok(Reached {
                there,
                leads_back: true,
            });
        }
        migrator.downgrade(&format!("{revision}@-1"), &mut Ignore).await?;
        let back = scratch.live().await?;
        Ok(Reached {
            there,
            leads_back: changes_but_order(&back, &before).is_none_or(|changes| changes.is_empty()),
        })
    })
    .await
}

/// What of two databases must be the same.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Compared {
    /// What the schema model holds.
    Model,
    /// All objects, where they can be read, but not the order of columns.
    ObjectsButOrder,
    /// All objects, where they can be read.
    Objects,
}

impl Generated {
    /// Portable SQL leaves it to the engine how something is made, and an engine may do it otherwise in an alteration.
    const fn compared(&self) -> Compared {
        match (&self.sections.native, &self.wanted) {
            (None, Wanted::Schema(_)) => Compared::Model,
            _ if self.is_ordered => Compared::Objects,
            _ => Compared::ObjectsButOrder,
        }
    }
}

/// Makes what is there before a revision, which then goes on from there.
async fn make(scratch: &Scratch, parents: &[RevisionId], before: &Before) -> Result<(), CommandError> {
    let migrator = scratch.migrator();
    match before {
        Before::Schema(schema) => scratch.make(schema).await?,
        Before::History => {
            for parent in parents {
                migrator.upgrade(parent.as_str(), &mut Ignore).await?;
            }
            return Ok(());
        }
    }
    let parents: Vec<&str> = parents.iter().map(RevisionId::as_str).collect();
    if !parents.is_empty() {
        migrator.stamp(&parents, Purge::Keep, &mut Ignore).await?;
    }
    Ok(())
}

/// Up, down and up again.
async fn there_and_back(
    scratch: &Scratch,
    planned: &Planned,
    generated: &Generated,
) -> Result<Live, CommandError> {
    let (migrator, revision) = (scratch.migrator(), planned.id());
    make(scratch, planned.parents(), &generated.before).await?;
    let before = scratch.live().await?;
    migrator.upgrade(revision.as_str(), &mut Ignore).await?;
    let there = scratch.live().await?;
    if !generated.sections.leads_back() {
        return Ok(there);
    }
    migrator.downgrade(&format!("{revision}@-1"), &mut Ignore).await?;
    let back = scratch.live().await?;
    // A column that comes back comes last, unless the engine can do otherwise.
    let compared = match generated.compared() {
        Compared::Objects => Compared::ObjectsButOrder,
        compared => compared,
    };
    same("the downgrade does not lead back", &back, &before, compared)?;
    migrator.upgrade(revision.as_str(), &mut Ignore).await?;
    let again = scratch.live().await?;
    same(
        "the upgrade makes something else the second time",
        &again,
        &there,
        compared,
    )?;
    Ok(there)
}

fn same(message: &str, made: &Live, wanted: &Live, compared: Compared) -> Result<(), CommandError> {
    let changes = match compared {
        Compared::Model => None,
        Compared::ObjectsButOrder => changes_but_order(made, wanted),
        Compared::Objects => made.changes_to(wanted),
    };
    let left = match changes {
        Some(changes) => {
            let steps = changes.steps.iter().map(step_in_words);
            steps
                .chain(changes.left.iter().map(ToString::to_string))
                .collect()
        }
        None => model_differences(&made.schema, &wanted.schema),
    };
    nothing_left(message, &left)
}

fn model_differences(made: &Schema, wanted: &Schema) -> Vec<String> {
    let rest = diff(made, wanted, &[]);
    let operations = rest.operations.iter().map(in_words);
    operations
        .chain(rest.left.iter().map(ToString::to_string))
        .collect()
}

fn nothing_left(message: &str, left: &[String]) -> Result<(), CommandError> {
    match left.is_empty() {
        true => Ok(()),
        false => Err(CommandError::new(
            ErrorKind::Unproven,
            format!("{message}: what is left is {}", left.join(", ")),
        )),
    }
}
