//! What comes on top of what.

use limbeck_core::engine::Earlier;
use limbeck_core::graph::RevisionGraph;
use limbeck_core::graph::RevisionId;
use limbeck_core::graph::Rows;
use limbeck_core::script::ScriptSet;

use super::RebaseArgs;
use crate::context::Context;
use crate::error::CommandError;
use crate::error::ErrorKind;

/// The branch whose revisions are not one's own, where git knows of it.
const UPSTREAM: &str = "origin/HEAD";

/// What comes on top of what.
pub(super) struct Choice {
    pub(super) revisions: Vec<RevisionId>,
    pub(super) onto: RevisionId,
    /// Whose revisions are not one's own.
    pub(super) others: Option<Earlier>,
}

/// What was named, else the own heads on top of the other one. None where there is one head only.
pub(super) async fn choose(
    args: &RebaseArgs,
    scripts: &ScriptSet,
    context: &Context<'_>,
) -> Result<Option<Choice>, CommandError> {
    let graph = scripts.graph();
    let others = match &args.against {
        Some(reference) => Some(context.earlier(reference)?),
        None => None,
    };
    let (revisions, others) = if args.revisions.is_empty() {
        if graph.heads().count() < 2 {
            return Ok(None);
        }
        own_heads(graph, others, context).await?
    } else {
        (named(&args.revisions, graph, context).await?, others)
    };
    let onto = match &args.onto {
        Some(expression) => single(expression, &context.revisions(graph, expression).await?)?,
        None => other_head(graph, &revisions)?,
    };
    Ok(Some(Choice {
        revisions,
        onto,
        others,
    }))
}

async fn named(
    expressions: &[String],
    graph: &RevisionGraph,
    context: &Context<'_>,
) -> Result<Vec<RevisionId>, CommandError> {
    let mut revisions = Vec::new();
    for expression in expressions {
        for id in context.revisions(graph, expression).await? {
            if !revisions.contains(&id) {
                revisions.push(id);
            }
        }
    }
    Ok(revisions)
}

fn single(expression: &str, revisions: &[RevisionId]) -> Result<RevisionId, CommandError> {
    match revisions {
        [one] => Ok(one.clone()),
        several => {
            let message = format!("`{expression}` means {} revisions", several.len());
            let error = CommandError::new(ErrorKind::Target, message);
            Err(error.with_hint("name one of them; `limbeck merge` joins several"))
        }
    }
}

/// The heads that others do not have; where nobody knows what others have, those that are not applied.
async fn own_heads(
    graph: &RevisionGraph,
    others: Option<Earlier>,
    context: &Context<'_>,
) -> Result<(Vec<RevisionId>, Option<Earlier>), CommandError> {
    let others = match others {
        Some(others) => Some(others),
        None => context.earlier_if_known(UPSTREAM)?,
    };
    let heads = graph.heads().map(|head| head.id.clone());
    let (own, is_theirs): (Vec<RevisionId>, _) = match &others {
        Some(others) => {
            let is_own = |id: &RevisionId| others.scripts().script(id).is_none();
            (heads.filter(is_own).collect(), format!("in {}", others.name()))
        }
        None => {
            let applied = match context.rows().await {
                Ok(rows) => graph.applied(&rows),
                Err(error) if error.kind() == ErrorKind::Url => {
                    return Err(undecided(graph, "no database is configured"));
                }
                Err(error) => return Err(error),
            };
            let is_own = |id: &RevisionId| !applied.contains(id);
            (heads.filter(is_own).collect(), "applied".to_owned())
        }
    };
    if own.is_empty() {
        return Err(undecided(graph, &format!("all of them are {is_theirs}")));
    }
    if own.len() == graph.heads().count() {
        return Err(undecided(graph, &format!("none of them is {is_theirs}")));
    }
    Ok((own, others))
}

/// The refusal to guess which heads are meant.
fn undecided(graph: &RevisionGraph, why: &str) -> CommandError {
    let heads: Vec<&str> = graph.heads().map(|head| head.id.as_str()).collect();
    let message = format!(
        "it must be said which of the heads {} comes on top: {why}",
        heads.join(", ")
    );
    let error = CommandError::new(ErrorKind::Target, message);
    match heads.as_slice() {
        [first, .., last] => error.with_hint(format!("name it: `limbeck rebase {last} --onto {first}`")),
        _ => error,
    }
    .with_hint("or say what others have: `limbeck rebase --against origin/main`")
}

/// The head that the revisions come on top of.
fn other_head(graph: &RevisionGraph, revisions: &[RevisionId]) -> Result<RevisionId, CommandError> {
    let heads = || graph.heads().map(|head| head.id.clone());
    let stands_on_one = |head: &RevisionId| revisions.iter().any(|id| graph.stands_on(head, id));
    let apart: Vec<RevisionId> = heads().filter(|head| !stands_on_one(head)).collect();
    // A revision that lies below the others comes out from there.
    let found = match apart.is_empty() {
        true => heads().filter(|head| !revisions.contains(head)).collect(),
        false => apart,
    };
    match found.as_slice() {
        [one] => Ok(one.clone()),
        [] => {
            let error = CommandError::new(ErrorKind::Target, "there is no other head to put it on top of");
            Err(error.with_hint("name what it comes on top of: `--onto`"))
        }
        several => {
            let names: Vec<&str> = several.iter().map(RevisionId::as_str).collect();
            let message = format!("there are several other heads: {}", names.join(", "));
            let error = CommandError::new(ErrorKind::Target, message);
            Err(error.with_hint("name what it comes on top of: `--onto`"))
        }
    }
}

/// The rows of the database; none where no database is configured, which is said.
pub(super) async fn rows(context: &Context<'_>) -> Result<Option<Rows>, CommandError> {
    match context.rows().await {
        Ok(rows) => Ok(Some(rows)),
        Err(error) if error.kind() == ErrorKind::Url => {
            let notes = context.output.notes();
            notes.line(
                "note: no database is configured, so nobody looked whether these revisions are applied",
            );
            Ok(None)
        }
        Err(error) => Err(error),
    }
}
