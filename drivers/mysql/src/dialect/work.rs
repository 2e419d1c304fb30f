//! What an alteration costs the engine, as far as it decides which ones share a statement.
//!
//! An ALTER TABLE is done in the way that all of its clauses allow. Those that copy or rebuild the table are best done
//! together: it is copied once. But a column that comes or goes in the catalogue alone does so only beside clauses that
//! change no more than that: beside a new index or a longer VARCHAR, which leave the rows where they are, the engine
//! rebuilds the table.

use std::ops::Range;

use limbeck_core::dialect::Version;
use limbeck_core::dialect::render;
use limbeck_core::operation::ColumnChange;
use limbeck_core::operation::Operation;
use limbeck_core::schema::Column;
use limbeck_core::schema::Constraint;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Name;
use limbeck_core::schema::Table;

use super::alteration::Alteration;
use super::alteration::Claim;
use super::flavour::Flavour;
use super::types;

/// How an engine carries an alteration out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Work {
    /// It changes the catalogue, whatever stands beside it.
    Catalogue,
    /// It adds or drops a column in the catalogue, as long as nothing beside it is done in place.
    Instant,
    /// It is done in place, and rows stay where they are.
    InPlace,
    /// The table is copied or rebuilt, or may be.
    Rebuild,
}

/// From here on MySQL drops a column in the catalogue alone.
const INSTANT_DROP: Version = Version::new(8, 0, 29);

/// The longest value, in bytes, whose length is kept in one byte.
const SHORT: u32 = 255;

/// The most bytes of a character.
const WIDTH: u32 = 4;

impl Work {
    /// What an operation is on a table, as far as that is known.
    pub(super) fn of(
        flavour: Flavour,
        operation: &Operation,
        table: Option<&Table>,
        server: &Version,
    ) -> Self {
        match operation {
            Operation::AddColumn {
                column, constraints, ..
            } if constraints.is_empty() && is_plain(column) => Self::Instant,
            Operation::DropColumn { .. } if flavour == Flavour::MariaDb || *server >= INSTANT_DROP => {
                Self::Instant
            }
            Operation::AlterColumn { column, change, .. } => {
                let present = table.and_then(|table| table.column(column));
                changed(flavour, present, change)
            }
            Operation::AddConstraint {
                constraint: Constraint::Unique(_),
                ..
            } => Self::InPlace,
            Operation::DropConstraint { constraint, .. } => {
                table.map_or(Self::Rebuild, |table| dropped(flavour, table, constraint))
            }
            Operation::CommentOnColumn { .. } => Self::Catalogue,
            Operation::CommentOnTable { .. } if flavour == Flavour::MariaDb => Self::Catalogue,
            Operation::CommentOnTable { .. } => Self::InPlace,
            _ => Self::Rebuild,
        }
    }
}

/// Whether a new column has nothing for which its value in each row must be written.
fn is_plain(column: &Column) -> bool {
    let default = column.default.as_ref();
    !column.identity && column.generated.is_none() && default.is_none_or(render::is_plain_literal)
}

fn changed(flavour: Flavour, present: Option<&Column>, change: &ColumnChange) -> Work {
    match change {
        ColumnChange::SetDefault(_) | ColumnChange::DropDefault => Work::Catalogue,
        ColumnChange::SetType(new) => {
            let old = present.and_then(|present| types::portable(flavour, &present.data_type));
            match old.zip(types::portable(flavour, new)) {
                Some((old, new)) if only_grows(old, new) && flavour == Flavour::MySql => Work::InPlace,
                Some((old, new)) if only_grows(old, new) => Work::Catalogue,
                _ => Work::Rebuild,
            }
        }
        _ => Work::Rebuild,
    }
}

/// Whether a longer VARCHAR keeps the values of a shorter one as they are: their lengths have as many bytes.
fn only_grows(old: &DataType, new: &DataType) -> bool {
    let (DataType::Varchar { length: old }, DataType::Varchar { length: new }) = (old, new) else {
        return false;
    };
    let is_short = |length: u32| length.saturating_mul(WIDTH) <= SHORT;
    new >= old && is_short(*new) == is_short(*old)
}

fn dropped(flavour: Flavour, table: &Table, constraint: &Name) -> Work {
    let is_check = table.checks.iter().any(|check| check.name == *constraint);
    let is_unique = table.uniques.iter().any(|unique| unique.name == *constraint);
    let is_foreign_key = table.foreign_keys.iter().any(|key| key.name == *constraint);
    let has_index = is_unique || is_foreign_key;
    match flavour {
        _ if is_check => Work::Catalogue,
        Flavour::MariaDb if has_index => Work::Catalogue,
        Flavour::MySql if has_index => Work::InPlace,
        _ => Work::Rebuild,
    }
}

/// Which alterations of a table share a statement: all of them when it is rebuilt anyway, or when they can be done together
/// without that.
pub(super) fn statements(parts: &[Alteration]) -> Vec<Range<usize>> {
    let mut cuts = Vec::new();
    let mut start = 0;
    let mut present = Work::Catalogue;
    for (at, part) in parts.iter().enumerate() {
        match (present, part.work) {
            (_, Work::Rebuild) => return together(parts),
            (Work::Instant, Work::InPlace) | (Work::InPlace, Work::Instant) => {
                cuts.push(start..at);
                start = at;
                present = part.work;
            }
            (_, Work::Catalogue) => {}
            (_, work) => present = work,
        }
    }
    cuts.push(start..parts.len());
    if shares_a_column(parts, &cuts) {
        return together(parts);
    }
    cuts
}

/// One statement for all of them.
fn together(parts: &[Alteration]) -> Vec<Range<usize>> {
    std::iter::once(0..parts.len()).collect()
}

/// Whether two statements would define the same column, each as it is after all alterations.
fn shares_a_column(parts: &[Alteration], cuts: &[Range<usize>]) -> bool {
    let mut defined: Vec<(usize, &Name)> = Vec::new();
    for (statement, cut) in cuts.iter().enumerate() {
        let claims = parts
            .get(cut.clone())
            .unwrap_or_default()
            .iter()
            .flat_map(|part| &part.claims);
        for claim in claims {
            if let Claim::Changed(column, _) = claim {
                if defined
                    .iter()
                    .any(|(other, name)| *other != statement && *name == column)
                {
                    return true;
                }
                defined.push((statement, column));
            }
        }
    }
    false
}
