//! A list of operations.

use super::super::Dialect;
use super::super::Note;
use super::super::RenderContext;
use super::super::RenderError;
use super::super::Rendering;
use super::super::Statement;
use crate::operation::Operation;
use crate::schema::Schema;

/// The statements of each operation, in order. Each one sees the known schema as the ones before it leave it.
pub fn render<D: Dialect + ?Sized>(
    dialect: &D,
    operations: &[Operation],
    context: &RenderContext<'_>,
) -> Result<Rendering, RenderError> {
    let mut rendering = Rendering::default();
    let mut advanced = context.schema.filter(|_| operations.len() > 1).cloned();
    for (at, operation) in operations.iter().enumerate() {
        let now = RenderContext {
            server: context.server,
            schema: advanced.as_ref().or(context.schema),
        };
        let rendered = dialect.operation(operation, &now).map_err(|error| error.at(at))?;
        let mut guards = rendered.guards;
        for sql in rendered.statements {
            rendering.statements.push(Statement {
                guards: std::mem::take(&mut guards),
                ..Statement::new(sql, at..at + 1)
            });
        }
        for (kind, message) in rendered.notes {
            rendering.notes.push(Note::new(at, kind, message));
        }
        if let Some(schema) = &mut advanced {
            advance(schema, operation);
        }
    }
    Ok(rendering)
}

/// Carries the operation out on the schema. Only a part of it may be known: a table whose change cannot be followed for
/// that reason is not known any more. For a dialect that writes a list of operations itself.
pub fn advance(schema: &mut Schema, operation: &Operation) {
    if schema.apply(operation).is_ok() {
        return;
    }
    match operation {
        Operation::CreateTable(table) => {
            schema.tables.insert(table.name.clone(), table.clone());
        }
        Operation::RenameTable { from, to } => {
            schema.tables.remove(from);
            schema.tables.remove(to);
        }
        Operation::DropTable { table }
        | Operation::AddColumn { table, .. }
        | Operation::DropColumn { table, .. }
        | Operation::RenameColumn { table, .. }
        | Operation::AlterColumn { table, .. }
        | Operation::AddConstraint { table, .. }
        | Operation::DropConstraint { table, .. }
        | Operation::RenameConstraint { table, .. }
        | Operation::CreateIndex { table, .. } => {
            schema.tables.remove(table);
        }
        _ => {}
    }
}
