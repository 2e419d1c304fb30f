//! Columns that come, go, change and move.

use std::collections::BTreeSet;

use limbeck_core::catalogue::ColumnText;
use limbeck_core::catalogue::Object;

use super::narrowed::loses;
use super::positions;
use crate::catalogue::column::GENERATED;
use crate::catalogue::column::TYPE;
use crate::catalogue::text;
use crate::catalogue::text::quoted;

/// What is done to the columns of a table.
#[derive(Default)]
pub(super) struct Columns {
    /// The clauses of ALTER TABLE.
    pub(super) clauses: Vec<String>,
    /// Those that a foreign key cannot be on meanwhile.
    pub(super) disturbed: BTreeSet<String>,
    /// Those that go for a moment and come again, of the same name.
    pub(super) made_anew: BTreeSet<String>,
    /// What is lost, in words.
    pub(super) losses: Vec<String>,
}

/// What leads from the columns of one to those of the other.
pub(super) fn change(from: &Object, to: &Object) -> Columns {
    let mut found = Columns::default();
    let kept = kept(from, to);
    let in_old_order = from
        .columns
        .iter()
        .filter_map(|old| kept.iter().find(|(kept, _)| kept.name == old.name))
        .map(|(_, wanted)| wanted.name.as_str());
    let in_new_order: Vec<&str> = kept.iter().map(|(_, wanted)| wanted.name.as_str()).collect();
    let moved = positions::moved(&in_old_order.collect::<Vec<_>>(), &in_new_order);
    for old in &from.columns {
        if !kept.iter().any(|(kept, _)| kept.name == old.name) {
            found.take_away(old, to);
        }
    }
    let last_kept = to
        .columns
        .iter()
        .rposition(|column| in_new_order.contains(&column.name.as_str()));
    let mut before: Option<&ColumnText> = None;
    for (position, wanted) in to.columns.iter().enumerate() {
        let place = before.map_or("FIRST".to_owned(), |before| {
            format!("AFTER {}", quoted(&before.name))
        });
        let old = kept
            .iter()
            .find(|(_, kept)| kept.name == wanted.name)
            .map(|(old, _)| *old);
        match old {
            Some(old) => {
                let place = Some(place).filter(|_| moved.contains(wanted.name.as_str()));
                found.modify(old, wanted, place.as_deref());
            }
            None => {
                let is_behind_all = last_kept.is_none_or(|last| position > last);
                found.add(wanted, Some(place).filter(|_| !is_behind_all).as_deref());
            }
        }
        before = Some(wanted);
    }
    found
}

/// The columns that stay, as they are and as they are to be.
fn kept<'a>(from: &'a Object, to: &'a Object) -> Vec<(&'a ColumnText, &'a ColumnText)> {
    let mut kept: Vec<(&ColumnText, &ColumnText)> = to
        .columns
        .iter()
        .filter_map(|wanted| Some((counterpart(from, to, wanted)?, wanted)))
        .filter(|(old, wanted)| kept_as(old) == kept_as(wanted) || becomes_plain(old, wanted))
        .collect();
    // What is generated from a column cannot be there while that is not.
    loop {
        let stays = |name: &str| kept.iter().any(|(old, _)| old.name == name);
        let gone: Vec<&str> = from
            .columns
            .iter()
            .map(|column| column.name.as_str())
            .filter(|name| !stays(name))
            .collect();
        let reached = kept.iter().position(|(old, wanted)| {
            let is_generated = kept_as(old).is_some() && kept_as(wanted).is_some();
            is_generated && gone.iter().any(|name| text::mentions(&old.definition, name))
        });
        match reached {
            Some(reached) => drop(kept.remove(reached)),
            None => return kept,
        }
    }
}

/// The column as it is, also when only the case of its letters changes: both names mean the same to the engines.
fn counterpart<'a>(from: &'a Object, to: &Object, wanted: &ColumnText) -> Option<&'a ColumnText> {
    let lower = wanted.name.to_lowercase();
    let other =
        |column: &&ColumnText| column.name.to_lowercase() == lower && to.column(&column.name).is_none();
    from.column(&wanted.name)
        .or_else(|| from.columns.iter().find(other))
}

fn attribute<'a>(column: &'a ColumnText, name: &str) -> Option<&'a str> {
    column.attributes.get(name).map(String::as_str)
}

/// How the values are kept: no engine changes that in place.
fn kept_as(column: &ColumnText) -> Option<&str> {
    attribute(column, GENERATED)
}

/// What was generated and kept stays as the values of an ordinary column.
fn becomes_plain(old: &ColumnText, wanted: &ColumnText) -> bool {
    kept_as(old) == Some("STORED") && kept_as(wanted).is_none()
}

impl Columns {
    fn take_away(&mut self, old: &ColumnText, to: &Object) {
        self.clauses.push(format!("DROP COLUMN {}", quoted(&old.name)));
        self.disturbed.insert(old.name.clone());
        let again = to.column(&old.name);
        if again.is_some() {
            self.made_anew.insert(old.name.clone());
        }
        // What is generated can be again.
        if kept_as(old).is_none() {
            self.losses.push(format!("the values of the column {}", old.name));
        }
    }

    fn add(&mut self, wanted: &ColumnText, place: Option<&str>) {
        let clause = format!("ADD COLUMN {} {}", quoted(&wanted.name), wanted.definition);
        self.clauses.push(placed(clause, place));
    }

    fn modify(&mut self, old: &ColumnText, wanted: &ColumnText, place: Option<&str>) {
        let is_renamed = old.name != wanted.name;
        if old.definition == wanted.definition && place.is_none() && !is_renamed {
            return;
        }
        if attribute(old, TYPE) != attribute(wanted, TYPE) || kept_as(old) != kept_as(wanted) || is_renamed {
            self.disturbed.insert(old.name.clone());
        }
        let types = attribute(old, TYPE).zip(attribute(wanted, TYPE));
        // What is generated is computed anew.
        if let Some(lost) = types
            .and_then(|(from, to)| loses(from, to))
            .filter(|_| kept_as(old).is_none())
        {
            self.losses.push(format!("{lost} in the column {}", wanted.name));
        }
        let name = quoted(&wanted.name);
        let words = match is_renamed {
            true => format!("CHANGE COLUMN {} {name}", quoted(&old.name)),
            false => format!("MODIFY COLUMN {name}"),
        };
        self.clauses
            .push(placed(format!("{words} {}", wanted.definition), place));
    }
}

fn placed(clause: String, place: Option<&str>) -> String {
    match place {
        Some(place) => format!("{clause} {place}"),
        None => clause,
    }
}
