//! The operations so far, and the schema after them.

use std::collections::BTreeSet;

use super::Difference;
use crate::operation::ApplyError;
use crate::operation::Loss;
use crate::operation::NativeText;
use crate::operation::Object;
use crate::operation::Operation;
use crate::operation::WorkingSchema;
use crate::operation::users_of_view;
use crate::schema::Name;
use crate::schema::Schema;
use crate::schema::Table;

/// A way that is being made.
pub(super) struct Plan<'a> {
    from: &'a Schema,
    pub(super) to: &'a Schema,
    /// The schema after the operations.
    pub(super) now: WorkingSchema,
    pub(super) operations: Vec<Operation>,
    left: Vec<Difference>,
    /// The columns that go once their tables have another one.
    postponed: Vec<(Name, Name)>,
}

impl<'a> Plan<'a> {
    pub(super) fn new(from: &'a Schema, to: &'a Schema) -> Self {
        Self {
            from,
            to,
            now: WorkingSchema::new(from.clone()),
            operations: Vec::new(),
            left: Vec::new(),
            postponed: Vec::new(),
        }
    }

    /// Takes an operation, when it can be applied.
    pub(super) fn attempt(&mut self, operation: &Operation) -> Result<(), ApplyError> {
        loop {
            let error = match self.now.apply(operation) {
                Ok(()) => {
                    self.operations.push(operation.clone());
                    return Ok(());
                }
                Err(error) => error,
            };
            match &error {
                // The view would read something else; it comes back behind the change.
                ApplyError::View { view, .. } if self.drop_view(view) => {}
                _ => return Err(error),
            }
        }
    }

    /// The same; when it cannot be applied, this object stays different.
    pub(super) fn take(&mut self, object: impl FnOnce() -> Object, operation: &Operation) {
        if let Err(error) = self.attempt(operation) {
            let object = object();
            self.left.push(Difference::Refused {
                object,
                error: Box::new(error),
            });
        }
    }

    /// Drops a view after those that read it; whether it is gone.
    pub(super) fn drop_view(&mut self, view: &Name) -> bool {
        self.drop_views_above(view, &mut BTreeSet::new())
    }

    /// Two texts that have each other's names read at most one of them: `above` keeps them from going round.
    fn drop_views_above(&mut self, view: &Name, above: &mut BTreeSet<Name>) -> bool {
        if !self.now.views.contains_key(view) || !above.insert(view.clone()) {
            return false;
        }
        for user in users_of_view(&self.now, view, NativeText::Searched) {
            if let Object::View(reader) = user {
                self.drop_views_above(&reader, above);
            }
        }
        let operation = Operation::DropView { view: view.clone() };
        let is_gone = self.now.apply(&operation).is_ok();
        if is_gone {
            self.operations.push(operation);
        }
        is_gone
    }

    pub(super) fn postpone(&mut self, table: Name, column: Name) {
        self.postponed.push((table, column));
    }

    pub(super) fn postponed(&mut self) -> Vec<(Name, Name)> {
        std::mem::take(&mut self.postponed)
    }

    /// The data that the operations take away which were there at the beginning.
    pub(super) fn losses(&self) -> Vec<Loss> {
        let mut schema = WorkingSchema::new(self.from.clone());
        let mut losses = Vec::new();
        for operation in &self.operations {
            if let Ok(inverse) = operation.inverse(&schema) {
                losses.extend(inverse.losses);
            } else if let Operation::DropColumn { table, column } = operation {
                losses.push(Loss::Column {
                    table: table.clone(),
                    column: column.clone(),
                });
            }
            losses.extend(self.computed_no_more(&schema, operation));
            // Each of them was applied once already.
            let _ = schema.apply(operation);
        }
        losses
    }

    /// The values of a column that was computed and comes back empty.
    fn computed_no_more(&self, before: &Schema, operation: &Operation) -> Option<Loss> {
        let Operation::DropColumn { table, column } = operation else {
            return None;
        };
        let present = before.tables.get(table)?.column(column)?;
        let wanted = self.to.tables.get(table)?.column(column)?;
        let is_lost = present.generated.is_some() && wanted.generated.is_none();
        is_lost.then(|| Loss::Column {
            table: table.clone(),
            column: column.clone(),
        })
    }

    /// What is still different.
    pub(super) fn left(&self) -> Vec<Difference> {
        if !self.left.is_empty() {
            return self.left.clone();
        }
        let (now, to) = (compared(&self.now), compared(self.to));
        let tables = now.tables.keys().chain(to.tables.keys());
        let tables = tables.filter(|name| now.tables.get(name) != to.tables.get(name));
        let views = now.views.keys().chain(to.views.keys());
        let views = views.filter(|name| now.views.get(name) != to.views.get(name));
        let objects = tables.cloned().map(Object::Table);
        let mut objects: Vec<Object> = objects.chain(views.cloned().map(Object::View)).collect();
        objects.sort();
        objects.dedup();
        objects
            .into_iter()
            .map(|object| Difference::Unknown { object })
            .collect()
    }

    /// The tables that are there now and shall be there, each as it is and as it shall be.
    pub(super) fn common_tables(&self) -> Vec<(Table, &'a Table)> {
        let to = self.to;
        let now = self.now.tables.values();
        now.filter_map(|table| Some((table.clone(), to.tables.get(&table.name)?)))
            .collect()
    }
}

fn compared(schema: &Schema) -> Schema {
    schema.clone().without_native_ddl().in_name_order()
}
