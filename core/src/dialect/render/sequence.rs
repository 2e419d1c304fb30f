//! A list of operations.

use super::super::Dialect;
use super::super::Note;
use super::super::RenderContext;
use super::super::RenderError;
use super::super::Rendering;
use super::super::Statement;
use crate::operation::Operation;

/// The statements of each operation, in order.
pub fn render<D: Dialect + ?Sized>(
    dialect: &D,
    operations: &[Operation],
    context: &RenderContext<'_>,
) -> Result<Rendering, RenderError> {
    let mut rendering = Rendering::default();
    for (at, operation) in operations.iter().enumerate() {
        let rendered = dialect
            .operation(operation, context)
            .map_err(|error| error.at(at))?;
        for sql in rendered.statements {
            rendering.statements.push(Statement::new(sql, at..at + 1));
        }
        for (kind, message) in rendered.notes {
            rendering.notes.push(Note {
                operation: at,
                kind,
                message,
            });
        }
    }
    Ok(rendering)
}
