//! A list of operations: what ALTER TABLE cannot do is one rebuild together with the alterations beside it.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::Needs;
use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::Rendered;
use limbeck_core::dialect::Rendering;
use limbeck_core::dialect::render;
use limbeck_core::operation::Operation;
use limbeck_core::schema::Name;
use limbeck_core::schema::Schema;

use super::add_column;
use super::alter;
use super::drop_column;
use super::lookup;
use super::rebuild;
use super::refusal::refused;
use super::text_edit::TextEdit;
use super::traits::SQLITE;

/// What must be known to write an operation: the table, where SQLite may refuse it.
pub(super) fn needs(operation: &Operation) -> Needs {
    match operation {
        Operation::AddColumn {
            column, constraints, ..
        } if add_column::is_native(column, constraints) => Needs::Nothing,
        Operation::AddColumn { table, .. }
        | Operation::DropColumn { table, .. }
        | Operation::AlterColumn { table, .. }
        | Operation::AddConstraint { table, .. }
        | Operation::DropConstraint { table, .. }
        | Operation::RenameConstraint { table, .. } => Needs::Table(table.clone()),
        _ => Needs::Nothing,
    }
}

/// What belongs around a transaction in which one of the operations may turn out to need a rebuild.
pub(super) fn around(operations: &[Operation]) -> Rendering {
    if operations
        .iter()
        .any(|operation| needs(operation) != Needs::Nothing)
    {
        rebuild::around()
    } else {
        Rendering::default()
    }
}

/// The statements of all operations.
pub(super) fn render(
    operations: &[Operation],
    context: &RenderContext<'_>,
) -> Result<Rendering, RenderError> {
    let mut all = Rendering::default();
    let mut schema = context.schema.cloned();
    let mut first = 0;
    while let Some(rest) = operations.get(first..).filter(|rest| !rest.is_empty()) {
        let run = rest.get(..rebuild::length(rest)).unwrap_or(rest);
        let rendering = match Native::of((first..).zip(run), schema.clone(), context)? {
            Some(native) => {
                schema = native.schema;
                native.rendering
            }
            None => match &mut schema {
                Some(schema) => altered(run, first, schema, context)?,
                None => return Err(unknown(run).at(first)),
            },
        };
        all.statements.extend(rendering.statements);
        all.notes.extend(rendering.notes);
        merge(&mut all.before, rendering.before);
        merge(&mut all.checks, rendering.checks);
        first += run.len();
    }
    Ok(all)
}

/// Alterations of one table that ALTER TABLE alone cannot do: an edit of its text, with what ALTER TABLE does beside it, where
/// no row changes; else a rebuild. The schema is then as they leave it.
fn altered(
    operations: &[Operation],
    first: usize,
    schema: &mut Schema,
    context: &RenderContext<'_>,
) -> Result<Rendering, RenderError> {
    if let Some(edit) = TextEdit::of(operations, first, schema, context)?
        && let Some(native) = Native::of(edit.left, Some(edit.schema), context)?
        && let Some(left) = native.schema
    {
        *schema = left;
        let mut rendering = edit.rendering;
        rendering.statements.extend(native.rendering.statements);
        rendering.notes.extend(native.rendering.notes);
        return Ok(rendering);
    }
    rebuild::render(operations, first, schema, context)
}

/// The statements of one operation, for which there is no rebuild: that takes more than statements.
pub(super) fn one(operation: &Operation, context: &RenderContext<'_>) -> Result<Rendered, RenderError> {
    let schema = context.schema.cloned();
    let native = Native::of([(0, operation)], schema, context).map_err(RenderError::inner)?;
    let Some(Native { rendering, .. }) = native else {
        return Err(refused("do this with ALTER TABLE").with_hint("`Dialect::render` rebuilds the table"));
    };
    Ok(rendering.into_one())
}

/// Operations that SQLite does without a rebuild.
struct Native {
    rendering: Rendering,
    /// The schema as they leave it.
    schema: Option<Schema>,
}

impl Native {
    /// None when one of the operations needs more. Each stands behind its place among all operations.
    fn of<'a>(
        operations: impl IntoIterator<Item = (usize, &'a Operation)>,
        mut schema: Option<Schema>,
        context: &RenderContext<'_>,
    ) -> Result<Option<Self>, RenderError> {
        let mut rendering = Rendering::default();
        for (at, operation) in operations {
            let written = write(operation, schema.as_ref(), context).map_err(|error| error.at(at))?;
            let Some(rendered) = written else {
                return Ok(None);
            };
            rendering.push(at, rendered);
            if let Some(schema) = &mut schema {
                render::advance(schema, operation);
            }
        }
        Ok(Some(Self { rendering, schema }))
    }
}

/// One operation as SQLite does it; none when only a rebuild does it.
fn write(
    operation: &Operation,
    schema: Option<&Schema>,
    context: &RenderContext<'_>,
) -> Result<Option<Rendered>, RenderError> {
    let known = |name: &Name| lookup::table(name, schema);
    match operation {
        Operation::AddColumn {
            table,
            column,
            constraints,
        } => add_column::native(table, column, constraints, context),
        Operation::DropColumn { table, column } => {
            drop_column::native(known(table)?, column, schema, context)
        }
        Operation::AlterColumn {
            table,
            column,
            change,
        } => {
            let table = known(table)?;
            lookup::column(table, column)?;
            alter::column(table, column, change, context)
        }
        Operation::AddConstraint { table, constraint } => {
            alter::add_constraint(&known(table)?.name, constraint, context)
        }
        Operation::DropConstraint { table, constraint } => {
            alter::drop_constraint(known(table)?, constraint, context)
        }
        Operation::RenameConstraint { table, from, to } => {
            alter::rename_constraint(known(table)?, from, to, context)
        }
        other => SQLITE.operation(other, context).map(Some),
    }
}

fn unknown(run: &[Operation]) -> RenderError {
    let table = run.first().and_then(Operation::altered_table);
    RenderError::Unknown {
        object: table.map_or_else(|| "the table".to_owned(), |table| format!("the table {table}")),
    }
}

fn merge<T: PartialEq>(all: &mut Vec<T>, further: Vec<T>) {
    for one in further {
        if !all.contains(&one) {
            all.push(one);
        }
    }
}
