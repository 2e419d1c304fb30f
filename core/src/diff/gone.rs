//! What must go before anything new can come.

use std::collections::BTreeSet;

use crate::operation::NativeText;
use crate::operation::Object;
use crate::operation::constraints;
use crate::operation::foreign_keys_without_key;
use crate::operation::users_of_column;
use crate::operation::users_of_table;
use crate::operation::users_of_view;
use crate::schema::Column;
use crate::schema::Name;
use crate::schema::Schema;
use crate::schema::Table;

/// What of one schema is not in the other, or not as it is there, and what cannot stay without it.
pub(super) fn gone(now: &Schema, to: &Schema) -> BTreeSet<Object> {
    let mut gone = BTreeSet::new();
    let mut todo: Vec<Object> = differing(now, to);
    todo.extend(in_the_way_of_types(now, to));
    while let Some(object) = todo.pop() {
        if gone.insert(object.clone()) {
            todo.extend(users(now, &object));
            todo.extend(without_keys(now, &gone));
        }
    }
    gone
}

fn differing(now: &Schema, to: &Schema) -> Vec<Object> {
    let views = now
        .views
        .values()
        .filter(|view| to.views.get(&view.name) != Some(view));
    let mut objects: Vec<Object> = views.map(|view| Object::View(view.name.clone())).collect();
    for table in now.tables.values() {
        match to.tables.get(&table.name) {
            Some(target) if is_replaced_whole(table, target) => {
                objects.push(Object::Table(table.name.clone()));
            }
            Some(target) => objects.extend(differing_within(table, target)),
            None => objects.push(Object::Table(table.name.clone())),
        }
    }
    objects
}

/// Whether no column stays and none of another name comes: a table has one at least, so there is no way from one column to
/// the next.
fn is_replaced_whole(table: &Table, target: &Table) -> bool {
    let stays = |column: &Column| {
        let wanted = target.column(&column.name);
        wanted.is_some_and(|wanted| !is_replaced(column, wanted))
    };
    // One that differs in the case of its letters only cannot stand beside the old one.
    let is_like = |wanted: &Column, column: &Column| wanted.name.eq_ignore_case(&column.name);
    let comes = |wanted: &Column| !table.columns.iter().any(|column| is_like(wanted, column));
    !table.columns.iter().any(stays) && !target.columns.iter().any(comes)
}

fn differing_within(table: &Table, target: &Table) -> Vec<Object> {
    let columns = table.columns.iter().filter(|column| {
        target
            .column(&column.name)
            .is_none_or(|target| is_replaced(column, target))
    });
    let columns = columns.map(|column| Object::column(&table.name, &column.name));
    let wanted: Vec<_> = constraints(target).collect();
    let keys = constraints(table).filter(|constraint| !wanted.contains(constraint));
    let keys = keys.map(|constraint| Object::constraint(&table.name, constraint.name()));
    let indexes = table
        .indexes
        .iter()
        .filter(|index| !target.indexes.contains(index));
    let indexes = indexes.map(|index| Object::Index(index.name.clone()));
    columns.chain(keys).chain(indexes).collect()
}

/// Whether a column becomes the other only by being dropped and added: what is computed is written nowhere else.
pub(super) fn is_replaced(column: &Column, target: &Column) -> bool {
    let is_computed = column.generated.is_some() || target.generated.is_some();
    is_computed && without_comment(column) != without_comment(target)
}

fn without_comment(column: &Column) -> Column {
    let mut column = column.clone();
    column.comment = None;
    column
}

/// What keeps the type of a column as it is: views, foreign keys, and what is computed from it. Foreign keys also keep who
/// numbers its rows.
fn in_the_way_of_types(now: &Schema, to: &Schema) -> Vec<Object> {
    let mut objects = Vec::new();
    for table in now.tables.values() {
        let Some(target) = to.tables.get(&table.name) else {
            continue;
        };
        for column in &table.columns {
            let Some(wanted) = target.column(&column.name) else {
                continue;
            };
            let users = || users_of_column(now, table, &column.name, NativeText::Searched).into_iter();
            if wanted.data_type != column.data_type {
                objects.extend(users().filter(|user| refuses_types(now, user)));
            } else if wanted.identity != column.identity {
                objects.extend(users().filter(|user| is_of_foreign_key(now, user)));
            }
        }
    }
    objects
}

fn refuses_types(now: &Schema, user: &Object) -> bool {
    match user {
        Object::View(_) | Object::Column { .. } => true,
        other => is_of_foreign_key(now, other),
    }
}

fn is_of_foreign_key(now: &Schema, object: &Object) -> bool {
    match object {
        Object::Constraint { table, constraint } => is_foreign_key(now, table, constraint),
        _ => false,
    }
}

pub(super) fn is_foreign_key(now: &Schema, table: &Name, constraint: &Name) -> bool {
    let keys = now
        .tables
        .get(table)
        .map_or(&[] as &[_], |table| &table.foreign_keys);
    keys.iter().any(|key| key.name == *constraint)
}

fn users(now: &Schema, object: &Object) -> Vec<Object> {
    match object {
        Object::Table(table) => users_of_table(now, table, NativeText::Searched),
        Object::View(view) => users_of_view(now, view, NativeText::Searched),
        Object::Column { table, column } => match now.tables.get(table) {
            Some(table) => users_of_column(now, table, column, NativeText::Searched),
            None => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// The foreign keys that reference what is no key any more.
fn without_keys(now: &Schema, gone: &BTreeSet<Object>) -> Vec<Object> {
    let mut objects = Vec::new();
    for table in now.tables.values() {
        let goes = |name: &Name| gone.contains(&Object::constraint(&table.name, name));
        let mut left = table.clone();
        left.primary_key = left.primary_key.filter(|key| !goes(&key.name));
        left.uniques.retain(|unique| !goes(&unique.name));
        left.indexes
            .retain(|index| !gone.contains(&Object::Index(index.name.clone())));
        if left != *table {
            objects.extend(foreign_keys_without_key(now, &left));
        }
    }
    objects.retain(|object| !gone.contains(object));
    objects
}
