//! The columns of a table with those that it inherits.

use limbeck_core::catalogue::Catalogue;
use limbeck_core::catalogue::ColumnText;
use limbeck_core::catalogue::Kind;
use limbeck_core::catalogue::Object;

use super::noted;
use crate::catalogue::attribute;

/// A column of a table, wherever it comes from.
#[derive(Clone, Debug)]
pub(super) struct Effective {
    pub(super) text: ColumnText,
    /// It is that of a table above.
    pub(super) inherited: bool,
}

/// All columns of a table, those of the tables above first.
pub(super) fn columns(table: &Object, catalogue: &Catalogue) -> Vec<Effective> {
    // Tables cannot inherit from each other in a circle; a catalogue from a file could say so.
    columns_below(table, catalogue, 0)
}

/// The columns of the tables above.
pub(super) fn above(table: &Object, catalogue: &Catalogue) -> Vec<Effective> {
    columns_above(table, catalogue, 0)
}

fn columns_above(table: &Object, catalogue: &Catalogue, depth: usize) -> Vec<Effective> {
    const DEEPEST: usize = 100;
    let mut all: Vec<Effective> = Vec::new();
    if depth > DEEPEST {
        return all;
    }
    for parent in parents(table, catalogue) {
        for mut column in columns_below(parent, catalogue, depth + 1) {
            column.inherited = true;
            if !all.iter().any(|other| other.text.name == column.text.name) {
                all.push(column);
            }
        }
    }
    all
}

fn columns_below(table: &Object, catalogue: &Catalogue, depth: usize) -> Vec<Effective> {
    let mut all = columns_above(table, catalogue, depth);
    for own in &table.columns {
        let above = all.iter_mut().find(|other| other.text.name == own.name);
        match above {
            Some(above) => above.text.attributes.extend(own.attributes.clone()),
            None => all.push(Effective {
                text: own.clone(),
                inherited: false,
            }),
        }
    }
    all
}

/// The tables above.
pub(super) fn parents<'a>(table: &'a Object, catalogue: &'a Catalogue) -> Vec<&'a Object> {
    let named = noted(table, attribute::PARENTS);
    if named.is_empty() {
        return Vec::new();
    }
    let needs = table.needs.iter().filter(|need| need.object.kind == Kind::Table);
    let mut parents: Vec<&Object> = needs.filter_map(|need| catalogue.get(&need.object)).collect();
    parents.dedup_by(|one, other| one.id == other.id);
    parents.retain(|parent| named.lines().any(|name| name == noted(parent, attribute::TABLE)));
    parents
}
