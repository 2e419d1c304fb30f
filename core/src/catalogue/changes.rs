//! What leads from one catalogue to another.

use std::fmt;

use serde::Serialize;

use super::Alteration;
use super::Catalogue;
use super::Change;
use super::Object;
use super::ObjectId;
use super::order;
use super::recreated::Fates;
use super::waits::Key;
use super::waits::Sides;

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
    let sides = Sides {
        before,
        after,
        fates: &fates,
    };
    let steps = order::in_order(sides.waits())
        .into_iter()
        .filter_map(|Key { action, kind: _, id }| {
            let step = match action {
                Action::Drop => drop_step(before.get(&id)?, &sides),
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

fn drop_step(object: &Object, sides: &Sides<'_>) -> ObjectStep {
    ObjectStep {
        object: object.id.clone(),
        action: Action::Drop,
        statements: match sides.goes_with(object) {
            Some(_) => Vec::new(),
            None => object.drop.clone(),
        },
        losses: object.keeps.in_words().map(str::to_owned).into_iter().collect(),
    }
}
