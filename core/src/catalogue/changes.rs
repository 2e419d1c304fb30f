//! What leads from one catalogue to another.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;

use super::Alteration;
use super::Catalogue;
use super::Change;
use super::Kind;
use super::Object;
use super::ObjectId;
use super::order;
use super::recreated::Fates;

/// What leads from one catalogue to another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Changes {
    /// The steps, in an order in which they run.
    pub steps: Vec<ObjectStep>,
    /// What is still different at the end.
    pub left: Vec<Unchangeable>,
}

impl Changes {
    /// Whether both are the same.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty() && self.left.is_empty()
    }

    /// All statements, in their order.
    pub fn statements(&self) -> impl Iterator<Item = &str> {
        let statements = self.steps.iter().flat_map(|step| &step.statements);
        statements.map(String::as_str)
    }
}

/// What happens to one object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ObjectStep {
    /// The object.
    pub object: ObjectId,
    /// What happens to it.
    pub action: Action,
    /// By which statements: none when it goes together with what it is part of.
    pub statements: Vec<String>,
    /// What is lost, in words.
    pub losses: Vec<String>,
}

/// What happens to an object. The order is that of steps that do not wait for each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// It is taken away.
    Drop,
    /// It is changed.
    Alter,
    /// It is made.
    Create,
}

/// What no statement changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Unchangeable {
    /// The object.
    pub object: ObjectId,
    /// Why it stays as it is.
    pub why: String,
}

impl Unchangeable {
    /// An object that stays for a reason.
    pub const fn new(object: ObjectId, why: String) -> Self {
        Self { object, why }
    }
}

impl fmt::Display for Unchangeable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.object, self.why)
    }
}

/// What leads from one catalogue to another. `alter` is the dialect's knowledge of how an object of both that is different
/// is changed.
///
/// ```
/// use limbeck_core::catalogue::{Alteration, Catalogue, Kind, Object, ObjectId, changes};
///
/// let view = |query: &str| {
///     let id = ObjectId::new(Kind::View, "active");
///     Object::new(id, format!("CREATE VIEW active AS {query}"), "DROP VIEW active")
/// };
/// let before = Catalogue::from_iter([view("SELECT 1")]);
/// let after = Catalogue::from_iter([view("SELECT 2")]);
/// let found = changes(&before, &after, &|_| Alteration::Anew);
/// let statements: Vec<&str> = found.statements().collect();
/// assert_eq!(statements, ["DROP VIEW active", "CREATE VIEW active AS SELECT 2"]);
/// ```
pub fn changes(before: &Catalogue, after: &Catalogue, alter: &dyn Fn(&Change<'_>) -> Alteration) -> Changes {
    let fates = Fates::of(before, after, alter);
    let waits = waits(before, after, &fates);
    let steps = order::in_order(waits).into_iter().filter_map(|(action, key)| {
        let id = key.1;
        let step = match action {
            Action::Drop => drop_step(before.get(&id)?, after, &fates),
            Action::Alter => {
                let altered = fates.altered.get(&id)?;
                ObjectStep {
                    object: id,
                    action,
                    statements: altered.statements.clone(),
                    losses: altered.losses.clone(),
                }
            }
            Action::Create => ObjectStep {
                statements: after.get(&id)?.statements().map(str::to_owned).collect(),
                object: id,
                action,
                losses: Vec::new(),
            },
        };
        Some(step)
    });
    Changes {
        steps: steps.collect(),
        left: fates.left,
    }
}

/// The whole that an object goes with. A foreign key does not: it keeps the table that it leads to from going.
fn goes_with<'a>(object: &'a Object, after: &Catalogue, fates: &Fates) -> Option<&'a ObjectId> {
    let whole = object.part_of.as_ref()?;
    let goes = !after.contains(whole) || fates.recreated.contains(whole);
    (goes && object.id.kind != Kind::ForeignKey).then_some(whole)
}

fn drop_step(object: &Object, after: &Catalogue, fates: &Fates) -> ObjectStep {
    ObjectStep {
        object: object.id.clone(),
        action: Action::Drop,
        statements: match goes_with(object, after, fates) {
            Some(_) => Vec::new(),
            None => object.drop.clone(),
        },
        losses: object.keeps.in_words().map(str::to_owned).into_iter().collect(),
    }
}

/// A step in the order of steps: what is taken away last was made first.
type Key = (Action, (std::cmp::Reverse<Option<Kind>>, ObjectId));

fn key(action: Action, id: &ObjectId) -> Key {
    let kind = (action == Action::Drop).then_some(id.kind);
    (action, (std::cmp::Reverse(kind), id.clone()))
}

/// Each step with those that it waits for.
fn waits(before: &Catalogue, after: &Catalogue, fates: &Fates) -> BTreeMap<Key, BTreeSet<Key>> {
    let is_dropped =
        |id: &ObjectId| before.contains(id) && (!after.contains(id) || fates.recreated.contains(id));
    let is_created =
        |id: &ObjectId| after.contains(id) && (!before.contains(id) || fates.recreated.contains(id));
    let is_altered = |id: &ObjectId| fates.altered.contains_key(id);
    let is_awaited = |id: &ObjectId| {
        fates
            .altered
            .get(id)
            .is_some_and(|altered| !altered.only_settings)
    };
    let mut waits: BTreeMap<Key, BTreeSet<Key>> = BTreeMap::new();
    for object in before.objects() {
        let id = &object.id;
        let step = match (is_dropped(id), is_altered(id)) {
            (true, _) => key(Action::Drop, id),
            (false, true) => key(Action::Alter, id),
            (false, false) => continue,
        };
        waits.entry(step.clone()).or_default();
        let whole = goes_with(object, after, fates).filter(|_| step.0 == Action::Drop);
        let part_of = object.part_of.iter();
        for need in object.needs.iter().map(|need| &need.object).chain(part_of) {
            if is_dropped(need) {
                waits
                    .entry(key(Action::Drop, need))
                    .or_default()
                    .insert(step.clone());
                // What it needs stays until the whole has gone, unless that whole is needed in turn.
                let mutual = |whole: &ObjectId| before.get(need).is_some_and(|need| need.needs_any_of(whole));
                if let Some(whole) = whole.filter(|whole| *whole != need && !mutual(whole)) {
                    let whole = key(Action::Drop, whole);
                    waits.entry(key(Action::Drop, need)).or_default().insert(whole);
                }
            } else if is_awaited(need) && step.0 == Action::Drop {
                waits
                    .entry(key(Action::Alter, need))
                    .or_default()
                    .insert(step.clone());
            }
        }
    }
    let gone_names: BTreeMap<&str, &ObjectId> = before
        .objects()
        .filter(|object| is_dropped(&object.id))
        .map(|object| (object.id.name.as_str(), &object.id))
        .collect();
    for object in after.objects() {
        let id = &object.id;
        let step = match (is_created(id), is_altered(id)) {
            (true, _) => key(Action::Create, id),
            (false, true) => key(Action::Alter, id),
            (false, false) => continue,
        };
        let before = waits.entry(step.clone()).or_default();
        for need in object.prerequisites() {
            if is_created(need) {
                before.insert(key(Action::Create, need));
            } else if is_awaited(need) {
                before.insert(key(Action::Alter, need));
            }
        }
        // Several kinds share their names.
        if step.0 == Action::Create
            && let Some(gone) = gone_names.get(id.name.as_str())
        {
            before.insert(key(Action::Drop, gone));
        }
    }
    waits
}
