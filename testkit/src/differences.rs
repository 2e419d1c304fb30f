//! Whether a database is what its history says.

use std::sync::Arc;

use limbeck_core::diff::diff;
use limbeck_core::engine::EngineError;
use limbeck_core::engine::Ignore;
use limbeck_core::engine::Migrator;
use limbeck_core::schema::Schema;
use limbeck_core::script::ScriptSet;

/// What leads from the database of a migrator to what its server makes of a schema, and the other way round, each in words:
/// nothing, where the database is that schema.
///
/// # Errors
/// The database cannot be read, or there is no scratch database.
pub async fn differences(
    migrator: &Migrator,
    scripts: &Arc<ScriptSet>,
    wanted: &Schema,
) -> Result<Vec<String>, EngineError> {
    let scratch = migrator.scratch(Arc::clone(scripts)).await?;
    scratch.make(wanted).await?;
    let kept = scratch.live().await?;
    scratch.close().await?;
    let live = migrator.live().await?;
    let mut differences = Vec::new();
    for (from, to) in [(&live, &kept), (&kept, &live)] {
        let found = diff(&from.schema, &to.schema, &[]);
        differences.extend(found.operations.iter().map(|operation| format!("{operation:?}")));
        differences.extend(found.left.iter().map(ToString::to_string));
    }
    Ok(differences)
}

/// What leads from the database of a migrator, which is at all heads, to one to which the same revisions were applied, in
/// words: nothing, where nobody else has changed it.
///
/// # Errors
/// The database cannot be read, there is no scratch database, or a revision fails there.
pub async fn drift(migrator: &Migrator, scripts: &Arc<ScriptSet>) -> Result<Vec<String>, EngineError> {
    let scratch = migrator.scratch(Arc::clone(scripts)).await?;
    scratch.migrator().upgrade("heads", &mut Ignore).await?;
    let made = scratch.live().await?;
    scratch.close().await?;
    let live = migrator.live().await?;
    let Some(changes) = live.changes_to(&made) else {
        return Ok(vec!["the driver cannot read all objects".to_owned()]);
    };
    let steps = changes
        .steps
        .iter()
        .map(|step| format!("{:?} {}", step.action, step.object));
    let left = changes.left.iter().map(ToString::to_string);
    Ok(steps.chain(left).collect())
}
