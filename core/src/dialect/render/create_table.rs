//! `CREATE TABLE`.

use super::super::ColumnPlace;
use super::super::Dialect;
use super::super::RenderContext;
use super::super::RenderError;
use super::super::Rendered;
use super::quoted;
use crate::schema::Table;

/// The table with its columns and constraints, then its indexes and comments.
pub fn create_table<D: Dialect + ?Sized>(
    dialect: &D,
    table: &Table,
    context: &RenderContext<'_>,
) -> Result<Rendered, RenderError> {
    let place = ColumnPlace::NewTable(table);
    let mut clauses = Vec::new();
    for column in &table.columns {
        clauses.push(dialect.column_definition(column, place, context)?);
    }
    clauses.extend(table_constraints(dialect, table, context)?);

    let mut statement = format!(
        "CREATE TABLE {} (\n    {}\n)",
        quoted(dialect, &table.name),
        clauses.join(",\n    ")
    );
    if let Some(suffix) = dialect.table_suffix(table, &context.server) {
        statement.push(' ');
        statement.push_str(&suffix);
    }

    let mut rendered = Rendered::statement(statement);
    for index in &table.indexes {
        rendered.extend(dialect.create_index(&table.name, index, context)?);
    }
    if table.comment.is_some() {
        rendered.extend(dialect.comment_on_table(&table.name, table.comment.as_deref(), context)?);
    }
    for column in table.columns.iter().filter(|column| column.comment.is_some()) {
        let comment = column.comment.as_deref();
        rendered.extend(dialect.comment_on_column(&table.name, &column.name, comment, context)?);
    }
    Ok(rendered)
}

fn table_constraints<D: Dialect + ?Sized>(
    dialect: &D,
    table: &Table,
    context: &RenderContext<'_>,
) -> Result<Vec<String>, RenderError> {
    let mut clauses = Vec::new();
    if let Some(key) = &table.primary_key
        && !dialect.writes_primary_key_with_column(table)
    {
        clauses.push(dialect.primary_key(key)?);
    }
    for unique in &table.uniques {
        clauses.push(dialect.unique(unique)?);
    }
    for check in &table.checks {
        clauses.push(dialect.check(check, context)?);
    }
    for key in &table.foreign_keys {
        clauses.push(dialect.foreign_key(key, context)?);
    }
    Ok(clauses)
}
