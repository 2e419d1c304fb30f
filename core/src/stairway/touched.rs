//! Which tables a step has to do with.

use std::collections::BTreeSet;

use crate::catalogue::Kind;
use crate::engine::Live;
use crate::schema::Name;
use crate::schema::ReferentialAction;
use crate::schema::Schema;
use crate::script::Script;

/// The tables that a step has changed.
pub(super) fn touched(before: &Live, after: &Live) -> BTreeSet<Name> {
    let mut touched: BTreeSet<Name> = BTreeSet::new();
    for (name, table) in &after.schema.tables {
        if before.schema.table(name) != Some(table) {
            touched.insert(name.clone());
        }
    }
    if let (Some(old), Some(new)) = (&before.catalogue, &after.catalogue) {
        let changed = new.objects().filter(|object| {
            let was = old.get(&object.id);
            was.is_none_or(|was| !was.is_made_like(object) || was.settings != object.settings)
        });
        for object in changed {
            let whole = object.part_of.as_ref().unwrap_or(&object.id);
            let named = after
                .schema
                .tables
                .keys()
                .find(|name| name.as_str() == whole.name);
            touched.extend(named.cloned());
        }
    }
    touched
}

/// The tables whose rows a step may change: those that its file names, and what refers to them with an action. Of code, of
/// triggers and of programs in the database nobody knows, so there it is all.
pub(super) fn watched(script: &Script, live: &Live) -> BTreeSet<Name> {
    let text = script.file().text().to_lowercase();
    let programs = ["call", "do", "execute", "perform"];
    let mut words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    let has_triggers = live.catalogue.as_ref().is_some_and(|catalogue| {
        let mut objects = catalogue.objects();
        objects.any(|object| matches!(object.id.kind, Kind::Trigger | Kind::Rule))
    });
    let is_all = script.is_rust() || has_triggers || words.any(|word| programs.contains(&word));
    let names = live.schema.tables.keys();
    let named = names.filter(|name| is_all || text.contains(&name.as_str().to_lowercase()));
    let mut watched: BTreeSet<Name> = named.cloned().collect();
    while let Some(next) = follower(&live.schema, &watched) {
        watched.insert(next);
    }
    watched
}

/// A table that is not among these and whose rows follow those of one that is.
fn follower(schema: &Schema, among: &BTreeSet<Name>) -> Option<Name> {
    let follows = |action| !matches!(action, ReferentialAction::NoAction | ReferentialAction::Restrict);
    let mut tables = schema
        .tables
        .values()
        .filter(|table| !among.contains(&table.name));
    let table = tables.find(|table| {
        let mut keys = table.foreign_keys.iter();
        keys.any(|key| {
            among.contains(&key.referenced_table) && (follows(key.on_delete) || follows(key.on_update))
        })
    });
    table.map(|table| table.name.clone())
}

/// What the downgrade leaves, without the columns to which the upgrade has given another type: values that only the new
/// one has cannot come back.
pub(super) fn of_old_types(back: &Schema, after: &Schema) -> Schema {
    let mut kept = back.clone();
    for table in kept.tables.values_mut() {
        let new = after.table(&table.name);
        table.columns.retain(|column| {
            let new = new.and_then(|new| new.column(&column.name));
            new.is_some_and(|new| new.data_type == column.data_type)
        });
    }
    kept
}
