//! What an operation says, in the words of a schema that says the same thing otherwise.

use limbeck_core::operation::ColumnChange;
use limbeck_core::operation::Operation;
use limbeck_core::schema::Constraint;
use limbeck_core::schema::Schema;
use limbeck_core::schema::Table;

/// Puts into an operation what a schema says of the same thing: the engine's words say less than portable SQL.
pub(crate) fn in_words_of(schema: &Schema, operation: &mut Operation) {
    match operation {
        Operation::CreateTable(table) => create_table(schema, table),
        Operation::AddColumn { table, column, .. } => {
            if let Some(portable) = schema.table(table).and_then(|table| table.column(&column.name)) {
                *column = portable.clone();
                column.comment = None;
            }
        }
        Operation::AlterColumn {
            table,
            column,
            change,
        } => {
            let portable = schema.table(table).and_then(|table| table.column(column));
            match (change, portable) {
                (ColumnChange::SetType(data_type), Some(portable)) => *data_type = portable.data_type.clone(),
                (ColumnChange::SetDefault(default), Some(portable)) => {
                    if let Some(portable) = &portable.default {
                        *default = portable.clone();
                    }
                }
                _ => {}
            }
        }
        Operation::AddConstraint { table, constraint } => {
            let checks = schema.table(table).map(|table| table.checks.as_slice());
            let mut checks = checks.unwrap_or_default().iter();
            if let Some(check) = checks.find(|check| check.name == *constraint.name()) {
                *constraint = Constraint::Check(check.clone());
            }
        }
        Operation::CreateIndex { index, .. } => {
            if let Some((_, portable)) = schema.index(&index.name) {
                *index = portable.clone();
            }
        }
        Operation::CreateView(view) => {
            if let Some(portable) = schema.views.get(&view.name) {
                *view = portable.clone();
            }
        }
        _ => {}
    }
}

/// Indexes and comments are operations of their own, and in a circle so are foreign keys.
fn create_table(schema: &Schema, table: &mut Table) {
    let Some(portable) = schema.table(&table.name) else {
        return;
    };
    let mut portable = portable.clone();
    portable.indexes.clear();
    portable.comment = None;
    for column in &mut portable.columns {
        column.comment = None;
    }
    let keys = &table.foreign_keys;
    portable
        .foreign_keys
        .retain(|key| keys.iter().any(|other| other.name == key.name));
    *table = portable;
}
