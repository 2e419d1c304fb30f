//! Tables: one statement, since a column that counts by itself cannot be without its key in between.

use limbeck_core::catalogue::Alteration;
use limbeck_core::catalogue::Change;
use limbeck_core::catalogue::Disturbed;
use limbeck_core::catalogue::Kind;
use limbeck_core::catalogue::Object;

use super::columns;
use super::keys;
use crate::catalogue::options::VERSIONING;
use crate::catalogue::text;
use crate::catalogue::text::quoted;

/// How a table is changed.
pub(super) fn alter(change: &Change<'_>) -> Alteration {
    let (from, to) = (change.from, change.to);
    let mut columns = columns::change(from, to);
    let keys = keys::change(from, to);
    let alter = format!("ALTER TABLE {}", quoted(&to.id.name));
    let mut clauses = Vec::new();
    let mut again = Vec::new();
    for part in parts_on(change, &columns.made_anew) {
        let clause = |statement: &String| statement.strip_prefix(&alter).map(|rest| rest.trim().to_owned());
        clauses.extend(part.drop.iter().filter_map(clause));
        again.extend(part.create.iter().filter_map(clause));
    }
    clauses.extend(keys.dropped);
    clauses.append(&mut columns.clauses);
    clauses.extend(again);
    clauses.extend(keys.added);
    let mut statement = match clauses.is_empty() {
        true => alter,
        false => format!("{alter} {}", clauses.join(", ")),
    };
    if let Some(partitions) = keys.partitions {
        statement.push(' ');
        statement.push_str(&partitions);
    }
    if from.attributes.contains_key(VERSIONING) {
        statement = format!("SET STATEMENT system_versioning_alter_history = KEEP FOR {statement}");
    }
    columns.disturbed.extend(keys.disturbed);
    columns.losses.extend(keys.losses);
    Alteration::InPlace {
        statements: vec![statement],
        disturbed: Disturbed::Columns(columns.disturbed),
        losses: columns.losses,
    }
}

/// The indexes and checks that stay as they are, of columns that go for a moment: the engines drop or keep them with those.
fn parts_on<'a>(change: &Change<'a>, columns: &std::collections::BTreeSet<String>) -> Vec<&'a Object> {
    if columns.is_empty() {
        return Vec::new();
    }
    let parts = change.before.objects().filter(|object| {
        let is_part = object.part_of.as_ref() == Some(&change.from.id);
        is_part && matches!(object.id.kind, Kind::Index | Kind::Constraint)
    });
    let staying = parts.filter(|object| {
        let after = change.after.get(&object.id);
        after.is_some_and(|after| after.is_made_like(object))
    });
    staying
        .filter(|object| {
            let mut statements = object.create.iter();
            statements.any(|statement| columns.iter().any(|column| text::mentions(statement, column)))
        })
        .collect()
}
