//! Types.

use limbeck_core::catalogue::Alteration;
use limbeck_core::catalogue::Change;
use limbeck_core::catalogue::Kind;

use super::noted;
use super::replaced;
use crate::catalogue::attribute::kind as attribute;
use crate::catalogue::entry::literal;
use crate::catalogue::entry::quoted;

pub(super) fn alter(change: &Change<'_>) -> Alteration {
    let kind = noted(change.to, attribute::KIND);
    if kind != noted(change.from, attribute::KIND) {
        return replaced::replace(change);
    }
    let statements = match kind {
        "enum" => enumeration(change),
        "domain" => domain(change),
        "composite" => composite(change),
        _ => None,
    };
    match statements {
        Some(statements) => Alteration::quiet(statements),
        None => replaced::replace(change),
    }
}

/// ADD VALUE, where no value goes and none moves.
fn enumeration(change: &Change<'_>) -> Option<Vec<String>> {
    let values = |text: &str| serde_json::from_str::<Vec<String>>(text).ok();
    let from = values(noted(change.from, attribute::VALUES))?;
    let to = values(noted(change.to, attribute::VALUES))?;
    let stay: Vec<&String> = to.iter().filter(|value| from.contains(value)).collect();
    if stay != from.iter().collect::<Vec<_>>() {
        return None;
    }
    let alter = format!("ALTER TYPE {} ADD VALUE", noted(change.to, "sql"));
    let mut statements = Vec::new();
    let mut before: Option<&String> = None;
    for (at, value) in to.iter().enumerate() {
        if !from.contains(value) {
            let is_last = to.iter().skip(at).all(|later| !from.contains(later));
            let place = match (before, from.first()) {
                _ if is_last => String::new(),
                (Some(before), _) => format!(" AFTER {}", literal(before)),
                (None, Some(first)) => format!(" BEFORE {}", literal(first)),
                (None, None) => String::new(),
            };
            statements.push(format!("{alter} {}{place}", literal(value)));
        }
        before = Some(value);
    }
    Some(statements)
}

/// The members of a type: names and what stands after them.
fn members(text: &str) -> Option<Vec<[String; 2]>> {
    serde_json::from_str(text).ok()
}

/// ALTER DOMAIN, where the type below stays.
fn domain(change: &Change<'_>) -> Option<Vec<String>> {
    let (from, to) = (change.from, change.to);
    if noted(from, attribute::BASE) != noted(to, attribute::BASE) {
        return None;
    }
    let alter = format!("ALTER DOMAIN {}", noted(to, "sql"));
    let mut statements = Vec::new();
    let old = members(noted(from, attribute::MEMBERS))?;
    let new = members(noted(to, attribute::MEMBERS))?;
    for member @ [name, _] in &old {
        if !new.contains(member) {
            statements.push(format!("{alter} DROP CONSTRAINT {}", quoted(name)));
        }
    }
    match (noted(from, attribute::DEFAULT), noted(to, attribute::DEFAULT)) {
        (old, new) if old == new => {}
        (_, "") => statements.push(format!("{alter} DROP DEFAULT")),
        (_, new) => statements.push(format!("{alter} SET DEFAULT {new}")),
    }
    match (noted(from, attribute::NOT_NULL), noted(to, attribute::NOT_NULL)) {
        (old, new) if old == new => {}
        (_, "") => statements.push(format!("{alter} DROP NOT NULL")),
        _ => statements.push(format!("{alter} SET NOT NULL")),
    }
    for member @ [name, definition] in &new {
        if !old.contains(member) {
            statements.push(format!("{alter} ADD CONSTRAINT {} {definition}", quoted(name)));
        }
    }
    // Comments on constraints follow the one that makes the domain.
    let comments = to.create.iter().filter(|sql| sql.starts_with("COMMENT ON "));
    statements.extend(comments.filter(|sql| !from.create.contains(sql)).cloned());
    Some(statements)
}

/// ALTER TYPE … ATTRIBUTE, where new members come at the end, and no column has a value with a member that changes.
fn composite(change: &Change<'_>) -> Option<Vec<String>> {
    let old = members(noted(change.from, attribute::MEMBERS))?;
    let new = members(noted(change.to, attribute::MEMBERS))?;
    let named = |list: &[[String; 2]], name: &str| list.iter().any(|[other, _]| other == name);
    let stay = old.iter().filter(|[name, _]| named(&new, name));
    let come = new.iter().filter(|[name, _]| !named(&old, name));
    let order = stay.chain(come).map(|[name, _]| name);
    if !order.eq(new.iter().map(|[name, _]| name)) {
        return None;
    }
    let is_used = change.before.objects().any(|object| {
        object.id.kind == Kind::Table && object.needs.iter().any(|need| need.object == change.from.id)
    });
    let mut actions = Vec::new();
    for [name, definition] in &old {
        let name_sql = quoted(name);
        match new.iter().find(|[other, _]| other == name) {
            None => actions.push(format!("DROP ATTRIBUTE {name_sql}")),
            Some([_, wanted]) if wanted != definition => {
                if is_used {
                    return None;
                }
                actions.push(format!("ALTER ATTRIBUTE {name_sql} TYPE {wanted}"));
            }
            Some(_) => {}
        }
    }
    for [name, definition] in new.iter().filter(|[name, _]| !named(&old, name)) {
        actions.push(format!("ADD ATTRIBUTE {} {definition}", quoted(name)));
    }
    Some(vec![format!(
        "ALTER TYPE {} {}",
        noted(change.to, "sql"),
        actions.join(", ")
    )])
}
