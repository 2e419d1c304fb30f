//! Whether a database is what its history says.

use std::sync::Arc;

use limbeck_core::diff::diff;
use limbeck_core::engine::EngineError;
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
