//! Taking away what is not wanted, users first.

use std::collections::BTreeSet;

use super::gone::gone;
use super::gone::is_foreign_key;
use super::plan::Plan;
use crate::operation;
use crate::operation::ApplyError;
use crate::operation::ColumnChange;
use crate::operation::Object;
use crate::operation::Operation;
use crate::schema::Name;

pub(super) fn take(plan: &mut Plan<'_>) {
    let gone = gone(&plan.now, plan.to);
    for object in &gone {
        if let Object::View(view) = object {
            plan.drop_view(view);
        }
    }
    foreign_keys(plan, &gone);
    tables(plan, &gone);
    indexes(plan, &gone);
    identities(plan, &gone);
    constraints(plan, &gone);
    columns(plan, &gone);
}

/// A column whose rows are numbered keeps its primary key, so it ends to be one first.
fn identities(plan: &mut Plan<'_>, gone: &BTreeSet<Object>) {
    for (table, target) in plan.common_tables() {
        let key = table.primary_key.as_ref();
        let key_goes = key.is_some_and(|key| gone.contains(&Object::constraint(&table.name, &key.name)));
        for column in table.columns.iter().filter(|column| column.identity) {
            let stays = target.column(&column.name).is_some_and(|column| column.identity);
            if key_goes || !stays {
                let operation = Operation::AlterColumn {
                    table: table.name.clone(),
                    column: column.name.clone(),
                    change: ColumnChange::DropIdentity,
                };
                plan.take(|| Object::column(&table.name, &column.name), &operation);
            }
        }
    }
}

fn indexes(plan: &mut Plan<'_>, gone: &BTreeSet<Object>) {
    for object in gone {
        if let Object::Index(index) = object
            && plan.now.index(index).is_some()
        {
            let operation = Operation::DropIndex { index: index.clone() };
            plan.take(|| object.clone(), &operation);
        }
    }
}

fn constraints(plan: &mut Plan<'_>, gone: &BTreeSet<Object>) {
    for object in gone {
        let Object::Constraint { table, constraint } = object else {
            continue;
        };
        let owner = plan.now.tables.get(table);
        if owner.is_some_and(|table| operation::constraints(table).any(|one| one.name() == constraint)) {
            plan.take(|| object.clone(), &drop_constraint(table, constraint));
        }
    }
}

fn drop_constraint(table: &Name, constraint: &Name) -> Operation {
    Operation::DropConstraint {
        table: table.clone(),
        constraint: constraint.clone(),
    }
}

/// Those of tables that stay.
fn foreign_keys(plan: &mut Plan<'_>, gone: &BTreeSet<Object>) {
    for object in gone {
        if let Object::Constraint { table, constraint } = object
            && !gone.contains(&Object::Table(table.clone()))
            && is_foreign_key(&plan.now, table, constraint)
        {
            plan.take(|| object.clone(), &drop_constraint(table, constraint));
        }
    }
}

/// Referencing tables before those that they reference. In a circle one foreign key goes by itself.
fn tables(plan: &mut Plan<'_>, gone: &BTreeSet<Object>) {
    let mut left: Vec<Name> = gone
        .iter()
        .filter_map(|object| match object {
            Object::Table(table) => Some(table.clone()),
            _ => None,
        })
        .collect();
    while !left.is_empty() {
        let before = left.len();
        left.retain(|table| {
            let operation = Operation::DropTable { table: table.clone() };
            plan.attempt(&operation).is_err()
        });
        if left.len() < before {
            continue;
        }
        let Some((table, key)) = key_between(plan, &left) else {
            break;
        };
        let object = Object::constraint(&table, &key);
        plan.take(|| object, &drop_constraint(&table, &key));
    }
    for table in left {
        let operation = Operation::DropTable { table: table.clone() };
        plan.take(|| Object::Table(table), &operation);
    }
}

fn key_between(plan: &Plan<'_>, left: &[Name]) -> Option<(Name, Name)> {
    left.iter().find_map(|table| {
        let table = plan.now.tables.get(table)?;
        let key = table
            .foreign_keys
            .iter()
            .find(|key| key.referenced_table != table.name && left.contains(&key.referenced_table))?;
        Some((table.name.clone(), key.name.clone()))
    })
}

/// What is computed goes before what it is computed from; the last column of a table waits until there is another one.
fn columns(plan: &mut Plan<'_>, gone: &BTreeSet<Object>) {
    let mut left: Vec<(Name, Name)> = gone
        .iter()
        .filter_map(|object| match object {
            Object::Column { table, column } if plan.now.tables.contains_key(table) => {
                Some((table.clone(), column.clone()))
            }
            _ => None,
        })
        .collect();
    // The one that waits must be in nobody's way.
    left.sort_by_key(|(table, column)| {
        let target = plan.to.tables.get(table);
        target.is_none_or(|target| target.column(column).is_none())
    });
    loop {
        let before = left.len();
        left.retain(|(table, column)| plan.attempt(&drop_column(table, column)).is_err());
        if left.len() == before {
            break;
        }
    }
    for (table, column) in left {
        let operation = drop_column(&table, &column);
        let mut trial = plan.now.clone();
        if let Err(ApplyError::NoColumns { .. }) = trial.apply(&operation) {
            plan.postpone(table, column);
        } else {
            plan.take(|| Object::column(&table, &column), &operation);
        }
    }
}

pub(super) fn drop_column(table: &Name, column: &Name) -> Operation {
    Operation::DropColumn {
        table: table.clone(),
        column: column.clone(),
    }
}
