//! Rows that are written with the numbers of an identity column.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::Rendered;
use limbeck_core::dialect::render;
use limbeck_core::operation::DataKind;
use limbeck_core::operation::DataStatement;
use limbeck_core::schema::Name;
use limbeck_core::schema::Table;

use super::refusal::needed_table;
use super::traits::POSTGRES;

/// The statement. The sequence does not see numbers that an INSERT brings along: it is moved behind them, or the next
/// row without a number would get one that is taken.
pub(super) fn data(statement: &DataStatement, context: &RenderContext<'_>) -> Result<Rendered, RenderError> {
    let mut rendered = Rendered::statement(POSTGRES.token_run(&statement.run, context)?);
    if let (DataKind::Insert, Some(table)) = (statement.kind, &statement.table) {
        let table = needed_table(table, context)?;
        rendered.statements.extend(advance_all(table, &statement.columns));
    }
    Ok(rendered)
}

/// Moves the sequences of those of some columns that are identity columns.
pub(crate) fn advance_all(table: &Table, columns: &[Name]) -> Vec<String> {
    let is_identity = |column: &&Name| table.column(column).is_some_and(|column| column.identity);
    let columns = columns.iter().filter(is_identity);
    columns.map(|column| advance(&table.name, column)).collect()
}

/// Moves the sequence of an identity column behind the highest number, and never back: numbers of deleted rows are not
/// given out again.
pub(super) fn advance(table: &Name, column: &Name) -> String {
    let quoted_table = render::quoted(&POSTGRES, table);
    let quoted_column = render::quoted(&POSTGRES, column);
    let sequence = format!(
        "pg_get_serial_sequence({}, {})",
        POSTGRES.string_literal(&quoted_table),
        POSTGRES.string_literal(column.as_str())
    );
    format!(
        "SELECT setval({sequence}, max({quoted_column})) FROM {quoted_table} \
         HAVING max({quoted_column}) > coalesce(pg_sequence_last_value({sequence}), 0)"
    )
}
