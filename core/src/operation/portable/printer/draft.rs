//! Items of a new table as they were given: a constraint that was given no name has none here.

use crate::operation::portable::ColumnDraft;
use crate::operation::portable::Draft;
use crate::schema::Constraint;

use super::PrintError;
use super::table::column_sql;
use super::table::constraint_body;
use super::table::inline_constraint_body;
use super::table::with_name;

/// A column with the constraints that stand in it.
pub(in crate::operation) fn column_item(draft: &ColumnDraft) -> Result<String, PrintError> {
    let is_key = |draft: &Draft| matches!(draft.constraint, Constraint::PrimaryKey(_));
    let in_key = draft.constraints.iter().any(is_key);
    let mut text = column_sql(&draft.column, in_key)?;
    for constraint in &draft.constraints {
        if let Some(body) = inline_constraint_body(&constraint.constraint, &draft.column.name)? {
            text.push(' ');
            text.push_str(&with_name(&constraint.constraint, constraint.named, &body));
        }
    }
    Ok(text)
}

/// A constraint of the table.
pub(in crate::operation) fn constraint_item(draft: &Draft) -> Result<String, PrintError> {
    let body = constraint_body(&draft.constraint)?;
    Ok(with_name(&draft.constraint, draft.named, &body))
}
