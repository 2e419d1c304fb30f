//! Portable statements that are written together.

use super::Source;
use crate::operation::Operation;
use crate::operation::shares_subject;
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

    fn takes(&self, next: &Self) -> bool {
        self.altered_table().is_some() && self.altered_table() == next.altered_table()
    }

    fn collides(&self, next: &Self) -> bool {
        let mut own = self.operations.iter();
        own.any(|own| next.operations.iter().any(|other| shares_subject(own, other)))
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

/// Puts statements together, for an engine that takes schema changes back with their transaction or not.
///
/// Where it does not, a unit may stop in its middle, and then the schema must tell how far it came. So operations that are
/// about one name are units of their own there: what one of them has left looks like what the other has not done.
pub(super) fn units(statements: Vec<(Source, Vec<Operation>)>, transactional: bool) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    for (source, operations) in statements {
        let is_cut = !transactional && source.is_plain() && source.load().is_none();
        let parts = match is_cut {
            true => operations.into_iter().map(|operation| vec![operation]).collect(),
            false => vec![operations],
        };
        for operations in parts {
            let next = Unit::new(&source, operations);
            match units.last_mut() {
                Some(last) if last.takes(&next) && (transactional || !last.collides(&next)) => {
                    last.operations.extend(next.operations);
                    last.sources.extend(next.sources);
                }
                _ => units.push(next),
            }
        }
    }
    units
}
