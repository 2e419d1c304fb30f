//! New parts of a table, in the order in which they were written.

use std::collections::BTreeMap;

use super::CheckBuilder;
use super::ColumnBuilder;
use super::ForeignKeyBuilder;
use super::IndexBuilder;
use super::PrimaryKeyBuilder;
use super::UniqueBuilder;
use super::constraint::ConstraintBuilder;

/// Things of one kind by their place among all.
pub(super) type Placed<T> = BTreeMap<usize, T>;

/// New parts, each kind apart, so that what is added can be told more.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts {
    next: usize,
    columns: Placed<ColumnBuilder>,
    primary_keys: Placed<PrimaryKeyBuilder>,
    uniques: Placed<UniqueBuilder>,
    foreign_keys: Placed<ForeignKeyBuilder>,
    checks: Placed<CheckBuilder>,
    indexes: Placed<IndexBuilder>,
}

/// A new part of any kind.
pub(super) enum Part {
    Column(ColumnBuilder),
    Constraint(ConstraintBuilder),
    Index(IndexBuilder),
}

impl Parts {
    /// The place of what is added now.
    pub(super) fn place(&mut self) -> usize {
        self.next += 1;
        self.next
    }

    pub(super) fn column(&mut self, column: ColumnBuilder) -> &mut ColumnBuilder {
        let place = self.place();
        self.columns.entry(place).or_insert(column)
    }

    pub(super) fn primary_key(&mut self, key: PrimaryKeyBuilder) -> &mut PrimaryKeyBuilder {
        let place = self.place();
        self.primary_keys.entry(place).or_insert(key)
    }

    pub(super) fn unique(&mut self, unique: UniqueBuilder) -> &mut UniqueBuilder {
        let place = self.place();
        self.uniques.entry(place).or_insert(unique)
    }

    pub(super) fn foreign_key(&mut self, key: ForeignKeyBuilder) -> &mut ForeignKeyBuilder {
        let place = self.place();
        self.foreign_keys.entry(place).or_insert(key)
    }

    pub(super) fn check(&mut self, check: CheckBuilder) -> &mut CheckBuilder {
        let place = self.place();
        self.checks.entry(place).or_insert(check)
    }

    pub(super) fn index(&mut self, index: IndexBuilder) -> &mut IndexBuilder {
        let place = self.place();
        self.indexes.entry(place).or_insert(index)
    }

    /// All of them by their place.
    pub(super) fn placed(self) -> Placed<Part> {
        use ConstraintBuilder as Constraint;
        let columns = placed(self.columns, Part::Column);
        columns
            .chain(placed(self.primary_keys, |key| {
                Part::Constraint(Constraint::PrimaryKey(key))
            }))
            .chain(placed(self.uniques, |unique| {
                Part::Constraint(Constraint::Unique(unique))
            }))
            .chain(placed(self.foreign_keys, |key| {
                Part::Constraint(Constraint::ForeignKey(key))
            }))
            .chain(placed(self.checks, |check| {
                Part::Constraint(Constraint::Check(check))
            }))
            .chain(placed(self.indexes, Part::Index))
            .collect()
    }
}

/// Things of one kind as things of any kind.
pub(super) fn placed<T, U>(things: Placed<T>, into: impl Fn(T) -> U) -> impl Iterator<Item = (usize, U)> {
    things.into_iter().map(move |(place, thing)| (place, into(thing)))
}
