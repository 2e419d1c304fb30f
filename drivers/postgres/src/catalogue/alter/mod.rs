//! How an object becomes another one where it is.

mod cast;
mod column;
mod extension;
mod identity;
mod inherited;
mod kind;
mod parents;
mod replaced;
mod table;
mod view;

use limbeck_core::catalogue::Alteration;
use limbeck_core::catalogue::Change;
use limbeck_core::catalogue::Kind;
use limbeck_core::catalogue::Object;
use limbeck_core::dialect::Version;

/// How an object that is in two catalogues of a server becomes what it is in the other one.
pub(crate) fn alter(change: &Change<'_>, server: &Version) -> Alteration {
    match change.to.id.kind {
        Kind::Extension => extension::alter(change),
        Kind::Type => kind::alter(change),
        Kind::Sequence => sequence(change),
        Kind::Function | Kind::Procedure => function(change),
        Kind::Table => table::alter(change, server),
        Kind::View => view::alter(change),
        Kind::MaterializedView => Alteration::Anew,
        Kind::Policy => policy(change),
        _ => Alteration::Anew,
    }
}

/// What a reader has noted about an object.
fn noted<'a>(object: &'a Object, name: &str) -> &'a str {
    object.attributes.get(name).map_or("", String::as_str)
}

fn sequence(change: &Change<'_>) -> Alteration {
    let (sql, options) = (noted(change.to, "sql"), noted(change.to, "options"));
    Alteration::quiet(vec![format!("ALTER SEQUENCE {sql} {options}")])
}

/// CREATE OR REPLACE, which keeps the names of the arguments, the result, and that a default is there.
fn function(change: &Change<'_>) -> Alteration {
    let Change { from, to, .. } = change;
    let defaults = |object| noted(object, "defaults").parse::<u32>().unwrap_or_default();
    let fixed = noted(to, "fixed");
    match !fixed.is_empty() && fixed == noted(from, "fixed") && defaults(from) <= defaults(to) {
        true => Alteration::quiet(to.create.clone()),
        false => Alteration::Anew,
    }
}

/// ALTER POLICY, which changes roles and conditions, and not for which statements a policy is.
fn policy(change: &Change<'_>) -> Alteration {
    match noted(change.from, "fixed") == noted(change.to, "fixed") {
        true => Alteration::quiet(vec![noted(change.to, "alter").to_owned()]),
        false => Alteration::Anew,
    }
}
