//! What an operation makes of the engine's own texts.

use crate::operation::Operation;
use crate::schema::Name;
use crate::schema::NativeDdl;
use crate::schema::Schema;
use crate::schema::Table;

/// Forgets the texts that are not true any more. A new name may stand in the text of any table.
pub(super) fn forget(schema: &mut Schema, operation: &Operation) {
    match operation {
        Operation::RenameTable { .. } | Operation::RenameColumn { .. } => {
            schema.tables.values_mut().for_each(forget_one);
        }
        // Which table had the index is not known any more.
        Operation::DropIndex { index } => schema
            .tables
            .values_mut()
            .filter(|table| {
                matches!(
                    &table.native_ddl,
                    Some(NativeDdl::Known { dependents, .. })
                        if dependents.iter().any(|text| text.contains(index.as_str()))
                )
            })
            .for_each(forget_one),
        Operation::CreateIndex { table, .. } => forget_named(schema, table),
        other => {
            if let Some(table) = other.altered_table() {
                forget_named(schema, table);
            }
        }
    }
}

fn forget_named(schema: &mut Schema, table: &Name) {
    if let Some(table) = schema.tables.get_mut(table) {
        forget_one(table);
    }
}

fn forget_one(table: &mut Table) {
    if let Some(native) = &mut table.native_ddl {
        *native = NativeDdl::Stale;
    }
}
