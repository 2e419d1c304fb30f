//! What leads from one schema to another.
//!
//! The way is made by walking it: each operation is [applied](Schema::apply) to a copy of the first schema before it is
//! taken, so a list that comes out of here is one that runs. What has no way is told as a [`Difference`].

mod additions;
mod alterations;
mod difference;
mod gone;
mod ignored;
mod order;
mod plan;
#[cfg(test)]
mod properties;
mod removals;
mod renames;
#[cfg(test)]
mod tests;
mod unlike;

pub use difference::Difference;
pub use ignored::Ignored;
pub use ignored::PatternError;
pub(crate) use order::views_in_order;
pub use renames::Rename;
pub use unlike::unlike;

use self::plan::Plan;
use crate::operation::Loss;
use crate::operation::Operation;
use crate::schema::Schema;

/// What leads from one schema to another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diff {
    /// The operations, in an order in which they run.
    pub operations: Vec<Operation>,
    /// The data that they take away.
    pub losses: Vec<Loss>,
    /// What drops one thing and makes another much like it, and so may have been meant as a new name.
    pub possible_renames: Vec<Rename>,
    /// Renames that were passed over although what they speak of is there: the new name is taken, or the old one stays.
    pub unfit_renames: Vec<Rename>,
    /// What no operation changes. It is still different at the end.
    pub left: Vec<Difference>,
}

impl Diff {
    /// Whether both schemas are the same.
    pub fn is_empty(&self) -> bool {
        self.operations.is_empty() && self.left.is_empty()
    }
}

/// What leads from one schema to another.
///
/// The order of columns, and of constraints within a table, is no difference: no engine changes it without writing the
/// table anew. Texts of an engine are compared as they are, so both schemas must have them from the same engine.
///
/// A rename of what is not there any more is passed over; one that does not fit is passed over and told.
///
/// ```
/// use limbeck_core::diff::Rename;
/// use limbeck_core::diff::diff;
/// use limbeck_core::operation::Operation;
/// use limbeck_core::schema::{Column, DataType, Name, Schema, Table};
///
/// let name = |text: &str| Name::exact(text).unwrap();
/// let account = |column: &str| {
///     let columns = vec![Column::new(name("id"), DataType::BigInt), Column::new(name(column), DataType::Text)];
///     let mut schema = Schema::new();
///     schema.apply(&Operation::CreateTable(Table::new(name("account"), columns))).unwrap();
///     schema
/// };
///
/// let found = diff(&account("mail"), &account("email"), &[]);
/// assert_eq!(found.operations.len(), 2);
/// assert_eq!(found.losses[0].to_string(), "the values of column `account.mail`");
///
/// let found = diff(&account("mail"), &account("email"), &found.possible_renames);
/// assert!(matches!(found.operations.as_slice(), [Operation::RenameColumn { .. }]));
/// assert!(diff(&account("mail"), &account("mail"), &[]).is_empty());
/// ```
pub fn diff(from: &Schema, to: &Schema, renames: &[Rename]) -> Diff {
    if renames.is_empty() && from == to {
        return Diff::default();
    }
    let mut plan = Plan::new(from, to);
    let unfit_renames = renames::apply(&mut plan, renames);
    let possible_renames = renames::possible(&plan.now, to);
    removals::take(&mut plan);
    alterations::take(&mut plan);
    additions::make(&mut plan);
    Diff {
        losses: plan.losses(),
        possible_renames,
        unfit_renames,
        left: plan.left(),
        operations: plan.operations,
    }
}
