//! Changing columns that stay.

use super::plan::Plan;
use crate::operation::ColumnChange;
use crate::operation::Object;
use crate::operation::Operation;
use crate::schema::Column;

pub(super) fn take(plan: &mut Plan<'_>) {
    for (table, target) in plan.common_tables() {
        for wanted in &target.columns {
            let Some(column) = table.column(&wanted.name) else {
                continue;
            };
            for change in changes(column, wanted) {
                let operation = Operation::AlterColumn {
                    table: table.name.clone(),
                    column: column.name.clone(),
                    change,
                };
                plan.take(|| Object::column(&table.name, &column.name), &operation);
            }
        }
    }
}

/// The changes that make one column the other.
fn changes(column: &Column, wanted: &Column) -> Vec<ColumnChange> {
    let mut changes = Vec::new();
    let retyped = column.data_type != wanted.data_type;
    // A default of the old type may be none of the new one.
    let default_goes = column.default.is_some() && (retyped || wanted.default.is_none());
    if default_goes {
        changes.push(ColumnChange::DropDefault);
    }
    if retyped {
        changes.push(ColumnChange::SetType(wanted.data_type.clone()));
    }
    if let Some(default) = &wanted.default
        && (default_goes || column.default.as_ref() != Some(default))
    {
        changes.push(ColumnChange::SetDefault(default.clone()));
    }
    match (column.nullable, wanted.nullable) {
        (true, false) => changes.push(ColumnChange::SetNotNull),
        (false, true) => changes.push(ColumnChange::DropNotNull),
        _ => {}
    }
    changes
}
