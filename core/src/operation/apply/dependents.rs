//! What needs an object.

use crate::operation::ApplyError;
use crate::operation::Object;
use crate::operation::references::Referent;
use crate::operation::references::columns_of;
use crate::operation::references::resolve;
use crate::schema::Expression;
use crate::schema::ForeignKey;
use crate::schema::IndexKey;
use crate::schema::Name;
use crate::schema::Piece;
use crate::schema::Schema;
use crate::schema::Table;

/// What a dialect's own text counts for. Which names it reads only the engine knows; which ones it may read is seen in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NativeText {
    /// It reads nothing: nothing is refused because of it.
    Unread,
    /// It reads whatever it has the name of.
    Searched,
}

/// An error that names the users, when there are any.
pub(super) fn refuse(object: Object, users: Vec<Object>) -> Result<(), ApplyError> {
    if users.is_empty() {
        return Ok(());
    }
    Err(ApplyError::InUse { object, users })
}

/// The foreign keys of other tables that reference `table`, and the views that read it.
pub(crate) fn of_table(schema: &Schema, table: &Name, texts: NativeText) -> Vec<Object> {
    let mut users: Vec<Object> = foreign_keys_to(schema, table)
        .filter(|(owner, _)| owner.name != *table)
        .map(|(owner, key)| Object::constraint(&owner.name, &key.name))
        .collect();
    users.extend(views_reading(schema, &Referent::Relation(table.clone()), texts));
    users
}

/// The views that read a view.
pub(crate) fn of_view(schema: &Schema, view: &Name, texts: NativeText) -> Vec<Object> {
    let mut users = views_reading(schema, &Referent::Relation(view.clone()), texts);
    users.retain(|user| user.name() != view);
    users
}

/// Everything that speaks of a column.
pub(crate) fn of_column(schema: &Schema, table: &Table, column: &Name, texts: NativeText) -> Vec<Object> {
    let constraint = |name: &Name| Object::constraint(&table.name, name);
    let reads = |expression: &Expression| reads(expression, column, texts);
    let mut users = Vec::new();
    let keys = table.primary_key.iter().map(|key| (&key.name, &key.columns));
    let uniques = table.uniques.iter().map(|unique| (&unique.name, &unique.columns));
    let references = table.foreign_keys.iter().map(|key| (&key.name, &key.columns));
    for (name, columns) in keys.chain(uniques).chain(references) {
        if columns.contains(column) {
            users.push(constraint(name));
        }
    }
    for check in &table.checks {
        if reads(&check.expression) {
            users.push(constraint(&check.name));
        }
    }
    for other in &table.columns {
        if other
            .generated
            .as_ref()
            .is_some_and(|generated| reads(&generated.expression))
            && other.name != *column
        {
            users.push(Object::column(&table.name, &other.name));
        }
    }
    for index in &table.indexes {
        let keys = index.keys.iter().any(|(key, _)| match key {
            IndexKey::Column(name) => name == column,
            IndexKey::Expression(expression) => reads(expression),
        });
        if keys || index.filter.as_ref().is_some_and(reads) {
            users.push(Object::Index(index.name.clone()));
        }
    }
    for (owner, key) in foreign_keys_to(schema, &table.name) {
        let object = Object::constraint(&owner.name, &key.name);
        if key.referenced_columns.contains(column) && !users.contains(&object) {
            users.push(object);
        }
    }
    users.extend(views_reading(
        schema,
        &Referent::Column {
            relation: table.name.clone(),
            column: column.clone(),
        },
        texts,
    ));
    users
}

/// The foreign keys that reference `table`, with the tables they belong to.
pub(super) fn foreign_keys_to<'a>(
    schema: &'a Schema,
    table: &Name,
) -> impl Iterator<Item = (&'a Table, &'a ForeignKey)> {
    let all = schema
        .tables
        .values()
        .flat_map(|owner| owner.foreign_keys.iter().map(move |key| (owner, key)));
    all.filter(move |(_, key)| key.referenced_table == *table)
}

/// Whether an expression of a table reads a column.
fn reads(expression: &Expression, column: &Name, texts: NativeText) -> bool {
    match expression {
        Expression::Portable(_) => columns_of(expression).contains(column),
        Expression::Native(text) => texts == NativeText::Searched && mentions(text, column),
    }
}

/// Whether a query has the name of a relation, whatever it means there.
pub(crate) fn may_read(query: &Expression, relation: &Name) -> bool {
    match query {
        Expression::Portable(run) => run.0.iter().any(|piece| *piece == Piece::Name(relation.clone())),
        Expression::Native(text) => mentions(text, relation),
    }
}

/// Whether a text has a name as a word of its own, in letters of either case.
fn mentions(text: &str, name: &Name) -> bool {
    let (text, name) = (text.to_lowercase(), name.as_str().to_lowercase());
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    text.match_indices(&name).any(|(start, found)| {
        let before = text.get(..start).and_then(|before| before.chars().next_back());
        let after = text
            .get(start + found.len()..)
            .and_then(|after| after.chars().next());
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}

/// The views whose queries read this. A query that cannot be read has been reported when its view was created.
fn views_reading(schema: &Schema, referent: &Referent, texts: NativeText) -> Vec<Object> {
    let reads = |query: &Expression| match query {
        Expression::Portable(run) => resolve(run, schema).is_ok_and(|resolution| resolution.reads(referent)),
        Expression::Native(_) if texts == NativeText::Unread => false,
        Expression::Native(text) => match referent {
            Referent::Relation(relation) => mentions(text, relation),
            Referent::Column { relation, column } => mentions(text, relation) && mentions(text, column),
        },
    };
    let views = schema.views.values().filter(|view| reads(&view.query));
    views.map(|view| Object::View(view.name.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_as_a_word() {
        let name = |text: &str| Name::exact(text).unwrap();
        for (text, found) in [
            ("(kind > 0)", true),
            ("(\"Kind\" > 0)", true),
            ("(unkind > 0)", false),
            ("(kinds > 0) AND kind_of", false),
            ("größe+kind", true),
            ("", false),
        ] {
            assert_eq!(mentions(text, &name("kind")), found, "{text}");
        }
    }
}
