//! Comments.

use super::super::Dialect;
use super::super::Rendered;
use super::quoted;
use crate::schema::Name;

/// `COMMENT ON TABLE`
pub fn comment_on_table<D: Dialect + ?Sized>(dialect: &D, table: &Name, comment: Option<&str>) -> Rendered {
    Rendered::statement(format!(
        "COMMENT ON TABLE {} IS {}",
        quoted(dialect, table),
        text(dialect, comment)
    ))
}

/// `COMMENT ON COLUMN`
pub fn comment_on_column<D: Dialect + ?Sized>(
    dialect: &D,
    table: &Name,
    column: &Name,
    comment: Option<&str>,
) -> Rendered {
    Rendered::statement(format!(
        "COMMENT ON COLUMN {}.{} IS {}",
        quoted(dialect, table),
        quoted(dialect, column),
        text(dialect, comment)
    ))
}

fn text<D: Dialect + ?Sized>(dialect: &D, comment: Option<&str>) -> String {
    comment.map_or_else(|| "NULL".to_owned(), |comment| dialect.string_literal(comment))
}
