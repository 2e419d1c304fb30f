//! Tables above: what a table inherits from, or is a partition of.

use limbeck_core::catalogue::Catalogue;
use limbeck_core::catalogue::Change;
use limbeck_core::catalogue::Kind;
use limbeck_core::catalogue::Object;

use super::inherited;
use super::noted;
use crate::catalogue::attribute;
use crate::catalogue::entry::quoted;

/// The tables above of which a table leaves, and which it joins, each as SQL.
struct Parents<'a> {
    gone: Vec<&'a str>,
    come: Vec<&'a str>,
}

impl<'a> Parents<'a> {
    fn of(change: &Change<'a>) -> Self {
        let old = names(noted(change.from, attribute::PARENTS));
        let new = names(noted(change.to, attribute::PARENTS));
        let same_rows = noted(change.from, attribute::BOUND) == noted(change.to, attribute::BOUND);
        let without = |list: &[&'a str], other: &[&'a str]| -> Vec<&'a str> {
            let list = list.iter().filter(|name| !(same_rows && other.contains(*name)));
            list.copied().collect()
        };
        Self {
            gone: without(&old, &new),
            come: without(&new, &old),
        }
    }
}

/// Leaves the tables above that are no longer to be there, with their checks.
pub(super) fn leave(change: &Change<'_>) -> Vec<String> {
    let table = noted(change.to, attribute::TABLE);
    let is_partition = !noted(change.from, attribute::BOUND).is_empty();
    let mut statements = Vec::new();
    for parent in Parents::of(change).gone {
        statements.push(match is_partition {
            true => format!("ALTER TABLE {parent} DETACH PARTITION {table}"),
            false => format!("ALTER TABLE {table} NO INHERIT {parent}"),
        });
        for (name, _) in checks(parent, change.from, change.before) {
            statements.push(format!("ALTER TABLE {table} DROP CONSTRAINT {}", quoted(name)));
        }
    }
    statements
}

/// Joins the tables above that it did not have, with their checks.
pub(super) fn join(change: &Change<'_>) -> Vec<String> {
    let table = noted(change.to, attribute::TABLE);
    let bound = noted(change.to, attribute::BOUND);
    let mut statements = Vec::new();
    for parent in Parents::of(change).come {
        for (name, definition) in checks(parent, change.to, change.after) {
            let name = quoted(name);
            statements.push(format!("ALTER TABLE {table} ADD CONSTRAINT {name} {definition}"));
        }
        statements.push(match bound {
            "" => format!("ALTER TABLE {table} INHERIT {parent}"),
            bound => format!("ALTER TABLE {parent} ATTACH PARTITION {table} {bound}"),
        });
    }
    statements
}

/// The checks of a table above that those below have, by name.
fn checks<'a>(parent: &str, table: &'a Object, catalogue: &'a Catalogue) -> Vec<(&'a str, &'a str)> {
    let parents = inherited::parents(table, catalogue);
    let Some(parent) = parents
        .into_iter()
        .find(|other| noted(other, attribute::TABLE) == parent)
    else {
        return Vec::new();
    };
    let parts = catalogue
        .objects()
        .filter(|object| object.id.kind == Kind::Constraint && object.part_of.as_ref() == Some(&parent.id));
    let checks = parts.map(|part| (part.id.name.as_str(), noted(part, attribute::INHERITABLE)));
    checks.filter(|(_, definition)| !definition.is_empty()).collect()
}

fn names(list: &str) -> Vec<&str> {
    list.lines().collect()
}
