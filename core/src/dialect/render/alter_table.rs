//! `ALTER TABLE`.

use super::super::ColumnPlace;
use super::super::Dialect;
use super::super::RenderContext;
use super::super::RenderError;
use super::super::Rendered;
use super::constraint;
use super::quoted;
use crate::operation::ColumnChange;
use crate::schema::Column;
use crate::schema::Constraint;
use crate::schema::Name;

/// `ALTER TABLE … <action>`
pub fn alter_table<D: Dialect + ?Sized>(dialect: &D, table: &Name, action: &str) -> String {
    format!("ALTER TABLE {} {action}", quoted(dialect, table))
}

/// `ADD COLUMN`, then a statement for each constraint: some engines read a `REFERENCES` in a column's definition and
/// forget it.
pub fn add_column<D: Dialect + ?Sized>(
    dialect: &D,
    table: &Name,
    column: &Column,
    constraints: &[Constraint],
    context: &RenderContext<'_>,
) -> Result<Rendered, RenderError> {
    let definition = dialect.column_definition(column, ColumnPlace::Added(table), context)?;
    let mut rendered = Rendered::statement(alter_table(dialect, table, &format!("ADD COLUMN {definition}")));
    for constraint in constraints {
        rendered.extend(dialect.add_constraint(table, constraint, context)?);
    }
    if column.comment.is_some() {
        let comment = column.comment.as_deref();
        rendered.extend(dialect.comment_on_column(table, &column.name, comment, context)?);
    }
    Ok(rendered)
}

/// `ALTER COLUMN`
pub fn alter_column<D: Dialect + ?Sized>(
    dialect: &D,
    table: &Name,
    column: &Name,
    change: &ColumnChange,
    context: &RenderContext<'_>,
) -> Result<Rendered, RenderError> {
    let change = match change {
        ColumnChange::SetType(data_type) => {
            format!("SET DATA TYPE {}", dialect.type_name(data_type, &context.server)?)
        }
        ColumnChange::SetNotNull => "SET NOT NULL".to_owned(),
        ColumnChange::DropNotNull => "DROP NOT NULL".to_owned(),
        ColumnChange::SetDefault(default) => {
            format!("SET DEFAULT {}", dialect.expression(default, context)?)
        }
        ColumnChange::DropDefault => "DROP DEFAULT".to_owned(),
    };
    let action = format!("ALTER COLUMN {} {change}", quoted(dialect, column));
    Ok(Rendered::statement(alter_table(dialect, table, &action)))
}

/// `ADD CONSTRAINT`
pub fn add_constraint<D: Dialect + ?Sized>(
    dialect: &D,
    table: &Name,
    added: &Constraint,
    context: &RenderContext<'_>,
) -> Result<Rendered, RenderError> {
    let action = format!("ADD {}", constraint(dialect, added, context)?);
    Ok(Rendered::statement(alter_table(dialect, table, &action)))
}
