//! Views.

use super::super::Dialect;
use super::super::RenderContext;
use super::super::RenderError;
use super::super::Rendered;
use super::quoted;
use super::quoted_list;
use crate::schema::View;

/// `CREATE VIEW`
pub fn create_view<D: Dialect + ?Sized>(
    dialect: &D,
    view: &View,
    context: &RenderContext<'_>,
) -> Result<Rendered, RenderError> {
    let columns = if view.columns.is_empty() {
        String::new()
    } else {
        format!(" ({})", quoted_list(dialect, &view.columns))
    };
    Ok(Rendered::statement(format!(
        "CREATE VIEW {}{columns} AS {}",
        quoted(dialect, &view.name),
        dialect.expression(&view.query, context)?
    )))
}
