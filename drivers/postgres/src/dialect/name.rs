//! Names that are too long: PostgreSQL cuts them, and may then find another object.

use limbeck_core::dialect::RenderError;
use limbeck_core::operation::Operation;
use limbeck_core::schema::Constraint;
use limbeck_core::schema::Index;
use limbeck_core::schema::IndexKey;
use limbeck_core::schema::Name;
use limbeck_core::schema::Table;

use super::refusal::refused;

/// The longest name, in bytes.
const MAX_BYTES: usize = 63;

/// Refuses a name that is too long.
pub(super) fn allow(name: &Name) -> Result<(), RenderError> {
    let length = name.as_str().len();
    if length <= MAX_BYTES {
        return Ok(());
    }
    Err(refused(format!(
        "keep the name \"{name}\" whole: it has {length} bytes, and {MAX_BYTES} is the most"
    ))
    .with_hint("choose a shorter name"))
}

/// Refuses an operation with a name that is too long. Those in expressions are looked at where they are written.
pub(super) fn allow_all(operation: &Operation) -> Result<(), RenderError> {
    names(operation).into_iter().try_for_each(allow)
}

fn names(operation: &Operation) -> Vec<&Name> {
    let mut names: Vec<_> = operation.table().into_iter().collect();
    match operation {
        Operation::CreateTable(table) => names.extend(of_table(table)),
        Operation::RenameTable { to, .. } => names.push(to),
        Operation::AddColumn {
            column, constraints, ..
        } => {
            names.push(&column.name);
            names.extend(constraints.iter().flat_map(of_constraint));
        }
        Operation::DropColumn { column, .. }
        | Operation::CommentOnColumn { column, .. }
        | Operation::AlterColumn { column, .. } => names.push(column),
        Operation::RenameColumn { from, to, .. } | Operation::RenameConstraint { from, to, .. } => {
            names.extend([from, to]);
        }
        Operation::AddConstraint { constraint, .. } => names.extend(of_constraint(constraint)),
        Operation::DropConstraint { constraint, .. } => names.push(constraint),
        Operation::CreateIndex { index, .. } => names.extend(of_index(index)),
        Operation::DropIndex { index } => names.push(index),
        Operation::CreateView(view) => {
            names.push(&view.name);
            names.extend(&view.columns);
        }
        Operation::DropView { view } => names.push(view),
        _ => {}
    }
    names
}

fn of_table(table: &Table) -> Vec<&Name> {
    let mut names: Vec<_> = table.columns.iter().map(|column| &column.name).collect();
    names.extend(table.primary_key.iter().map(|key| &key.name));
    names.extend(table.uniques.iter().map(|unique| &unique.name));
    names.extend(table.checks.iter().map(|check| &check.name));
    for key in &table.foreign_keys {
        names.extend([&key.name, &key.referenced_table]);
        names.extend(&key.referenced_columns);
    }
    names.extend(table.indexes.iter().flat_map(of_index));
    names
}

fn of_constraint(constraint: &Constraint) -> Vec<&Name> {
    let mut names = vec![constraint.name()];
    match constraint {
        Constraint::PrimaryKey(key) => names.extend(&key.columns),
        Constraint::Unique(unique) => names.extend(&unique.columns),
        Constraint::ForeignKey(key) => {
            names.push(&key.referenced_table);
            names.extend(key.columns.iter().chain(&key.referenced_columns));
        }
        _ => {}
    }
    names
}

fn of_index(index: &Index) -> Vec<&Name> {
    let columns = index.keys.iter().filter_map(|(key, _)| match key {
        IndexKey::Column(column) => Some(column),
        _ => None,
    });
    std::iter::once(&index.name).chain(columns).collect()
}
