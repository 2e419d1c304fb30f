//! What a revision gives another name to, and so does not drop.

use std::collections::BTreeMap;

use crate::engine::EngineError;
use crate::engine::Live;
use crate::engine::Migrator;
use crate::operation::Operation;
use crate::schema::Name;
use crate::schema::Schema;
use crate::script::Script;

/// The schema after the upgrade of a script, in which tables and columns with new names stand under their former ones too, as
/// far as portable SQL and operations in Rust tell them.
pub(super) fn with_former_names(
    after: &Live,
    migrator: &Migrator,
    script: &Script,
) -> Result<Schema, EngineError> {
    let mut former = FormerNames::default();
    for operation in migrator.upgrade_operations(script, after.dialect, after.version)? {
        former.follow(&operation);
    }
    Ok(former.added_to(after.schema.clone()))
}

/// Tables, and columns of these tables, by their new names.
#[derive(Default)]
struct FormerNames {
    tables: BTreeMap<Name, Name>,
    columns: BTreeMap<(Name, Name), Name>,
}

impl FormerNames {
    fn follow(&mut self, operation: &Operation) {
        match operation {
            Operation::RenameTable { from, to } => {
                let first = self.tables.remove(from).unwrap_or_else(|| from.clone());
                self.tables.insert(to.clone(), first);
                let moved: Vec<_> = self
                    .columns
                    .keys()
                    .filter(|(table, _)| table == from)
                    .cloned()
                    .collect();
                for (table, column) in moved {
                    if let Some(first) = self.columns.remove(&(table, column.clone())) {
                        self.columns.insert((to.clone(), column), first);
                    }
                }
            }
            Operation::RenameColumn { table, from, to } => {
                let first = self.columns.remove(&(table.clone(), from.clone()));
                let first = first.unwrap_or_else(|| from.clone());
                self.columns.insert((table.clone(), to.clone()), first);
            }
            _ => {}
        }
    }

    fn added_to(&self, mut schema: Schema) -> Schema {
        for ((table, column), first) in &self.columns {
            let Some(table) = schema.tables.get_mut(table) else {
                continue;
            };
            if let (Some(known), None) = (table.column(column), table.column(first)) {
                let mut known = known.clone();
                known.name = first.clone();
                table.columns.push(known);
            }
        }
        for (table, first) in &self.tables {
            if let (Some(known), None) = (schema.table(table), schema.table(first)) {
                let mut known = known.clone();
                known.name = first.clone();
                schema.tables.insert(first.clone(), known);
            }
        }
        schema
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Column;
    use crate::schema::DataType;
    use crate::schema::Table;

    fn name(text: &str) -> Name {
        Name::exact(text).unwrap()
    }

    #[test]
    fn what_was_renamed_stands_under_both_names() {
        let mut former = FormerNames::default();
        for operation in [
            Operation::RenameColumn {
                table: name("a"),
                from: name("x"),
                to: name("y"),
            },
            Operation::RenameTable {
                from: name("a"),
                to: name("b"),
            },
            Operation::RenameTable {
                from: name("b"),
                to: name("c"),
            },
        ] {
            former.follow(&operation);
        }
        let mut schema = Schema::new();
        let table = Table::new(name("c"), vec![Column::new(name("y"), DataType::Integer)]);
        schema.tables.insert(table.name.clone(), table);
        let schema = former.added_to(schema);
        let table = schema.table(&name("a")).unwrap();
        assert_eq!(table.name, name("a"));
        assert!(table.column(&name("x")).is_some());
        assert!(schema.table(&name("b")).is_none());
    }
}
