//! Types.

use limbeck_core::catalogue::Alteration;
use limbeck_core::catalogue::Change;

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
        "range" if replaced::is_used(change) => {
            let why = "a range type that columns have cannot be replaced: the functions that make ranges keep its name";
            return Alteration::Impossible(why.to_owned());
        }
        "range" => return Alteration::Anew,
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

/// A member of a type, or a constraint of a domain.
#[derive(Debug, PartialEq, Eq, serde::Deserialize)]
struct Member {
    name: String,
    definition: String,
    comment: String,
}

impl Member {
    fn sql(&self) -> String {
        quoted(&self.name)
    }

    fn all(text: &str) -> Option<Vec<Self>> {
        serde_json::from_str(text).ok()
    }

    fn find<'a>(list: &'a [Self], name: &str) -> Option<&'a Self> {
        list.iter().find(|member| member.name == name)
    }
}

/// The comments of members that stay or come, where they are not as they are to be.
fn comments(old: &[Member], new: &[Member], on: &dyn Fn(&str) -> String) -> Vec<String> {
    let changed = new.iter().filter(|member| {
        // What is dropped and added has no comment.
        let stays = Member::find(old, &member.name).filter(|old| old.definition == member.definition);
        stays.map_or("", |old| old.comment.as_str()) != member.comment
    });
    let text = |member: &Member| match member.comment.as_str() {
        "" => "NULL".to_owned(),
        comment => literal(comment),
    };
    changed
        .map(|member| format!("COMMENT ON {} IS {}", on(&member.sql()), text(member)))
        .collect()
}

/// ALTER DOMAIN, where the type below stays.
fn domain(change: &Change<'_>) -> Option<Vec<String>> {
    let (from, to) = (change.from, change.to);
    if noted(from, attribute::BASE) != noted(to, attribute::BASE) {
        return None;
    }
    let sql = noted(to, "sql");
    let alter = format!("ALTER DOMAIN {sql}");
    let mut statements = Vec::new();
    let old = Member::all(noted(from, attribute::MEMBERS))?;
    let new = Member::all(noted(to, attribute::MEMBERS))?;
    let is_in = |list: &[Member], member: &Member| {
        Member::find(list, &member.name).is_some_and(|other| other.definition == member.definition)
    };
    for member in old.iter().filter(|member| !is_in(&new, member)) {
        statements.push(format!("{alter} DROP CONSTRAINT {}", member.sql()));
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
    for member in new.iter().filter(|member| !is_in(&old, member)) {
        statements.push(format!(
            "{alter} ADD CONSTRAINT {} {}",
            member.sql(),
            member.definition
        ));
    }
    statements.extend(comments(&old, &new, &|name| {
        format!("CONSTRAINT {name} ON DOMAIN {sql}")
    }));
    Some(statements)
}

/// ALTER TYPE … ATTRIBUTE, where new members come at the end, and no column has a value with a member that changes.
fn composite(change: &Change<'_>) -> Option<Vec<String>> {
    let sql = noted(change.to, "sql");
    let old = Member::all(noted(change.from, attribute::MEMBERS))?;
    let new = Member::all(noted(change.to, attribute::MEMBERS))?;
    let stay = old
        .iter()
        .filter(|member| Member::find(&new, &member.name).is_some());
    let come = new
        .iter()
        .filter(|member| Member::find(&old, &member.name).is_none());
    let order = stay.chain(come).map(|member| &member.name);
    if !order.eq(new.iter().map(|member| &member.name)) {
        return None;
    }
    let mut actions = Vec::new();
    for member in &old {
        match Member::find(&new, &member.name) {
            None => actions.push(format!("DROP ATTRIBUTE {}", member.sql())),
            Some(wanted) if wanted.definition != member.definition => {
                if replaced::is_used(change) {
                    return None;
                }
                actions.push(format!(
                    "ALTER ATTRIBUTE {} TYPE {}",
                    member.sql(),
                    wanted.definition
                ));
            }
            Some(_) => {}
        }
    }
    for member in new
        .iter()
        .filter(|member| Member::find(&old, &member.name).is_none())
    {
        actions.push(format!("ADD ATTRIBUTE {} {}", member.sql(), member.definition));
    }
    let mut statements = Vec::new();
    if !actions.is_empty() {
        statements.push(format!("ALTER TYPE {sql} {}", actions.join(", ")));
    }
    statements.extend(comments(&old, &new, &|name| format!("COLUMN {sql}.{name}")));
    Some(statements)
}
