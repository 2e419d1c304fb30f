//! Making what is missing, from the ground up.

use super::order::in_order;
use super::order::views_in_order;
use super::plan::Plan;
use super::removals::drop_column;
use crate::operation::ColumnChange;
use crate::operation::Object;
use crate::operation::Operation;
use crate::operation::comment_apart;
use crate::operation::constraints;
use crate::operation::creation;
use crate::schema::Constraint;
use crate::schema::Table;
use crate::schema::View;

pub(super) fn make(plan: &mut Plan<'_>) {
    tables(plan);
    let take = |plan: &mut Plan<'_>, object: &Object, operation: &Operation| {
        plan.take(|| object.clone(), operation);
    };
    let postponed = plan.postponed();
    if postponed.is_empty() {
        columns(plan, take);
    } else {
        // Those that replace the last column of a table can come when it has gone.
        columns(plan, |plan, _, operation| drop(plan.attempt(operation)));
        for (table, column) in &postponed {
            plan.take(|| Object::column(table, column), &drop_column(table, column));
        }
        columns(plan, take);
    }
    missing_constraints(plan, |constraint| {
        !matches!(constraint, Constraint::ForeignKey(_))
    });
    identities(plan);
    indexes(plan);
    missing_constraints(plan, |constraint| matches!(constraint, Constraint::ForeignKey(_)));
    views(plan);
    comments(plan);
}

/// Referenced tables before those that reference them. In a circle a table comes without its foreign keys at first.
fn tables(plan: &mut Plan<'_>) {
    let to = plan.to;
    let missing: Vec<&Table> = to
        .tables
        .values()
        .filter(|table| !plan.now.tables.contains_key(&table.name))
        .collect();
    let needs = |table: &Table| {
        let keys = table.foreign_keys.iter();
        keys.map(|key| key.referenced_table.clone()).collect::<Vec<_>>()
    };
    for name in in_order(missing.iter().map(|table| (table.name.clone(), needs(table)))) {
        let Some(table) = to.tables.get(&name) else {
            continue;
        };
        let (mut bare, parts) = creation(table);
        bare.native_ddl = None;
        if plan.attempt(&Operation::CreateTable(bare.clone())).is_err() {
            bare.foreign_keys.clear();
            plan.take(|| Object::Table(name), &Operation::CreateTable(bare));
        }
        for part in parts {
            plan.take(|| Object::Table(table.name.clone()), &part);
        }
    }
}

/// Those that are computed come last: they are computed from the others.
fn columns(plan: &mut Plan<'_>, take: fn(&mut Plan<'_>, &Object, &Operation)) {
    for (table, target) in plan.common_tables() {
        let mut missing: Vec<_> = target
            .columns
            .iter()
            .filter(|column| table.column(&column.name).is_none())
            .collect();
        missing.sort_by_key(|column| column.generated.is_some());
        for column in missing {
            let mut column = column.clone();
            let object = Object::column(&table.name, &column.name);
            let comment = comment_apart(&table.name, &mut column);
            // Rows are numbered in a primary key only.
            let key = target.primary_key.clone().filter(|_| column.identity);
            let operation = Operation::AddColumn {
                table: table.name.clone(),
                column,
                constraints: key.into_iter().map(Constraint::PrimaryKey).collect(),
            };
            take(plan, &object, &operation);
            if let Some(comment) = comment {
                take(plan, &object, &comment);
            }
        }
    }
}

fn missing_constraints(plan: &mut Plan<'_>, wanted: fn(&Constraint) -> bool) {
    for (table, target) in plan.common_tables() {
        let present: Vec<Constraint> = constraints(&table).collect();
        for constraint in constraints(target).filter(wanted) {
            if !present.contains(&constraint) {
                let object = Object::constraint(&table.name, constraint.name());
                let operation = Operation::AddConstraint {
                    table: table.name.clone(),
                    constraint,
                };
                plan.take(|| object, &operation);
            }
        }
    }
}

fn identities(plan: &mut Plan<'_>) {
    for (table, target) in plan.common_tables() {
        for wanted in target.columns.iter().filter(|column| column.identity) {
            if table.column(&wanted.name).is_some_and(|column| !column.identity) {
                let operation = Operation::AlterColumn {
                    table: table.name.clone(),
                    column: wanted.name.clone(),
                    change: ColumnChange::AddIdentity,
                };
                plan.take(|| Object::column(&table.name, &wanted.name), &operation);
            }
        }
    }
}

fn indexes(plan: &mut Plan<'_>) {
    for (table, target) in plan.common_tables() {
        for index in &target.indexes {
            if !table.indexes.contains(index) {
                let operation = Operation::CreateIndex {
                    table: table.name.clone(),
                    index: index.clone(),
                };
                plan.take(|| Object::Index(index.name.clone()), &operation);
            }
        }
    }
}

/// Views after those whose names they have.
fn views(plan: &mut Plan<'_>) {
    let to = plan.to;
    let missing: Vec<&View> = to
        .views
        .values()
        .filter(|view| !plan.now.views.contains_key(&view.name))
        .collect();
    let mut left = views_in_order(missing);
    // A name may stand for something else, so that what needs it could not come later.
    left.retain(|name| {
        let view = to.views.get(name).cloned();
        view.is_some_and(|view| plan.attempt(&Operation::CreateView(view)).is_err())
    });
    for name in left {
        if let Some(view) = to.views.get(&name) {
            plan.take(|| Object::View(name), &Operation::CreateView(view.clone()));
        }
    }
}

fn comments(plan: &mut Plan<'_>) {
    for (table, target) in plan.common_tables() {
        if table.comment != target.comment {
            let operation = Operation::CommentOnTable {
                table: table.name.clone(),
                comment: target.comment.clone(),
            };
            plan.take(|| Object::Table(table.name.clone()), &operation);
        }
        for wanted in &target.columns {
            let Some(column) = table.column(&wanted.name) else {
                continue;
            };
            if column.comment != wanted.comment {
                let operation = Operation::CommentOnColumn {
                    table: table.name.clone(),
                    column: column.name.clone(),
                    comment: wanted.comment.clone(),
                };
                plan.take(|| Object::column(&table.name, &column.name), &operation);
            }
        }
    }
}
