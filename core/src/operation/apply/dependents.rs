//! What needs an object.

use crate::operation::ApplyError;
use crate::operation::Object;
use crate::operation::references::Referent;
use crate::operation::references::columns_of;
use crate::operation::references::resolve;
use crate::schema::Expression;
use crate::schema::ForeignKey;
use crate::schema::Index;
use crate::schema::IndexKey;
use crate::schema::Name;
use crate::schema::Schema;
use crate::schema::Table;

/// An error that names the users, when there are any.
pub(super) fn refuse(object: Object, users: Vec<Object>) -> Result<(), ApplyError> {
    if users.is_empty() {
        return Ok(());
    }
    Err(ApplyError::InUse { object, users })
}

/// The foreign keys of other tables that reference `table`, and the views that read it.
pub(super) fn of_table(schema: &Schema, table: &Name) -> Vec<Object> {
    let mut users: Vec<Object> = foreign_keys_to(schema, table)
        .filter(|(owner, _)| owner.name != *table)
        .map(|(owner, key)| Object::constraint(&owner.name, &key.name))
        .collect();
    users.extend(views_reading(schema, &Referent::Relation(table.clone())));
    users
}

/// The views that read a view.
pub(super) fn of_view(schema: &Schema, view: &Name) -> Vec<Object> {
    let mut users = views_reading(schema, &Referent::Relation(view.clone()));
    users.retain(|user| user.name() != view);
    users
}

/// Everything that speaks of a column.
pub(super) fn of_column(schema: &Schema, table: &Table, column: &Name) -> Vec<Object> {
    let constraint = |name: &Name| Object::constraint(&table.name, name);
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
        if columns_of(&check.expression).contains(column) {
            users.push(constraint(&check.name));
        }
    }
    for other in &table.columns {
        let reads = |expression: &Expression| columns_of(expression).contains(column);
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
        if index_columns(index).contains(column) {
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

/// The columns that an index reads.
pub(super) fn index_columns(index: &Index) -> Vec<Name> {
    let mut columns = Vec::new();
    for (key, _) in &index.keys {
        match key {
            IndexKey::Column(column) => columns.push(column.clone()),
            IndexKey::Expression(expression) => columns.extend(columns_of(expression)),
        }
    }
    columns.extend(index.filter.iter().flat_map(columns_of));
    columns
}

/// The views whose queries read this. A query that cannot be read has been reported when its view was created.
fn views_reading(schema: &Schema, referent: &Referent) -> Vec<Object> {
    let reads = |query: &Expression| match query {
        Expression::Portable(run) => resolve(run, schema).is_ok_and(|resolution| resolution.reads(referent)),
        Expression::Native(_) => false,
    };
    let views = schema.views.values().filter(|view| reads(&view.query));
    views.map(|view| Object::View(view.name.clone())).collect()
}
