//! The downgrades that follow from upgrades.

use std::collections::BTreeSet;
use std::collections::HashMap;
use std::sync::Arc;

use super::Replay;
use crate::engine::EngineError;
use crate::engine::StepLoss;
use crate::engine::compile::Compiler;
use crate::graph::Direction;
use crate::graph::RevisionId;
use crate::operation::Inverse;
use crate::operation::Loss;
use crate::operation::NotInvertible;
use crate::operation::Operation;
use crate::operation::derive_downgrade;
use crate::schema::Name;
use crate::schema::Schema;
use crate::schema::Table;
use crate::script::Script;
use crate::script::Section;
use crate::sql::Place;

/// What takes a script's upgrade back, or why nothing does.
pub(crate) type Derived = Result<Arc<Downgrade>, EngineError>;

/// What takes a script's upgrade back.
#[derive(Debug, Default)]
pub(crate) struct Downgrade {
    pub(crate) inverse: Inverse,
    /// What it re-creates empty.
    pub(crate) losses: Vec<StepLoss>,
}

/// The operations of an upgrade, and where each stands.
#[derive(Default)]
pub(crate) struct Upgrade {
    operations: Vec<Operation>,
    places: Vec<Place>,
}

/// Derives the downgrades of some revisions. One replay serves all of them: each is derived when the replay comes to
/// it, with the schema that its ancestors have made by then.
pub(crate) fn derive(
    compiler: &Compiler<'_>,
    revisions: &[RevisionId],
) -> Result<HashMap<RevisionId, Derived>, EngineError> {
    let mut derived = HashMap::with_capacity(revisions.len());
    let mut targets = Vec::new();
    let mut wanted = HashMap::new();
    for revision in revisions {
        let script = compiler.migrator.script(revision)?;
        match portable_upgrade(compiler, script) {
            Ok(upgrade) if !upgrade.operations.is_empty() => {
                targets.push(revision.clone());
                wanted.insert(revision.clone(), upgrade);
            }
            // A revision that changes nothing needs no replay.
            answer => {
                derived.insert(revision.clone(), answer.map(|_| Arc::default()));
            }
        }
    }
    Replay::walk(compiler, &targets, |before, revision| {
        if let Some(upgrade) = wanted.remove(revision) {
            derived.insert(revision.clone(), upgrade.invert(before, revision));
        }
    })?;
    Ok(derived)
}

/// Derives what takes one upgrade back.
pub(crate) fn derive_one(compiler: &Compiler<'_>, revision: &RevisionId, upgrade: &Upgrade) -> Derived {
    let mut derived = Ok(Arc::default());
    Replay::walk(compiler, std::slice::from_ref(revision), |before, step| {
        if step == revision {
            derived = upgrade.invert(before, revision);
        }
    })?;
    derived
}

/// The operations of an upgrade from which a downgrade can be derived: all of them are portable.
fn portable_upgrade(compiler: &Compiler<'_>, script: &Script) -> Result<Upgrade, EngineError> {
    let revision = script.revision().clone();
    if let Some(why) = script.irreversible() {
        return Err(EngineError::Irreversible {
            revision,
            why: why.to_owned(),
        });
    }
    Upgrade::of(compiler, script, compiler.sections(script, Direction::Upgrade))
}

impl Upgrade {
    /// The operations of these sections of a script.
    pub(crate) fn of<'s>(
        compiler: &Compiler<'_>,
        script: &'s Script,
        sections: impl IntoIterator<Item = &'s Section>,
    ) -> Result<Self, EngineError> {
        let mut upgrade = Self::default();
        let text = script.file().text();
        for section in sections.into_iter().filter(|section| !section.is_blank(text)) {
            if section.audience.is_native() {
                return Err(EngineError::NoDowngrade {
                    revision: script.revision().clone(),
                    place: Some(Place::new(Arc::clone(script.file()), section.line)),
                    why: "its upgrade has native SQL".to_owned(),
                    error: None,
                });
            }
            for (statement, operations) in compiler.operations(script, section)? {
                let place = Place::new(Arc::clone(script.file()), statement.span);
                upgrade
                    .places
                    .resize(upgrade.places.len() + operations.len(), place);
                upgrade.operations.extend(operations);
            }
        }
        Ok(upgrade)
    }

    /// What takes it back, given the replay before it.
    fn invert(&self, before: &Replay, revision: &RevisionId) -> Derived {
        let unknown = |(operation, place)| before.unknown_to(operation).map(|since| (since, place));
        let mut located = self.operations.iter().zip(&self.places);
        if let Some((since, place)) = located.find_map(unknown) {
            return Err(EngineError::NoDowngrade {
                revision: revision.clone(),
                place: Some(place.clone()),
                why: format!(
                    "what it changes was changed by revision {since} in a way that can't be replayed"
                ),
                error: None,
            });
        }
        let upgrade = &self.operations;
        let inverse = derive_downgrade(upgrade, &around(before.schema(), upgrade))
            .or_else(|_| derive_downgrade(upgrade, before.schema()))
            .map_err(|error| self.no_inverse(revision, error))?;
        let losses = inverse
            .losses
            .iter()
            .filter_map(|loss| self.lost(revision, loss))
            .collect();
        Ok(Arc::new(Downgrade { inverse, losses }))
    }

    fn no_inverse(&self, revision: &RevisionId, error: NotInvertible) -> EngineError {
        EngineError::NoDowngrade {
            revision: revision.clone(),
            place: self.places.get(error.index).cloned(),
            why: error.to_string(),
            error: Some(error),
        }
    }

    /// The loss with the statement that dropped the data.
    fn lost(&self, revision: &RevisionId, loss: &Loss) -> Option<StepLoss> {
        let index = self
            .operations
            .iter()
            .rposition(|operation| loss.is_by(operation));
        let place = index
            .and_then(|index| self.places.get(index))
            .or(self.places.last())?;
        Some(StepLoss {
            revision: revision.clone(),
            place: place.clone(),
            data: loss.to_string(),
        })
    }
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
