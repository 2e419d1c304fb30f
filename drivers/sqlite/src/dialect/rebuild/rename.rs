//! Columns that get new names in the middle of a rebuild.
//!
//! SQLite itself gives a column a new name best: it edits all indexes, triggers, views and keys that speak of it. So the
//! rebuild works with the old names, and the columns are renamed when it is done.

use std::collections::BTreeMap;

use limbeck_core::operation::ColumnChange;
use limbeck_core::operation::Operation;
use limbeck_core::schema::Constraint;
use limbeck_core::schema::Expression;
use limbeck_core::schema::Name;
use limbeck_core::schema::Piece;
use limbeck_core::schema::TokenRun;

/// How many of the operations are alterations of the table that the first one alters and can be one rebuild. A column
/// that takes a name which another one is about to lose ends it, and one whose type changes a second time, since the
/// rows go only once through a type.
pub(in super::super) fn length(operations: &[Operation]) -> usize {
    let Some(table) = operations.first().and_then(Operation::altered_table) else {
        return operations.len().min(1);
    };
    let mut renamed: Vec<&Name> = Vec::new();
    let mut retyped: Vec<&Name> = Vec::new();
    for (at, operation) in operations.iter().enumerate() {
        let ends = operation.altered_table() != Some(table)
            || match operation {
                Operation::RenameColumn { from, to, .. } => {
                    let chain = renamed.contains(&to);
                    renamed.push(from);
                    if retyped.contains(&from) {
                        retyped.push(to);
                    }
                    chain
                }
                Operation::AlterColumn {
                    column,
                    change: ColumnChange::SetType(_),
                    ..
                } => {
                    let again = retyped.contains(&column);
                    retyped.push(column);
                    again
                }
                Operation::AddColumn { column, .. } => renamed.contains(&&column.name),
                _ => false,
            };
        if ends {
            return at.max(1);
        }
    }
    operations.len()
}

/// Notes a new name. A column that is renamed twice takes the last one.
pub(super) fn note(renames: &mut BTreeMap<Name, Name>, from: &Name, to: &Name) {
    let present = renames
        .iter()
        .find(|(_, new)| *new == from)
        .map(|(old, _)| old.clone());
    let present = present.unwrap_or_else(|| from.clone());
    renames.remove(&present);
    if present != *to {
        renames.insert(present, to.clone());
    }
}

/// The renames in an order in which no two columns have the same name: none of the new names is an old one, since that
/// would have ended the rebuild.
pub(super) fn in_order(renames: &BTreeMap<Name, Name>) -> Vec<(Name, Name)> {
    renames
        .iter()
        .map(|(from, to)| (from.clone(), to.clone()))
        .collect()
}

/// The operation in the names that the columns have while the table is rebuilt; none when it has an expression in
/// SQLite's own words.
pub(super) fn with_present_names(operation: &Operation, renames: &BTreeMap<Name, Name>) -> Option<Operation> {
    if renames.is_empty() {
        return Some(operation.clone());
    }
    let back: BTreeMap<&Name, &Name> = renames.iter().map(|(from, to)| (to, from)).collect();
    renamed(operation, &back)
}

/// The operation in the names that the columns have in the end.
pub(super) fn with_new_names(operation: &Operation, renames: &BTreeMap<Name, Name>) -> Operation {
    let forth: BTreeMap<&Name, &Name> = renames.iter().collect();
    renamed(operation, &forth).unwrap_or_else(|| operation.clone())
}

fn renamed(operation: &Operation, names: &BTreeMap<&Name, &Name>) -> Option<Operation> {
    let mut operation = operation.clone();
    match &mut operation {
        Operation::AddColumn {
            column, constraints, ..
        } => {
            if let Some(generated) = &mut column.generated {
                expression(&mut generated.expression, names)?;
            }
            for constraint in constraints {
                rename_in(constraint, names)?;
            }
        }
        Operation::AlterColumn { column, change, .. } => {
            name(column, names);
            if let ColumnChange::SetDefault(default) = change {
                expression(default, names)?;
            }
        }
        Operation::DropColumn { column, .. } | Operation::CommentOnColumn { column, .. } => {
            name(column, names);
        }
        Operation::AddConstraint { constraint, .. } => rename_in(constraint, names)?,
        _ => {}
    }
    Some(operation)
}

fn rename_in(constraint: &mut Constraint, names: &BTreeMap<&Name, &Name>) -> Option<()> {
    match constraint {
        Constraint::PrimaryKey(key) => key.columns.iter_mut().for_each(|column| name(column, names)),
        Constraint::Unique(unique) => unique.columns.iter_mut().for_each(|column| name(column, names)),
        Constraint::ForeignKey(key) => key.columns.iter_mut().for_each(|column| name(column, names)),
        Constraint::Check(check) => expression(&mut check.expression, names)?,
        _ => return None,
    }
    Some(())
}

fn name(name: &mut Name, names: &BTreeMap<&Name, &Name>) {
    if let Some(other) = names.get(name) {
        *name = Clone::clone(*other);
    }
}

/// All names in an expression of a table are its columns, but for the table itself before a dot.
fn expression(text: &mut Expression, names: &BTreeMap<&Name, &Name>) -> Option<()> {
    let Expression::Portable(TokenRun(pieces)) = text else {
        return None;
    };
    for at in 0..pieces.len() {
        let is_qualifier = matches!(pieces.get(at + 1), Some(Piece::Dot));
        if let (Some(Piece::Name(column)), false) = (pieces.get_mut(at), is_qualifier) {
            name(column, names);
        }
    }
    Some(())
}
