//! The downgrades that follow from upgrades.

use std::collections::BTreeSet;
use std::collections::HashMap;
use std::sync::Arc;

use super::Replay;
use crate::engine::EngineError;
use crate::engine::compile::Compiler;
use crate::engine::options::DataLoss;
use crate::graph::Direction;
use crate::graph::RevisionId;
use crate::operation::Inverse;
use crate::operation::Operation;
use crate::operation::derive_downgrade;
use crate::schema::Name;
use crate::schema::Schema;
use crate::schema::Table;
use crate::script::Script;

/// What takes a script's upgrade back, or why nothing does.
pub(crate) type Derived = Result<Arc<[Operation]>, EngineError>;

/// Derives the downgrades of some revisions. One replay serves all of them: each is derived when the replay comes to
/// it, with the schema that its ancestors have made by then.
pub(crate) fn derive(
    compiler: &Compiler<'_>,
    revisions: &[RevisionId],
) -> Result<HashMap<RevisionId, Derived>, EngineError> {
    let mut derived = HashMap::with_capacity(revisions.len());
    let mut wanted = Vec::new();
    for revision in revisions {
        let script = compiler.migrator.script(revision)?;
        match portable_upgrade(compiler, script) {
            Ok(upgrade) if !upgrade.is_empty() => wanted.push((revision.clone(), upgrade)),
            // A revision that changes nothing needs no replay.
            answer => {
                derived.insert(revision.clone(), answer.map(Arc::from));
            }
        }
    }
    let targets: Vec<RevisionId> = wanted.iter().map(|(revision, _)| revision.clone()).collect();
    let mut wanted: HashMap<RevisionId, Vec<Operation>> = wanted.into_iter().collect();
    Replay::walk(compiler, &targets, |before, revision| {
        if let Some(upgrade) = wanted.remove(revision) {
            derived.insert(revision.clone(), invert(compiler, before, revision, &upgrade));
        }
    })?;
    Ok(derived)
}

/// The operations of an upgrade from which a downgrade can be derived: all of them are portable.
fn portable_upgrade(compiler: &Compiler<'_>, script: &Script) -> Result<Vec<Operation>, EngineError> {
    let revision = script.revision().clone();
    if let Some(why) = script.irreversible() {
        return Err(EngineError::Irreversible {
            revision,
            why: why.to_owned(),
        });
    }
    let mut upgrade = Vec::new();
    for section in compiler.sections(script, Direction::Upgrade) {
        if section.audience.is_native() {
            return Err(EngineError::NoDowngrade {
                revision,
                why: "its upgrade has native SQL".to_owned(),
                error: None,
            });
        }
        for (_, operations) in compiler.operations(script, section)? {
            upgrade.extend(operations);
        }
    }
    Ok(upgrade)
}

fn invert(compiler: &Compiler<'_>, before: &Replay, revision: &RevisionId, upgrade: &[Operation]) -> Derived {
    if let Some(since) = upgrade.iter().find_map(|operation| before.unknown_to(operation)) {
        return Err(EngineError::NoDowngrade {
            revision: revision.clone(),
            why: format!("what it changes was changed by revision {since} in a way that can't be replayed"),
            error: None,
        });
    }
    let Inverse {
        operations, losses, ..
    } = derive_downgrade(upgrade, &around(&before.schema, upgrade))
        .or_else(|_| derive_downgrade(upgrade, &before.schema))
        .map_err(|error| EngineError::NoDowngrade {
            revision: revision.clone(),
            why: error.to_string(),
            error: Some(error),
        })?;
    if !losses.is_empty() && compiler.migrator.options().data_loss == DataLoss::Refuse {
        return Err(EngineError::DataLoss {
            revision: revision.clone(),
            losses: losses.iter().map(ToString::to_string).collect(),
        });
    }
    Ok(operations.into())
}

/// The part of a schema that most operations look at: their tables, and what foreign keys join to these. Deriving
/// compares whole schemas, so a long history would be quadratic without it. Where the part is too small, deriving fails
/// and is done again with the whole.
fn around(schema: &Schema, operations: &[Operation]) -> Schema {
    let named: BTreeSet<&Name> = operations.iter().filter_map(Operation::table).collect();
    let is_near = |table: &Table| {
        let mut referenced = table.foreign_keys.iter().map(|key| &key.referenced_table);
        named.contains(&table.name) || referenced.any(|other| named.contains(other))
    };
    let mut near: BTreeSet<&Name> = schema
        .tables
        .values()
        .filter(|table| is_near(table))
        .map(|table| &table.name)
        .collect();
    let referenced: Vec<&Name> = near
        .iter()
        .filter_map(|name| schema.table(name))
        .flat_map(|table| table.foreign_keys.iter().map(|key| &key.referenced_table))
        .collect();
    near.extend(referenced);
    let mut part = Schema::new();
    for name in near {
        if let Some(table) = schema.table(name) {
            part.tables.insert(name.clone(), table.clone());
        }
    }
    part
}
