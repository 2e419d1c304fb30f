//! What foreign keys refer to.

use std::collections::BTreeMap;

use limbeck_core::schema::Name;
use limbeck_core::schema::Schema;
use limbeck_core::schema::Table;

use crate::text::spelling::spelt_as;

/// Spells what keys refer to as it is spelt where it is defined, and names the primary key where a key names no columns,
/// for all tables that were read.
pub(super) fn resolve(schema: &mut Schema) {
    let targets: BTreeMap<String, Target> = schema
        .tables
        .values()
        .map(|table| (table.name.as_str().to_ascii_lowercase(), Target::of(table)))
        .collect();
    let keys = schema
        .tables
        .values_mut()
        .flat_map(|table| &mut table.foreign_keys);
    for key in keys {
        let Some(target) = targets.get(&key.referenced_table.as_str().to_ascii_lowercase()) else {
            continue;
        };
        key.referenced_table = target.name.clone();
        if key.referenced_columns.is_empty() {
            key.referenced_columns.clone_from(&target.primary_key);
        }
        for column in &mut key.referenced_columns {
            *column = spelt_as(column, &target.columns);
        }
    }
}

/// What of a table keys can refer to.
struct Target {
    name: Name,
    columns: Vec<Name>,
    primary_key: Vec<Name>,
}

impl Target {
    fn of(table: &Table) -> Self {
        let primary_key = table.primary_key.as_ref();
        Self {
            name: table.name.clone(),
            columns: table.columns.iter().map(|column| column.name.clone()).collect(),
            primary_key: primary_key.map(|key| key.columns.clone()).unwrap_or_default(),
        }
    }
}
