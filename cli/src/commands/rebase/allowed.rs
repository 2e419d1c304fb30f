//! What may be moved.

use limbeck_core::graph::RevisionId;

use super::choice::Choice;
use super::choice::rows;
use crate::context::Context;
use crate::error::CommandError;
use crate::error::ErrorKind;

/// Refuses to move what has run in the database, and what others have.
pub(super) async fn check(
    moved: &[RevisionId],
    choice: &Choice,
    context: &Context<'_>,
) -> Result<(), CommandError> {
    if let Some(others) = &choice.others {
        let theirs = moved.iter().find(|id| others.scripts().script(id).is_some());
        if let Some(id) = theirs {
            let message = format!("{} has revision {id}, so it stays where it is", others.name());
            let error = CommandError::new(ErrorKind::Target, message);
            return Err(error.with_hint("put yours on top of it: name the revisions that move"));
        }
    }
    let Some(rows) = rows(context).await? else {
        return Ok(());
    };
    let migrator = context.reader()?;
    let graph = migrator.scripts().graph();
    let applied = graph.applied(&rows);
    let never_run = migrator.never_run().await?;
    let ran: Vec<&str> = moved
        .iter()
        .filter(|id| applied.contains(*id) && !never_run.contains(id))
        .map(RevisionId::as_str)
        .collect();
    let Some(first) = ran.first() else {
        return Ok(());
    };
    let message = match ran.len() {
        1 => format!("revision {first} is applied, so it stays where it is"),
        _ => format!(
            "revisions {} are applied, so they stay where they are",
            ran.join(", ")
        ),
    };
    let error = CommandError::new(ErrorKind::Target, message);
    let parents: Vec<&str> = graph.revises(first).map(|parent| parent.id.as_str()).collect();
    let below = match parents.as_slice() {
        [] => "base",
        [parent] => parent,
        _ => "REVISION",
    };
    Err(error
        .with_hint(format!(
            "where nobody else has it, take it back first: `limbeck downgrade {below}`"
        ))
        .with_hint("else join the heads: `limbeck merge`"))
}
