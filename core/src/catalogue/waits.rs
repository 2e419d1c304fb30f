//! Which step waits for which.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::Catalogue;
use super::Kind;
use super::Object;
use super::ObjectId;
use super::changes::Action;
use super::recreated::Fates;

/// A step in the order of steps that do not wait for each other: what is taken away last was made first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) action: Action,
    pub(super) kind: Reverse<Option<Kind>>,
    pub(super) id: ObjectId,
}

impl Key {
    fn new(action: Action, id: &ObjectId) -> Self {
        let kind = (action == Action::Drop).then_some(id.kind);
        Self {
            action,
            kind: Reverse(kind),
            id: id.clone(),
        }
    }
}

/// Each step with those that it waits for.
#[derive(Default)]
struct Waits(BTreeMap<Key, BTreeSet<Key>>);

impl Waits {
    fn step(&mut self, step: &Key) {
        self.0.entry(step.clone()).or_default();
    }

    fn wait(&mut self, step: &Key, first: Key) {
        self.0.entry(step.clone()).or_default().insert(first);
    }
}

/// Both catalogues, and what becomes of their objects.
pub(super) struct Sides<'a> {
    pub(super) before: &'a Catalogue,
    pub(super) after: &'a Catalogue,
    pub(super) fates: &'a Fates,
}

impl Sides<'_> {
    pub(super) fn waits(&self) -> BTreeMap<Key, BTreeSet<Key>> {
        let mut waits = Waits::default();
        for object in self.before.objects() {
            self.wait_for_users(object, &mut waits);
        }
        let mut gone_names: BTreeMap<&str, &ObjectId> = BTreeMap::new();
        for object in self.before.objects().filter(|object| self.is_dropped(&object.id)) {
            gone_names.insert(&object.id.name, &object.id);
        }
        for object in self.after.objects() {
            self.wait_for_needs(object, &gone_names, &mut waits);
        }
        waits.0
    }

    /// What an object needs goes, or changes, after the object.
    fn wait_for_users(&self, object: &Object, waits: &mut Waits) {
        let Some(step) = self.step(self.is_dropped(&object.id).then_some(Action::Drop), &object.id) else {
            return;
        };
        waits.step(&step);
        let whole = self.goes_with(object).filter(|_| step.action == Action::Drop);
        let part_of = object.part_of.iter();
        for need in object.needs.iter().map(|need| &need.object).chain(part_of) {
            if self.is_dropped(need) {
                let drop = Key::new(Action::Drop, need);
                waits.wait(&drop, step.clone());
                // What it needs stays until the whole has gone, unless that whole is needed in turn.
                let is_mutual =
                    |whole: &ObjectId| self.before.get(need).is_some_and(|need| need.needs_any_of(whole));
                if let Some(whole) = whole.filter(|whole| *whole != need && !is_mutual(whole)) {
                    waits.wait(&drop, Key::new(Action::Drop, whole));
                }
            } else if self.is_awaited(need) && step.action == Action::Drop {
                waits.wait(&Key::new(Action::Alter, need), step.clone());
            }
        }
    }

    /// An object is made, or changed, after what it needs. Several kinds share their names, so it also waits until what had
    /// its name is gone.
    fn wait_for_needs(&self, object: &Object, gone_names: &BTreeMap<&str, &ObjectId>, waits: &mut Waits) {
        let id = &object.id;
        let Some(step) = self.step(self.is_created(id).then_some(Action::Create), id) else {
            return;
        };
        waits.step(&step);
        for need in object.prerequisites() {
            if self.is_created(need) {
                waits.wait(&step, Key::new(Action::Create, need));
            } else if self.is_awaited(need) {
                waits.wait(&step, Key::new(Action::Alter, need));
            }
        }
        if step.action == Action::Create
            && let Some(gone) = gone_names.get(id.name.as_str())
        {
            waits.wait(&step, Key::new(Action::Drop, gone));
        }
    }

    /// The whole that an object goes with. A foreign key does not: it keeps the table that it leads to from going.
    pub(super) fn goes_with<'o>(&self, object: &'o Object) -> Option<&'o ObjectId> {
        let whole = object.part_of.as_ref()?;
        let goes = !self.after.contains(whole) || self.fates.recreated.contains(whole);
        (goes && object.id.kind != Kind::ForeignKey).then_some(whole)
    }

    /// The step of an object, if there is one: that it comes or goes, else that it is changed.
    fn step(&self, comes_or_goes: Option<Action>, id: &ObjectId) -> Option<Key> {
        let is_altered = self.fates.altered.contains_key(id);
        let action = comes_or_goes.or(is_altered.then_some(Action::Alter));
        action.map(|action| Key::new(action, id))
    }

    fn is_dropped(&self, id: &ObjectId) -> bool {
        self.before.contains(id) && (!self.after.contains(id) || self.fates.recreated.contains(id))
    }

    fn is_created(&self, id: &ObjectId) -> bool {
        self.after.contains(id) && (!self.before.contains(id) || self.fates.recreated.contains(id))
    }

    /// Whether others wait until it has changed.
    fn is_awaited(&self, id: &ObjectId) -> bool {
        let altered = self.fates.altered.get(id);
        altered.is_some_and(|altered| !altered.only_settings)
    }
}
