//! Operations in any order, made into one schema.

use crate::diff::views_in_order;
use crate::operation::ApplyError;
use crate::operation::Operation;
use crate::operation::WorkingSchema;
use crate::schema::Constraint;
use crate::schema::Name;
use crate::schema::Schema;
use crate::schema::View;

/// Makes a schema of operations that stand in any order: foreign keys are made when all tables are there, and views last.
/// `P` tells where an operation comes from.
pub(crate) struct Assembly<P> {
    schema: WorkingSchema,
    later: Vec<(P, Operation)>,
    views: Vec<(P, View)>,
}

/// An operation that does not fit the others.
pub(crate) struct Misfit<P> {
    pub(crate) place: P,
    /// Which of its constraints, where it is one that was made apart from its table.
    pub(crate) constraint: Option<Name>,
    pub(crate) error: ApplyError,
}

impl<P: Clone> Assembly<P> {
    pub(crate) fn new() -> Self {
        Self {
            schema: WorkingSchema::default(),
            later: Vec::new(),
            views: Vec::new(),
        }
    }

    /// Takes an operation in.
    pub(crate) fn add(&mut self, place: &P, operation: Operation) -> Result<(), Misfit<P>> {
        for part in parts(operation) {
            match part {
                Operation::CreateView(view) => self.views.push((place.clone(), view)),
                Operation::CreateTable(_) => apply(&mut self.schema, place, &part)?,
                // It may need what comes after it.
                part => self.later.push((place.clone(), part)),
            }
        }
        Ok(())
    }

    /// The schema of all of them.
    pub(crate) fn finish(mut self) -> Result<Schema, Misfit<P>> {
        apply_in_any_order(&mut self.schema, self.later)?;
        for name in views_in_order(self.views.iter().map(|(_, view)| view)) {
            for (place, view) in self.views.iter().filter(|(_, view)| view.name == name) {
                apply(&mut self.schema, place, &Operation::CreateView(view.clone()))?;
            }
        }
        Ok(self.schema.into_schema())
    }
}

/// A table, and its foreign keys apart from it.
fn parts(operation: Operation) -> Vec<Operation> {
    let Operation::CreateTable(mut table) = operation else {
        return vec![operation];
    };
    let keys = std::mem::take(&mut table.foreign_keys);
    let name = table.name.clone();
    let keys = keys.into_iter().map(|key| Operation::AddConstraint {
        table: name.clone(),
        constraint: Constraint::ForeignKey(key),
    });
    std::iter::once(Operation::CreateTable(table))
        .chain(keys.collect::<Vec<_>>())
        .collect()
}

fn apply<P: Clone>(schema: &mut WorkingSchema, place: &P, operation: &Operation) -> Result<(), Misfit<P>> {
    schema.apply(operation).map_err(|error| Misfit {
        place: place.clone(),
        constraint: match operation {
            Operation::AddConstraint { constraint, .. } => Some(constraint.name().clone()),
            _ => None,
        },
        error,
    })
}

/// Applies what can be, again and again.
fn apply_in_any_order<P: Clone>(
    schema: &mut WorkingSchema,
    mut left: Vec<(P, Operation)>,
) -> Result<(), Misfit<P>> {
    while !left.is_empty() {
        let before = left.len();
        let mut first = None;
        left.retain(|(place, operation)| match apply(schema, place, operation) {
            Ok(()) => false,
            Err(misfit) => {
                first.get_or_insert(misfit);
                true
            }
        });
        if let (Some(misfit), true) = (first, left.len() == before) {
            return Err(misfit);
        }
    }
    Ok(())
}
