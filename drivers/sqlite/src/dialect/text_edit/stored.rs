//! Whether every row has a value of its own in a column.
//!
//! ADD COLUMN writes no row: to those that are there SQLite gives what the default is, so with another default they would
//! change. Behind a column that ADD COLUMN cannot have added, in a row at least, stands none that lacks in a row.

use limbeck_core::dialect::RenderError;
use limbeck_core::schema::Name;

use super::super::default;
use super::super::default::DefaultKind;
use super::super::rebuild::DdlText;
use crate::text::ClauseKind;
use crate::text::ColumnText;
use crate::text::ConstraintKind;
use crate::text::TableText;
use crate::text::significant;
use crate::text::spelling;

/// Whether the text proves that each row has a value in the column, and will not take another default for it.
pub(super) fn in_every_row(text: &DdlText, column: &Name) -> Result<bool, RenderError> {
    let read = text.read()?;
    let keys = keys(&read);
    let is_own = |other: &ColumnText<'_>| other.name.eq_ignore_case(column);
    let Some(own) = read.columns.iter().position(is_own) else {
        return Ok(false);
    };
    let mut from_own = read.columns.iter().enumerate().skip(own);
    Ok(from_own.any(|(at, column)| {
        at == 0 || spelling::find(column.name.as_str(), &keys).is_some() || fills_rows(column, text.sql())
    }))
}

/// The columns of the primary key and of UNIQUE constraints, which ADD COLUMN does not take.
fn keys(read: &TableText<'_>) -> Vec<Name> {
    let inner = read.columns.iter().flat_map(|column| &column.constraints);
    let keys = inner
        .chain(&read.constraints)
        .filter_map(|constraint| match &constraint.kind {
            ConstraintKind::PrimaryKey { columns, .. } | ConstraintKind::Unique(columns) => Some(columns),
            _ => None,
        });
    keys.flatten().cloned().collect()
}

/// Whether ADD COLUMN takes the column only while the table has no rows: it is computed and kept, is not NULL and has no
/// default, or has the time of its row for one.
fn fills_rows(column: &ColumnText<'_>, sql: &str) -> bool {
    if column.generated.is_some() {
        return column.is_stored;
    }
    let clause = |kind| column.clauses.iter().find(move |clause| clause.kind == kind);
    match clause(ClauseKind::Default) {
        None => clause(ClauseKind::NotNull).is_some(),
        Some(default) => {
            let word = significant(default.span.slice(sql)).last();
            word.is_some_and(|(_, word)| default::kind_of_text(word) == DefaultKind::Clock)
        }
    }
}
