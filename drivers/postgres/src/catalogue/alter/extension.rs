//! Extensions.

use limbeck_core::catalogue::Alteration;
use limbeck_core::catalogue::Change;

use super::noted;
use crate::catalogue::entry::literal;

/// A newer version and another schema come in place; an extension has no way back to an older version.
pub(super) fn alter(change: &Change<'_>) -> Alteration {
    let (from, to) = (change.from, change.to);
    let alter = format!("ALTER EXTENSION {}", noted(to, "sql"));
    let mut statements = Vec::new();
    let (old, new) = (noted(from, "version"), noted(to, "version"));
    if old != new {
        if numbers(old) > numbers(new) {
            return Alteration::Anew;
        }
        statements.push(format!("{alter} UPDATE TO {}", literal(new)));
    }
    let schema = noted(to, "schema");
    if noted(from, "schema") != schema {
        if noted(to, "relocatable") != "true" {
            return Alteration::Anew;
        }
        statements.push(format!("{alter} SET SCHEMA {schema}"));
    }
    Alteration::quiet(statements)
}

/// The numbers of a version, from left to right.
fn numbers(version: &str) -> Vec<u64> {
    let numbers = version.split(|c: char| !c.is_ascii_digit());
    numbers.filter_map(|number| number.parse().ok()).collect()
}
