//! Statements over rows: they change nothing here, but must fit the schema.

use super::boolean;
use crate::operation::ApplyError;
use crate::operation::ColumnFault;
use crate::operation::DataKind;
use crate::operation::DataStatement;
use crate::operation::Object;
use crate::operation::find;
use crate::schema::Column;
use crate::schema::Piece;
use crate::schema::Schema;
use crate::schema::Table;

pub(super) fn check(schema: &Schema, statement: &DataStatement) -> Result<(), ApplyError> {
    let Some(name) = &statement.table else {
        return Ok(());
    };
    let table = find::table(schema, name)?;
    let columns = written_columns(table, statement)?;
    match statement.kind {
        DataKind::Insert => values(table, &columns, &statement.run.0),
        DataKind::Update | DataKind::Delete => boolean::comparisons(table, &statement.run),
        DataKind::Select => Ok(()),
    }
}

/// The columns that the statement writes; those of the table when an INSERT names none.
fn written_columns<'a>(table: &'a Table, statement: &DataStatement) -> Result<Vec<&'a Column>, ApplyError> {
    if statement.kind == DataKind::Insert && statement.columns.is_empty() {
        return Ok(table.columns.iter().collect());
    }
    let mut columns: Vec<&Column> = Vec::new();
    for name in &statement.columns {
        let column = find::column(table, name)?;
        if columns.iter().any(|other| other.name == *name) {
            return Err(ApplyError::ColumnTwice {
                object: Object::Table(table.name.clone()),
                column: name.clone(),
            });
        }
        if column.generated.is_some() {
            return Err(ApplyError::Column {
                table: table.name.clone(),
                column: name.clone(),
                fault: ColumnFault::GeneratedIsWritten,
            });
        }
        columns.push(column);
    }
    Ok(columns)
}

/// The rows of `VALUES (…), (…)`.
fn values(table: &Table, columns: &[&Column], run: &[Piece]) -> Result<(), ApplyError> {
    for (index, row) in value_rows(run).into_iter().enumerate() {
        if row.len() != columns.len() {
            return Err(ApplyError::ValueCount {
                table: table.name.clone(),
                row: index + 1,
                columns: columns.len(),
                values: row.len(),
            });
        }
        for (column, value) in columns.iter().zip(row) {
            boolean::value(&table.name, column, value)?;
        }
    }
    Ok(())
}

/// The values of each row after VALUES; nothing when the rows come from a query.
fn value_rows(run: &[Piece]) -> Vec<Vec<&[Piece]>> {
    let is_values = |piece: &Piece| matches!(piece, Piece::Keyword(word) if word == "VALUES");
    let is_select = |piece: &Piece| matches!(piece, Piece::Keyword(word) if word == "SELECT");
    let Some(start) = run.iter().position(is_values) else {
        return Vec::new();
    };
    if run.iter().take(start).any(is_select) {
        return Vec::new();
    }
    let mut rows = Vec::new();
    let mut row: Vec<&[Piece]> = Vec::new();
    let (mut depth, mut value_start) = (0_usize, 0);
    for (index, piece) in run.iter().enumerate().skip(start + 1) {
        match piece {
            Piece::Open => depth += 1,
            Piece::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
        match (piece, depth) {
            (Piece::Open, 1) => value_start = index + 1,
            (Piece::Comma, 1) => {
                row.push(run.get(value_start..index).unwrap_or_default());
                value_start = index + 1;
            }
            (Piece::Close, 0) => {
                row.push(run.get(value_start..index).unwrap_or_default());
                rows.push(std::mem::take(&mut row));
            }
            _ => {}
        }
    }
    rows
}
