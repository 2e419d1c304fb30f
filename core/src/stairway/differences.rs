//! What of two databases is different, object by object.

use std::collections::BTreeSet;

use crate::catalogue::Action;
use crate::catalogue::Catalogue;
use crate::catalogue::Keeps;
use crate::catalogue::Object;
use crate::catalogue::ObjectId;
use crate::diff::diff;
use crate::engine::Live;
use crate::operation::portable_sql;

/// What is different.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Differences {
    /// In words, an object each.
    pub(super) details: Vec<String>,
    /// The statements that lead from what is there to what should be.
    pub(super) statements: Vec<String>,
}

impl Differences {
    /// What of `found` is not as in `wanted`. The order of columns is no difference: a column that comes back comes last.
    pub(super) fn between(found: &Live, wanted: &Live) -> Self {
        match (&found.catalogue, &wanted.catalogue) {
            (Some(there), Some(before)) => Self::of_catalogues(
                &there.without_column_order(),
                &before.without_column_order(),
                found,
            ),
            _ => Self::of_models(found, wanted),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.details.is_empty()
    }

    fn of_catalogues(found: &Catalogue, wanted: &Catalogue, engine: &Live) -> Self {
        let changes = engine.changes(found, wanted);
        let mut differences = Self::default();
        for step in &changes.steps {
            let (there, before) = (found.get(&step.object), wanted.get(&step.object));
            let words = match (there, before) {
                // What was taken away for a moment comes back as it was.
                (Some(one), Some(other)) if is_same(one, other) => None,
                (Some(one), Some(other)) if step.action != Action::Drop => Some(changed(one, other)),
                (Some(_), Some(_)) => None,
                (Some(one), None) => (!goes_with_another(one, wanted)).then(|| left(&one.id)),
                (None, Some(other)) => (!goes_with_another(other, found)).then(|| missing(&other.id)),
                (None, None) => None,
            };
            differences.details.extend(words);
            differences.statements.extend(step.statements.iter().cloned());
        }
        differences
            .details
            .extend(changes.left.iter().map(ToString::to_string));
        if differences.details.is_empty() {
            differences.statements.clear();
        }
        differences
    }

    fn of_models(found: &Live, wanted: &Live) -> Self {
        let rest = diff(&found.schema, &wanted.schema, &[]);
        let words = |operation| portable_sql(operation).unwrap_or_else(|_| format!("{operation:?}"));
        let statements: Vec<String> = rest.operations.iter().map(words).collect();
        let details = statements.iter().map(|sql| format!("what is missing is {sql}"));
        Self {
            details: details.chain(rest.left.iter().map(ToString::to_string)).collect(),
            statements,
        }
    }
}

fn is_same(one: &Object, other: &Object) -> bool {
    one.settings == other.settings && (one.is_made_like(other) || has_same_clauses(one, other))
}

/// Whether two tables that an engine keeps as texts say the same in another order.
fn has_same_clauses(one: &Object, other: &Object) -> bool {
    let is_text = |object: &Object| object.keeps == Keeps::Rows && object.columns.is_empty();
    let sorted = |object: &Object| {
        let text = text(object);
        let mut clauses: Vec<String> = clauses(&text).into_iter().map(str::to_owned).collect();
        clauses.sort();
        clauses
    };
    is_text(one) && is_text(other) && one.attributes == other.attributes && sorted(one) == sorted(other)
}

/// Whether it is a part of what the other side does not have at all, which is said by itself.
fn goes_with_another(object: &Object, other_side: &Catalogue) -> bool {
    let whole = object.part_of.as_ref();
    whole.is_some_and(|whole| !other_side.contains(whole))
}

fn left(id: &ObjectId) -> String {
    format!("{id} is left behind")
}

fn missing(id: &ObjectId) -> String {
    format!("{id} is missing")
}

/// What of an object is different: its columns, where it has some.
fn changed(there: &Object, wanted: &Object) -> String {
    let mut parts = Vec::new();
    for column in &there.columns {
        match wanted.column(&column.name) {
            None => parts.push(format!("column {} is left behind", column.name)),
            Some(other) if other != column => parts.push(format!(
                "column {} is `{}` and was `{}`",
                column.name, column.definition, other.definition
            )),
            Some(_) => {}
        }
    }
    for column in &wanted.columns {
        if there.column(&column.name).is_none() {
            parts.push(format!("column {} is missing", column.name));
        }
    }
    let names = there.attributes.keys().chain(wanted.attributes.keys());
    let names: BTreeSet<&String> = names.collect();
    for name in names {
        let (one, other) = (there.attributes.get(name), wanted.attributes.get(name));
        if one != other {
            let words =
                |value: Option<&String>| value.map_or("nothing".to_owned(), |value| format!("`{value}`"));
            parts.push(format!("{name} is {} and was {}", words(one), words(other)));
        }
    }
    if there.columns.is_empty() && wanted.columns.is_empty() {
        let (one, other) = (text(there), text(wanted));
        let (ones, others) = (clauses(&one), clauses(&other));
        let left = ones.iter().filter(|clause| !others.contains(clause));
        parts.extend(left.map(|clause| format!("`{clause}` is left behind")));
        let missing = others.iter().filter(|clause| !ones.contains(clause));
        parts.extend(missing.map(|clause| format!("`{clause}` is missing")));
    }
    match parts.is_empty() {
        false => format!("{}: {}", wanted.id, parts.join(", ")),
        true => format!("{} is different", wanted.id),
    }
}

/// What an engine keeps of an object as one text.
fn text(object: &Object) -> String {
    object
        .canonical
        .clone()
        .unwrap_or_else(|| object.create.join("; "))
}

/// The parts of a definition: what commas separate between its outermost parentheses, and the rest as one.
fn clauses(text: &str) -> Vec<&str> {
    let mut clauses = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, letter) in text.char_indices() {
        let is_end = match letter {
            '(' => {
                depth += 1;
                depth == 1
            }
            ')' => {
                depth = depth.saturating_sub(1);
                depth == 0
            }
            ',' => depth == 1,
            _ => false,
        };
        if is_end {
            clauses.extend(text.get(start..at));
            start = at + 1;
        }
    }
    clauses.extend(text.get(start..));
    let trimmed = clauses.into_iter().map(str::trim);
    trimmed.filter(|clause| !clause.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_definition_falls_into_its_clauses() {
        assert_eq!(
            clauses("CREATE TABLE a (x NUMERIC(3, 1), CHECK (x IN (1, 2))) STRICT"),
            [
                "CREATE TABLE a",
                "x NUMERIC(3, 1)",
                "CHECK (x IN (1, 2))",
                "STRICT"
            ]
        );
    }
}
