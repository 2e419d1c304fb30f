//! Rows that take the place of those with the same key.

use super::super::Dialect;
use super::super::RenderContext;
use super::super::RenderError;
use super::super::Rendered;
use super::super::Upsert;
use super::quoted;
use super::quoted_list;

/// The INSERT as the dialect writes it, and behind its rows what the dialect says of rows that are there.
pub fn upsert<D: Dialect + ?Sized>(
    dialect: &D,
    upsert: &Upsert<'_>,
    context: &RenderContext<'_>,
) -> Result<Rendered, RenderError> {
    let clause = dialect.on_conflict(upsert, context)?;
    let mut rendered = dialect.data(upsert.insert, context)?;
    if let Some(insert) = rendered.statements.first_mut() {
        insert.push(' ');
        insert.push_str(&clause);
    }
    Ok(rendered)
}

/// `ON CONFLICT (key) DO UPDATE SET … WHERE …`: only of a row with this key, and only where a value differs.
pub fn on_conflict<D: Dialect + ?Sized>(dialect: &D, upsert: &Upsert<'_>) -> Result<String, RenderError> {
    let key = quoted_list(dialect, upsert.key);
    let columns = upsert.updated()?;
    if columns.is_empty() {
        return Ok(format!("ON CONFLICT ({key}) DO NOTHING"));
    }
    let table = quoted(dialect, &upsert.table.name);
    let mut set = Vec::with_capacity(columns.len());
    let mut differs = Vec::with_capacity(columns.len());
    for column in columns {
        let name = quoted(dialect, &column.name);
        let (old, new) = (format!("{table}.{name}"), format!("excluded.{name}"));
        set.push(format!("{name} = {new}"));
        differs.push(dialect.differs(column, &old, &new));
    }
    Ok(format!(
        "ON CONFLICT ({key}) DO UPDATE SET {} WHERE {}",
        set.join(", "),
        differs.join(" OR ")
    ))
}
