//! How objects are changed.

mod columns;
mod keys;
mod narrowed;
mod positions;
mod table;

use limbeck_core::catalogue::Alteration;
use limbeck_core::catalogue::Change;
use limbeck_core::catalogue::Kind;

use super::check::NOT_ENFORCED;

/// How an object is changed that is different in two catalogues.
pub(crate) fn alter(change: &Change<'_>) -> Alteration {
    match change.to.id.kind {
        Kind::Table => table::alter(change),
        Kind::View => replaced(change, "CREATE ", "CREATE OR REPLACE "),
        Kind::Sequence => replaced(change, "CREATE SEQUENCE ", "ALTER SEQUENCE "),
        Kind::Constraint => check(change),
        _ => Alteration::Anew,
    }
}

/// By the statement that makes it, with other words at its beginning.
fn replaced(change: &Change<'_>, create: &str, alter: &str) -> Alteration {
    let statements = change.to.create.iter().map(|statement| {
        let rest = statement.strip_prefix(create).unwrap_or(statement);
        format!("{alter}{rest}")
    });
    Alteration::quiet(statements.collect())
}

/// A check is enforced or not without being made anew.
fn check(change: &Change<'_>) -> Alteration {
    let (Some(from), Some(to)) = (change.from.create.first(), change.to.create.first()) else {
        return Alteration::Anew;
    };
    let condition = |text: &str| text.strip_suffix(NOT_ENFORCED).unwrap_or(text).to_owned();
    let Some(table) = change.to.id.of.as_deref() else {
        return Alteration::Anew;
    };
    if condition(from) != condition(to) {
        return Alteration::Anew;
    }
    let enforced = match to.ends_with(NOT_ENFORCED) {
        true => "NOT ENFORCED",
        false => "ENFORCED",
    };
    let (table, name) = (
        super::text::quoted(table),
        super::text::quoted(&change.to.id.name),
    );
    Alteration::quiet(vec![format!("ALTER TABLE {table} ALTER CHECK {name} {enforced}")])
}
