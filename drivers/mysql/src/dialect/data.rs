//! Statements over rows.

use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::Rendered;
use limbeck_core::operation::DataKind;
use limbeck_core::operation::DataStatement;
use limbeck_core::schema::Name;
use limbeck_core::schema::Piece;

use super::cast;
use super::traits::MySqlDialect;

/// The statement, unless it reads the table that it changes in a sub-query, which MySQL refuses (1093).
pub(super) fn write(
    dialect: &MySqlDialect,
    statement: &DataStatement,
    context: &RenderContext<'_>,
) -> Result<Rendered, RenderError> {
    let changes = matches!(statement.kind, DataKind::Update | DataKind::Delete);
    if let Some(table) = statement.table.as_ref().filter(|_| changes)
        && reads_within(&statement.run.0, table)
    {
        return Err(dialect
            .flavour()
            .refused(format!(
                "read the table {table} in a sub-query of the statement that changes it"
            ))
            .with_hint("put the rows to change into another table first"));
    }
    Ok(Rendered::statement(cast::statement(
        dialect,
        &statement.run,
        context,
    )?))
}

fn reads_within(pieces: &[Piece], table: &Name) -> bool {
    let mut depth = 0_usize;
    let mut after_from = false;
    for piece in pieces {
        match piece {
            Piece::Open => depth += 1,
            Piece::Close => depth = depth.saturating_sub(1),
            Piece::Name(name) if after_from && depth > 0 && name == table => return true,
            _ => {}
        }
        after_from = matches!(piece, Piece::Keyword(word) if matches!(word.as_str(), "FROM" | "JOIN"));
    }
    false
}
