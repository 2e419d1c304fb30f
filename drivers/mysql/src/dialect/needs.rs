//! What must be known of the schema to write an operation.

use limbeck_core::dialect::Needs;
use limbeck_core::operation::ColumnChange;
use limbeck_core::operation::Operation;
use limbeck_core::schema::Constraint;
use limbeck_core::schema::ForeignKey;

/// A part of a definition cannot be changed alone, DROP has a word for each kind of constraint, and an index is found by
/// its table.
pub(super) fn of(operation: &Operation) -> Needs {
    match operation {
        // A foreign key of any table may lead to the column.
        Operation::AlterColumn {
            change: ColumnChange::AddIdentity | ColumnChange::DropIdentity,
            ..
        } => Needs::Everything,
        Operation::DropColumn { table, .. }
        | Operation::AlterColumn { table, .. }
        | Operation::DropConstraint { table, .. }
        | Operation::CommentOnColumn { table, .. }
        | Operation::AddConstraint {
            table,
            constraint: Constraint::PrimaryKey(_) | Constraint::Unique(_),
        } => Needs::Table(table.clone()),
        // How long a key may be.
        Operation::CreateIndex { table, .. } => Needs::ToRefuse(table.clone()),
        // What reads the old name is written anew, or would stay behind broken.
        Operation::RenameTable { .. }
        | Operation::RenameColumn { .. }
        | Operation::DropIndex { .. }
        | Operation::DropTable { .. }
        | Operation::DropView { .. } => Needs::Everything,
        Operation::RenameConstraint { table, .. } => Needs::Table(table.clone()),
        Operation::CreateTable(table) => {
            let keys = table.foreign_keys.iter();
            references(keys.filter(|key| key.referenced_table != table.name))
        }
        Operation::AddColumn { constraints, .. } => references(constraints.iter().filter_map(foreign_key)),
        Operation::AddConstraint { constraint, .. } => references(foreign_key(constraint).into_iter()),
        _ => Needs::Nothing,
    }
}

fn foreign_key(constraint: &Constraint) -> Option<&ForeignKey> {
    match constraint {
        Constraint::ForeignKey(key) => Some(key),
        _ => None,
    }
}

/// The tables whose primary keys stand behind REFERENCES.
fn references<'a>(keys: impl Iterator<Item = &'a ForeignKey>) -> Needs {
    let mut tables: Vec<_> = keys
        .filter(|key| key.referenced_columns.is_empty())
        .map(|key| &key.referenced_table)
        .collect();
    tables.dedup();
    match tables.as_slice() {
        [] => Needs::Nothing,
        [table] => Needs::Table(Clone::clone(*table)),
        _ => Needs::Everything,
    }
}
