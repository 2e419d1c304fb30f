//! Operations that say all of a difference, or the engine's words in their place.

use std::sync::Arc;

use limbeck_core::engine::Live;

use crate::comparison::Comparison;
use crate::comparison::changes_but_order;
use crate::comparison::is_ordered;
use crate::comparison::object_changes;
use crate::context::Context;
use crate::error::CommandError;
use crate::schema_source;
use crate::schema_source::Found;

impl Comparison {
    /// The same in the engine's own words where operations do not say all that is different: an index says nothing of its
    /// method. They are tried in a scratch database.
    pub(crate) async fn told_whole(
        mut self,
        from: &Found,
        to: &Found,
        context: &Context<'_>,
    ) -> Result<Self, CommandError> {
        let (Some(changes), Some(wanted)) = (object_changes(from, to), &to.live) else {
            return Ok(self);
        };
        if self.is_rewritten || self.diff.operations.is_empty() || self.has_new_names() {
            return Ok(self);
        }
        let rest = self
            .reached(from, context)
            .await?
            .and_then(|reached| match is_ordered(from, to) {
                true => reached.changes_to(wanted),
                false => changes_but_order(&reached, wanted),
            });
        if rest.is_none_or(|rest| !rest.is_empty()) {
            self.diff.operations.clear();
            self.diff.losses.clear();
            self.objects = changes.steps;
        } else {
            self.objects.clear();
        }
        Ok(self)
    }

    /// Where the operations lead; none when they do not run by themselves.
    async fn reached(&self, from: &Found, context: &Context<'_>) -> Result<Option<Live>, CommandError> {
        let Some(catalogue) = from.live.as_ref().and_then(|live| live.catalogue.as_ref()) else {
            return Ok(None);
        };
        let scripts = Arc::new(context.scripts()?);
        schema_source::in_scratch(&scripts, context, async |scratch| {
            scratch.make_objects(catalogue).await?;
            match scratch.apply(&from.schema, &self.diff.operations).await {
                Ok(()) => Ok(Some(scratch.live().await?)),
                // What the engine refuses is better said in its own words.
                Err(_) => Ok(None),
            }
        })
        .await
    }
}
