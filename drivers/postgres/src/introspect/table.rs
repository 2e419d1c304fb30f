//! Tables.

use std::collections::BTreeMap;

use limbeck_core::schema::Check;
use limbeck_core::schema::Column;
use limbeck_core::schema::Deferrable;
use limbeck_core::schema::ForeignKey;
use limbeck_core::schema::Generated;
use limbeck_core::schema::Name;
use limbeck_core::schema::PrimaryKey;
use limbeck_core::schema::ReferentialAction;
use limbeck_core::schema::Storage;
use limbeck_core::schema::Table;
use limbeck_core::schema::Unique;

use super::catalogue::ColumnEntry;
use super::catalogue::Computed;
use super::catalogue::ConstraintEntry;
use super::catalogue::ConstraintKind;
use super::catalogue::Relation;
use super::data_type;
use super::expression;
use super::expression::Columns;
use super::implied;
use super::index;

/// The table with its indexes.
pub(super) fn read(relation: Relation) -> Table {
    let names: BTreeMap<i64, Name> = relation
        .columns
        .iter()
        .map(|(number, entry)| (*number, entry.name.clone()))
        .collect();
    let entries = relation.columns.values();
    let columns = Columns::of(entries.map(|entry| (&entry.name, entry.data_type.as_str())));
    let read = relation
        .columns
        .into_values()
        .map(|entry| column(entry, &columns));
    let mut table = Table::new(relation.entry.name, read.collect());
    table.comment = relation.entry.comment;
    for entry in relation.constraints.into_values() {
        let numbers = entry.columns.iter().flatten();
        let key = numbers.filter_map(|number| names.get(number).cloned()).collect();
        place(&mut table, entry, key, &columns);
    }
    implied::fold(&mut table);
    let indexes = relation.indexes.into_values();
    table.indexes = indexes
        .map(|(entry, keys)| index::read(entry, keys.into_values(), &columns))
        .collect();
    table
}

fn column(entry: ColumnEntry, columns: &Columns) -> Column {
    let data_type = data_type::read(&entry.data_type, entry.collation.as_deref());
    let mut column = Column::new(entry.name, data_type);
    column.nullable = !entry.not_null;
    column.identity = entry.identity;
    column.comment = entry.comment;
    match (entry.default, entry.generated) {
        (Some(text), Some(computed)) => {
            let storage = match computed {
                Computed::Stored => Storage::Stored,
                Computed::Virtual => Storage::Virtual,
            };
            column.generated = Some(Generated::new(expression::read(&text, columns), storage));
        }
        (Some(text), None) => column.default = expression::default(&text, &entry.data_type),
        (None, _) => {}
    }
    column
}

fn place(table: &mut Table, entry: ConstraintEntry, key: Vec<Name>, columns: &Columns) {
    match entry.kind {
        ConstraintKind::PrimaryKey => {
            table.primary_key = Some(PrimaryKey::new(entry.name, key));
        }
        ConstraintKind::Unique => {
            let mut unique = Unique::new(entry.name, key);
            unique.nulls_not_distinct = entry.nulls_not_distinct;
            table.uniques.push(unique);
        }
        ConstraintKind::ForeignKey => table.foreign_keys.extend(foreign_key(entry, key)),
        ConstraintKind::Check => {
            let expression = entry.expression.map(|text| expression::read(&text, columns));
            let check = expression.map(|expression| Check::new(entry.name, expression));
            table.checks.extend(check);
        }
    }
}

fn foreign_key(entry: ConstraintEntry, columns: Vec<Name>) -> Option<ForeignKey> {
    let mut key = ForeignKey::new(
        entry.name,
        columns,
        entry.table?,
        entry.referenced.unwrap_or_default(),
    );
    key.on_delete = action(entry.on_delete.as_deref());
    key.on_update = action(entry.on_update.as_deref());
    key.deferrable = match (entry.deferrable, entry.deferred) {
        (false, _) => Deferrable::No,
        (true, false) => Deferrable::InitiallyImmediate,
        (true, true) => Deferrable::InitiallyDeferred,
    };
    Some(key)
}

fn action(letter: Option<&str>) -> ReferentialAction {
    match letter {
        Some("r") => ReferentialAction::Restrict,
        Some("c") => ReferentialAction::Cascade,
        Some("n") => ReferentialAction::SetNull,
        Some("d") => ReferentialAction::SetDefault,
        _ => ReferentialAction::NoAction,
    }
}
