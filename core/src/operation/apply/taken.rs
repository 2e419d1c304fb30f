//! The names that tables, views and indexes have, which share one name space.

use std::collections::HashMap;

use crate::operation::Object;
use crate::operation::Operation;
use crate::schema::Name;
use crate::schema::Schema;

/// Who has a name.
pub(super) trait TakenNames {
    /// The table, view or index of this name, its letters in either case; `but` is one that does not count.
    fn holder(&self, schema: &Schema, name: &Name, but: Option<&Name>) -> Option<Object>;
}

/// Looks through the schema: for one operation.
pub(super) struct Searched;

impl TakenNames for Searched {
    fn holder(&self, schema: &Schema, name: &Name, but: Option<&Name>) -> Option<Object> {
        let holds = |other: &&Name| Some(*other) != but && other.eq_ignore_case(name);
        let tables = schema.tables.keys().find(holds).cloned().map(Object::Table);
        let view = || schema.views.keys().find(holds).cloned().map(Object::View);
        let indexes = || schema.tables.values().flat_map(|table| &table.indexes);
        let index = || {
            indexes()
                .map(|index| &index.name)
                .find(holds)
                .cloned()
                .map(Object::Index)
        };
        tables.or_else(view).or_else(index)
    }
}

/// Knows them all: for many operations, one after the other.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    /// By their names in lower case. In some engines tables may have indexes of the same name.
    holders: HashMap<String, Vec<Object>>,
}

impl TakenNames for Known {
    fn holder(&self, _schema: &Schema, name: &Name, but: Option<&Name>) -> Option<Object> {
        let holders = self.holders.get(&folded(name))?.iter();
        holders.filter(|holder| Some(holder.name()) != but).min().cloned()
    }
}

impl Known {
    pub(super) fn of(schema: &Schema) -> Self {
        let mut known = Self::default();
        for table in schema.tables.values() {
            known.add(Object::Table(table.name.clone()));
            let indexes = table.indexes.iter();
            indexes.for_each(|index| known.add(Object::Index(index.name.clone())));
        }
        let views = schema.views.keys().cloned();
        views.for_each(|view| known.add(Object::View(view)));
        known
    }

    /// What an operation takes away when it is carried out on this schema.
    pub(super) fn going(schema: &Schema, operation: &Operation) -> Vec<Object> {
        match operation {
            Operation::DropTable { table } => {
                let indexes = schema
                    .tables
                    .get(table)
                    .into_iter()
                    .flat_map(|table| &table.indexes);
                let indexes = indexes.map(|index| Object::Index(index.name.clone()));
                indexes.chain([Object::Table(table.clone())]).collect()
            }
            Operation::RenameTable { from, .. } => vec![Object::Table(from.clone())],
            Operation::DropIndex { index } => vec![Object::Index(index.clone())],
            Operation::DropView { view } => vec![Object::View(view.clone())],
            _ => Vec::new(),
        }
    }

    /// Follows an operation that was carried out and has taken away what is `gone`.
    pub(super) fn follow(&mut self, operation: &Operation, gone: &[Object]) {
        for object in gone {
            self.remove(object);
        }
        match operation {
            Operation::CreateTable(table) => {
                self.add(Object::Table(table.name.clone()));
                let indexes = table.indexes.iter();
                indexes.for_each(|index| self.add(Object::Index(index.name.clone())));
            }
            Operation::RenameTable { to, .. } => self.add(Object::Table(to.clone())),
            Operation::CreateIndex { index, .. } => self.add(Object::Index(index.name.clone())),
            Operation::CreateView(view) => self.add(Object::View(view.name.clone())),
            _ => {}
        }
    }

    fn add(&mut self, object: Object) {
        let holders = self.holders.entry(folded(object.name())).or_default();
        holders.push(object);
    }

    fn remove(&mut self, object: &Object) {
        if let Some(holders) = self.holders.get_mut(&folded(object.name()))
            && let Some(place) = holders.iter().position(|holder| holder == object)
        {
            holders.swap_remove(place);
        }
    }
}

fn folded(name: &Name) -> String {
    name.as_str().to_lowercase()
}
