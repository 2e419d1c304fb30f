//! All objects of a database.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::Serialize;

use super::Object;
use super::ObjectId;
use super::fingerprint::fingerprint;
use super::order;

/// All objects of a database.
///
/// ```
/// use limbeck_core::catalogue::{Catalogue, Kind, Need, Object, ObjectId};
///
/// let table = ObjectId::new(Kind::Table, "account");
/// let mut index = Object::new(
///     ObjectId::new(Kind::Index, "ix_account"),
///     "CREATE INDEX ix_account ON account (id)",
///     "DROP INDEX ix_account",
/// );
/// index.needs.insert(Need::whole(table.clone()));
///
/// let mut catalogue = Catalogue::new();
/// catalogue.insert(index);
/// catalogue.insert(Object::new(table, "CREATE TABLE account (id int)", "DROP TABLE account"));
/// let statements: Vec<&str> = catalogue.in_order().flat_map(Object::statements).collect();
/// assert_eq!(statements[0], "CREATE TABLE account (id int)");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Object>", into = "Vec<Object>")]
pub struct Catalogue {
    objects: BTreeMap<ObjectId, Object>,
}

impl From<Vec<Object>> for Catalogue {
    fn from(objects: Vec<Object>) -> Self {
        Self::from_iter(objects)
    }
}

impl From<Catalogue> for Vec<Object> {
    fn from(catalogue: Catalogue) -> Self {
        catalogue.objects.into_values().collect()
    }
}

impl FromIterator<Object> for Catalogue {
    fn from_iter<T: IntoIterator<Item = Object>>(objects: T) -> Self {
        let objects = objects.into_iter().map(|object| (object.id.clone(), object));
        Self {
            objects: objects.collect(),
        }
    }
}

impl Catalogue {
    /// A catalogue without objects.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes an object in, in place of one of the same name.
    pub fn insert(&mut self, object: Object) {
        self.objects.insert(object.id.clone(), object);
    }

    /// The object of this name.
    pub fn get(&self, id: &ObjectId) -> Option<&Object> {
        self.objects.get(id)
    }

    /// Whether there is an object of this name.
    pub fn contains(&self, id: &ObjectId) -> bool {
        self.objects.contains_key(id)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.objects.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.objects.len()
    }

    /// The objects in the order of their names.
    pub fn objects(&self) -> impl Iterator<Item = &Object> {
        self.objects.values()
    }

    /// Keeps the objects of which this is true.
    pub fn retain(&mut self, mut keep: impl FnMut(&Object) -> bool) {
        self.objects.retain(|_, object| keep(object));
    }

    /// The same where the order of columns is no difference.
    #[must_use]
    pub fn without_column_order(&self) -> Self {
        let objects = self.objects().cloned().map(|mut object| {
            object.ordered_columns = false;
            object
        });
        objects.collect()
    }

    /// The objects, each after those that it needs. Where some need each other, the first by name comes first.
    pub fn in_order(&self) -> impl Iterator<Item = &Object> {
        order::creation(self).into_iter().filter_map(|id| self.get(&id))
    }

    /// A hash of everything in it that two databases with the same objects have in common.
    pub fn fingerprint(&self) -> String {
        fingerprint(self)
    }
}
