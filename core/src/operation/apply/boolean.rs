//! Numbers where truth values belong.
//!
//! Some engines keep truth values as 0 and 1 and take these numbers for them, others refuse them. TRUE and FALSE work
//! everywhere, so a number for a BOOLEAN column is refused everywhere.

use crate::operation::ApplyError;
use crate::operation::references::numbers_beside;
use crate::schema::Column;
use crate::schema::DataType;
use crate::schema::Expression;
use crate::schema::Name;
use crate::schema::Piece;
use crate::schema::Table;
use crate::schema::TokenRun;

/// The default of a column.
pub(super) fn default(table: &Name, column: &Column) -> Result<(), ApplyError> {
    match &column.default {
        Some(Expression::Portable(run)) => value(table, column, &run.0),
        _ => Ok(()),
    }
}

/// The comparisons and assignments of a run that speaks of one table: `column = 1`.
pub(super) fn comparisons(table: &Table, run: &TokenRun) -> Result<(), ApplyError> {
    for (column, number) in numbers_beside(run) {
        if let Some(column) = table.column(column) {
            refuse(&table.name, column, number)?;
        }
    }
    Ok(())
}

/// The same of an expression.
pub(super) fn comparisons_in(table: &Table, expression: &Expression) -> Result<(), ApplyError> {
    match expression {
        Expression::Portable(run) => comparisons(table, run),
        Expression::Native(_) => Ok(()),
    }
}

/// One value for a column: a number, perhaps in parentheses.
pub(super) fn value(table: &Name, column: &Column, pieces: &[Piece]) -> Result<(), ApplyError> {
    match pieces {
        [Piece::Number(number)] => refuse(table, column, number),
        [Piece::Operator(sign), Piece::Number(number)] if matches!(sign.as_str(), "-" | "+") => {
            refuse(table, column, number)
        }
        [Piece::Open, inner @ .., Piece::Close] => value(table, column, inner),
        _ => Ok(()),
    }
}

fn refuse(table: &Name, column: &Column, number: &str) -> Result<(), ApplyError> {
    if *column.data_type.base() != DataType::Boolean {
        return Ok(());
    }
    Err(ApplyError::NumberForBoolean {
        table: table.clone(),
        column: column.name.clone(),
        number: number.to_owned(),
    })
}
