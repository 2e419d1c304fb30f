//! One operation.

use super::super::Dialect;
use super::super::RenderContext;
use super::super::RenderError;
use super::super::Rendered;
use super::alter_table;
use super::quoted;
use crate::operation::Operation;
use crate::schema::Name;

/// Asks the dialect's method for the operation.
pub fn operation<D: Dialect + ?Sized>(
    dialect: &D,
    operation: &Operation,
    context: &RenderContext<'_>,
) -> Result<Rendered, RenderError> {
    match operation {
        Operation::CreateTable(table) => dialect.create_table(table, context),
        Operation::DropTable { table } => dialect.drop_table(table, context),
        Operation::RenameTable { from, to } => dialect.rename_table(from, to, context),
        Operation::AddColumn {
            table,
            column,
            constraints,
        } => dialect.add_column(table, column, constraints, context),
        Operation::DropColumn { table, column } => dialect.drop_column(table, column, context),
        Operation::RenameColumn { table, from, to } => dialect.rename_column(table, from, to, context),
        Operation::AlterColumn {
            table,
            column,
            change,
        } => dialect.alter_column(table, column, change, context),
        Operation::AddConstraint { table, constraint } => dialect.add_constraint(table, constraint, context),
        Operation::DropConstraint { table, constraint } => {
            dialect.drop_constraint(table, constraint, context)
        }
        Operation::RenameConstraint { table, from, to } => {
            dialect.rename_constraint(table, from, to, context)
        }
        Operation::CreateIndex { table, index } => dialect.create_index(table, index, context),
        Operation::DropIndex { index } => dialect.drop_index(index, context),
        Operation::CreateView(view) => dialect.create_view(view, context),
        Operation::DropView { view } => Ok(dropped(dialect, "VIEW", view)),
        Operation::CommentOnTable { table, comment } => {
            dialect.comment_on_table(table, comment.as_deref(), context)
        }
        Operation::CommentOnColumn {
            table,
            column,
            comment,
        } => dialect.comment_on_column(table, column, comment.as_deref(), context),
        Operation::Data(data) => dialect.data(data, context),
    }
}

/// `DROP <kind> …`
pub fn dropped<D: Dialect + ?Sized>(dialect: &D, kind: &str, name: &Name) -> Rendered {
    Rendered::statement(format!("DROP {kind} {}", quoted(dialect, name)))
}

/// `ALTER TABLE … RENAME [<kind>] … TO …`
pub fn renamed<D: Dialect + ?Sized>(
    dialect: &D,
    table: &Name,
    kind: &str,
    from: &Name,
    to: &Name,
) -> Rendered {
    let action = format!(
        "RENAME {kind} {} TO {}",
        quoted(dialect, from),
        quoted(dialect, to)
    );
    Rendered::statement(alter_table(dialect, table, &action))
}
