//! Portable statements that are written together.

use super::Source;
use crate::operation::Operation;
use crate::schema::Name;

/// Operations that are written together, each with the place of its statement in `sources`: the consecutive alterations
/// of one table, or a statement of another kind by itself.
pub(super) struct Unit {
    pub(super) operations: Vec<Operation>,
    pub(super) sources: Vec<Source>,
}

impl Unit {
    fn new(source: &Source, operations: Vec<Operation>) -> Self {
        let sources = operations.iter().map(|_| source.clone()).collect();
        Self { operations, sources }
    }

    /// The source of an operation.
    pub(super) fn source(&self, operation: usize) -> Source {
        self.sources.get(operation).cloned().unwrap_or_default()
    }

    /// The one table that all operations alter, when other alterations of it may join: a statement with directives of
    /// its own stays alone.
    fn altered_table(&self) -> Option<&Name> {
        let first = self.operations.first()?.altered_table()?;
        let is_it = |operation: &Operation| operation.altered_table() == Some(first);
        let is_plain = self.sources.iter().all(Source::is_plain);
        (is_plain && self.operations.iter().all(is_it)).then_some(first)
    }
}

/// Puts statements together.
pub(super) fn units(statements: Vec<(Source, Vec<Operation>)>) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    for (source, operations) in statements {
        let next = Unit::new(&source, operations);
        match units.last_mut() {
            Some(last) if last.altered_table().is_some() && last.altered_table() == next.altered_table() => {
                last.operations.extend(next.operations);
                last.sources.extend(next.sources);
            }
            _ => units.push(next),
        }
    }
    units
}
