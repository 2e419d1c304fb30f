//! What has to be taken away and made again.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::Alteration;
use super::Catalogue;
use super::Change;
use super::Disturbed;
use super::Keeps;
use super::Object;
use super::ObjectId;
use super::Unchangeable;

/// What happens to the objects that are in both catalogues.
#[derive(Debug, Default)]
pub(super) struct Fates {
    /// Those that are changed where they are.
    pub(super) altered: BTreeMap<ObjectId, Altered>,
    /// Those that are taken away and made again.
    pub(super) recreated: BTreeSet<ObjectId>,
    /// Those that stay as they are although they are different.
    pub(super) left: Vec<Unchangeable>,
}

#[derive(Debug, Default)]
pub(super) struct Altered {
    pub(super) statements: Vec<String>,
    pub(super) disturbed: Disturbed,
    pub(super) losses: Vec<String>,
    /// Only settings change, for which nobody has to wait.
    pub(super) only_settings: bool,
}

impl Fates {
    pub(super) fn of(
        before: &Catalogue,
        after: &Catalogue,
        alter: &dyn Fn(&Change<'_>) -> Alteration,
    ) -> Self {
        let mut fates = Self::default();
        for from in before.objects() {
            if let Some(to) = after.get(&from.id) {
                fates.decide(&Change::new(from, to, before, after), alter);
            }
        }
        fates.spread(before, after);
        fates
    }

    fn decide(&mut self, change: &Change<'_>, alter: &dyn Fn(&Change<'_>) -> Alteration) {
        let Change { from, to, .. } = *change;
        let mut altered = Altered {
            only_settings: true,
            ..Altered::default()
        };
        if !from.is_made_like(to) {
            match alter(change) {
                Alteration::InPlace {
                    statements,
                    disturbed,
                    losses,
                } => {
                    altered = Altered {
                        only_settings: statements.is_empty(),
                        statements,
                        disturbed,
                        losses,
                    }
                }
                Alteration::Anew if from.keeps == Keeps::Rows => {
                    let why = "it would have to be made anew, and its rows would be lost".to_owned();
                    return self.left.push(Unchangeable::new(from.id.clone(), why));
                }
                Alteration::Anew => {
                    self.recreated.insert(from.id.clone());
                    return;
                }
                Alteration::Impossible(why) => {
                    return self.left.push(Unchangeable::new(from.id.clone(), why));
                }
            }
        }
        altered.statements.extend(settings(from, to));
        if !altered.statements.is_empty() {
            self.altered.insert(from.id.clone(), altered);
        }
    }

    /// Whatever needs what goes for a moment goes with it.
    fn spread(&mut self, before: &Catalogue, after: &Catalogue) {
        loop {
            let reached: Vec<(ObjectId, ObjectId)> = before
                .objects()
                .filter(|object| after.contains(&object.id) && !self.recreated.contains(&object.id))
                .filter_map(|object| Some((object.id.clone(), self.in_its_way(object, after)?)))
                .collect();
            let mut spread = false;
            for (id, need) in reached {
                let keeps_rows = before.get(&id).is_some_and(|object| object.keeps == Keeps::Rows);
                if keeps_rows {
                    if !self.left.iter().any(|left| left.object == id) {
                        let why = format!("it needs {need}, which has to be made anew");
                        self.left.push(Unchangeable::new(id, why));
                    }
                } else {
                    self.altered.remove(&id);
                    self.recreated.insert(id);
                    spread = true;
                }
            }
            if !spread {
                return;
            }
        }
    }

    /// What an object that stays cannot have beside it for a moment.
    fn in_its_way(&self, object: &Object, after: &Catalogue) -> Option<ObjectId> {
        let needs = object.needs.iter().find(|need| {
            if self.recreated.contains(&need.object) {
                return true;
            }
            if let Some(altered) = self.altered.get(&need.object) {
                // Nobody takes rows away for a moment: the statements have to spare them.
                return object.keeps != Keeps::Rows && altered.disturbed.reaches(need.column.as_deref());
            }
            // What needs it no longer after a change in place is changed first.
            let is_dropped = !after.contains(&need.object);
            is_dropped && !self.altered.contains_key(&object.id)
        });
        needs.map(|need| need.object.clone())
    }
}

/// The statements that change what can be changed by itself.
fn settings(from: &Object, to: &Object) -> Vec<String> {
    let gone = from
        .settings
        .iter()
        .filter(|(name, _)| !to.settings.contains_key(*name));
    let gone = gone.flat_map(|(_, setting)| &setting.unset);
    let set = to.settings.iter().filter(|(name, setting)| {
        let old = from.settings.get(*name);
        old.is_none_or(|old| old.set != setting.set)
    });
    let set = set.flat_map(|(_, setting)| &setting.set);
    gone.chain(set).cloned().collect()
}
