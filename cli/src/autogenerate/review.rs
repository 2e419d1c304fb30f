//! What somebody should look at before a revision runs.

use limbeck_core::operation::ColumnChange;
use limbeck_core::operation::Operation;
use limbeck_core::schema::Column;
use limbeck_core::schema::Constraint;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Name;
use limbeck_core::schema::Schema;

/// What rows may contradict, or what takes long with many of them.
pub(super) fn to_check(operation: &Operation, before: &Schema) -> Option<String> {
    match operation {
        Operation::AddColumn { table, column, .. } if needs_value(column) => Some(format!(
            "{table}.{}: rows that are there get no value; give it a default",
            column.name
        )),
        Operation::AlterColumn {
            table,
            column,
            change: ColumnChange::SetNotNull,
        } => Some(format!("{table}.{column}: no row is NULL")),
        Operation::AlterColumn {
            table,
            column,
            change: ColumnChange::SetType(data_type),
        } if !is_wider(before, table, column, data_type) => Some(format!(
            "{table}.{column}: each value fits the new type; the table may be written anew"
        )),
        Operation::AddConstraint { table, constraint } => Some(match constraint {
            Constraint::ForeignKey(key) => {
                format!(
                    "{}: each row of {table} has its row in {}",
                    key.name, key.referenced_table
                )
            }
            other => format!("{}: the rows of {table} keep to it", other.name()),
        }),
        Operation::CreateIndex { table, index } if index.unique => {
            Some(format!("{}: no two rows of {table} are equal", index.name))
        }
        Operation::CreateIndex { table, index } => Some(format!(
            "{}: building it keeps writers of {table} waiting",
            index.name
        )),
        _ => None,
    }
}

/// Whether rows that are there would need a value of a new column that nobody gives.
fn needs_value(column: &Column) -> bool {
    !column.nullable && column.default.is_none() && !column.identity && column.generated.is_none()
}

/// Whether each value of the old type is one of the new type.
fn is_wider(before: &Schema, table: &Name, column: &Name, new: &DataType) -> bool {
    let old = before.tables.get(table).and_then(|table| table.column(column));
    let Some(old) = old else {
        return false;
    };
    let rank = |data_type: &DataType| match data_type.base() {
        DataType::SmallInt => Some(1),
        DataType::Integer => Some(2),
        DataType::BigInt => Some(3),
        _ => None,
    };
    match (old.data_type.base(), new.base()) {
        (DataType::Varchar { length: old }, DataType::Varchar { length: new }) => old <= new,
        (DataType::Varchar { .. }, DataType::Text) => true,
        (
            DataType::Numeric { precision, scale },
            DataType::Numeric {
                precision: wider,
                scale: finer,
            },
        ) => scale <= finer && precision.saturating_sub(*scale) <= wider.saturating_sub(*finer),
        (old, new) => matches!((rank(old), rank(new)), (Some(old), Some(new)) if old <= new),
    }
}
