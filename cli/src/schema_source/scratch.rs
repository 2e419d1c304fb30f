//! Databases that are there for a moment.

use std::sync::Arc;

use limbeck_core::engine::EngineError;
use limbeck_core::engine::Ignore;
use limbeck_core::engine::Live;
use limbeck_core::engine::Scratch;
use limbeck_core::engine::Signal;
use limbeck_core::engine::Stop;
use limbeck_core::graph::RevisionId;
use limbeck_core::schema::Schema;
use limbeck_core::script::ScriptSet;

use crate::context::Context;
use crate::error::CommandError;

/// What the engine makes of a schema: it is made in a scratch database, and read there.
pub(crate) async fn as_kept(
    schema: &Schema,
    scripts: &Arc<ScriptSet>,
    context: &Context<'_>,
) -> Result<Live, CommandError> {
    in_scratch(scripts, context, async |scratch| {
        scratch.make(schema).await?;
        Ok(scratch.live().await?)
    })
    .await
}

/// The same where the schema model is enough.
pub(super) async fn model_as_kept(
    schema: &Schema,
    scripts: &Arc<ScriptSet>,
    context: &Context<'_>,
) -> Result<Schema, CommandError> {
    in_scratch(scripts, context, async |scratch| {
        scratch.make(schema).await?;
        Ok(scratch.live_model().await?.schema)
    })
    .await
}

/// What revisions and all that they need make: they are applied in a scratch database.
pub(super) async fn applied(
    revisions: &[RevisionId],
    scripts: &Arc<ScriptSet>,
    context: &Context<'_>,
) -> Result<Live, CommandError> {
    in_scratch(scripts, context, async |scratch| {
        for revision in revisions {
            scratch.migrator().upgrade(revision.as_str(), &mut Ignore).await?;
        }
        Ok(scratch.live().await?)
    })
    .await
}

/// Does something in a scratch database, which is gone afterwards, also when that fails.
pub(crate) async fn in_scratch<T>(
    scripts: &Arc<ScriptSet>,
    context: &Context<'_>,
    work: impl AsyncFnOnce(&Scratch) -> Result<T, CommandError>,
) -> Result<T, CommandError> {
    let stop = context.listen()?;
    let opened = context.reader()?.scratch(Arc::clone(scripts)).await;
    let scratch = opened.map_err(no_scratch)?;
    let done = tokio::select! {
        biased;
        done = work(&scratch) => done,
        () = stop.wait(1) => Err(stopped(stop)),
    };
    let cancelled = match stop.requested() {
        // There is nothing to lose, so nobody waits for the statement to end.
        Some(_) => scratch.cancel().await,
        None => Ok(()),
    };
    let closed = scratch.close().await;
    let done = done.map_err(|error| {
        error.with_hint("this was in a scratch database, which is gone: the project's own is as it was")
    })?;
    cancelled.and(closed)?;
    Ok(done)
}

fn stopped(stop: &Stop) -> CommandError {
    let signal = stop.requested().unwrap_or(Signal::Interrupt);
    CommandError::from(EngineError::Stopped {
        signal,
        kept: None,
        applied: Vec::new(),
    })
}

/// The refusal when there is no database to try things in.
fn no_scratch(error: EngineError) -> CommandError {
    CommandError::from(error).with_hint(
        "the comparison needs an empty database for a moment, on the server of the configured one: see whether its user may \
         create one",
    )
}
