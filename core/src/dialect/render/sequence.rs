//! A list of operations.

use super::super::Dialect;
use super::super::RenderContext;
use super::super::RenderError;
use super::super::Rendering;
use crate::operation::Operation;
use crate::schema::Constraint;
use crate::schema::Name;
use crate::schema::NativeDdl;
use crate::schema::Schema;
use crate::schema::Table;

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
        rendering.push(at, rendered);
        if let Some(schema) = &mut advanced {
            advance(schema, operation);
        }
    }
    Ok(rendering)
}

/// Carries the operation out on the schema, of which only a part may be known: the tables that a foreign key refers to
/// are not needed to follow a change. A table whose change cannot be followed for that reason is not known any more. For
/// a dialect that writes a list of operations itself.
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
        Operation::AlterColumn {
            table,
            column,
            change,
        } => edit(schema, table, |table| {
            let mut columns = table.columns.iter_mut();
            if let Some(present) = columns.find(|present| present.name == *column) {
                change.apply_to(present);
            }
        }),
        Operation::AddColumn {
            table,
            column,
            constraints,
        } => edit(schema, table, |table| {
            table.columns.push(column.clone());
            constraints.iter().for_each(|constraint| place(table, constraint));
        }),
        Operation::AddConstraint { table, constraint } => {
            edit(schema, table, |table| place(table, constraint));
        }
        Operation::DropColumn { table, column } => {
            edit(schema, table, |table| {
                table.columns.retain(|present| present.name != *column)
            });
        }
        Operation::DropConstraint { table, constraint } => {
            edit(schema, table, |table| remove(table, constraint));
        }
        Operation::CreateIndex { table, index } => {
            edit(schema, table, |table| table.indexes.push(index.clone()));
        }
        Operation::DropTable { table }
        | Operation::RenameColumn { table, .. }
        | Operation::RenameConstraint { table, .. } => {
            schema.tables.remove(table);
        }
        _ => {}
    }
}

fn edit(schema: &mut Schema, table: &Name, change: impl FnOnce(&mut Table)) {
    if let Some(table) = schema.tables.get_mut(table) {
        change(table);
        if let Some(native) = &mut table.native_ddl {
            *native = NativeDdl::Stale;
        }
    }
}

fn remove(table: &mut Table, constraint: &Name) {
    table.primary_key.take_if(|key| key.name == *constraint);
    table.uniques.retain(|unique| unique.name != *constraint);
    table.foreign_keys.retain(|key| key.name != *constraint);
    table.checks.retain(|check| check.name != *constraint);
}

fn place(table: &mut Table, constraint: &Constraint) {
    match constraint {
        Constraint::PrimaryKey(key) => {
            table.primary_key = Some(key.clone());
            let columns = table.columns.iter_mut();
            columns
                .filter(|column| key.columns.contains(&column.name))
                .for_each(|column| column.nullable = false);
        }
        Constraint::Unique(unique) => table.uniques.push(unique.clone()),
        Constraint::ForeignKey(key) => table.foreign_keys.push(key.clone()),
        Constraint::Check(check) => table.checks.push(check.clone()),
    }
}
