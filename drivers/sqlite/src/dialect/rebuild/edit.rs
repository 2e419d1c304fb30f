//! What an operation changes in the text of its table.

use limbeck_core::dialect::ColumnPlace;
use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::render;
use limbeck_core::operation::ColumnChange;
use limbeck_core::operation::Operation;
use limbeck_core::schema::Column;
use limbeck_core::schema::Constraint;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Name;
use limbeck_core::schema::Table;
use limbeck_core::sql::Span;

use super::super::constraints::Found;
use super::super::constraints::find;
use super::super::implied;
use super::super::refusal::refused;
use super::super::table;
use super::super::traits::SQLITE;
use super::text::DdlText;
use crate::text::ClauseKind;
use crate::text::significant;

/// Edits the text; `after` is the table as the operation leaves it.
pub(in super::super) fn edit(
    text: &mut DdlText,
    operation: &Operation,
    after: &Table,
    context: &RenderContext<'_>,
) -> Result<(), RenderError> {
    match operation {
        Operation::AddColumn {
            column, constraints, ..
        } => add_column(text, column, constraints, after, context),
        Operation::DropColumn { column, .. } => {
            let span = text.column(column)?.span;
            text.remove_item(span)
        }
        Operation::AlterColumn { column, change, .. } => alter(text, column, change, after, context),
        Operation::AddConstraint { constraint, .. } => add_constraint(text, constraint, after, context),
        Operation::DropConstraint { constraint, .. } => {
            remove_constraint(text, after, constraint)?;
            require(text, after)
        }
        Operation::RenameConstraint { from, to, .. } => {
            let found = find(text.sql(), &after.name, from)?;
            let named = format!("CONSTRAINT {}", render::quoted(&SQLITE, to));
            match found.name {
                Some(name) => text.replace(name, &named),
                None => text.replace(
                    Span::new(found.span.start, found.span.start),
                    &format!("{named} "),
                ),
            }
            Ok(())
        }
        // SQLite keeps no comments.
        _ => Ok(()),
    }
}

fn remove_constraint(text: &mut DdlText, table: &Table, constraint: &Name) -> Result<(), RenderError> {
    let Found {
        span,
        deferral,
        column,
        ..
    } = find(text.sql(), &table.name, constraint)?;
    if column.is_none() {
        return text.remove_item(span);
    }
    if let Some(deferral) = deferral {
        text.remove(deferral);
    }
    text.remove(span);
    Ok(())
}

fn add_column(
    text: &mut DdlText,
    column: &Column,
    constraints: &[Constraint],
    after: &Table,
    context: &RenderContext<'_>,
) -> Result<(), RenderError> {
    let definition = SQLITE.column_definition(column, ColumnPlace::NewTable(after), context)?;
    text.add_column(&definition)?;
    for constraint in constraints {
        let stands_with_column =
            matches!(constraint, Constraint::PrimaryKey(_)) && table::has_identity(after);
        if !stands_with_column {
            add_constraint(text, constraint, after, context)?;
        }
    }
    Ok(())
}

fn add_constraint(
    text: &mut DdlText,
    constraint: &Constraint,
    after: &Table,
    context: &RenderContext<'_>,
) -> Result<(), RenderError> {
    text.add_constraint(&render::constraint(&SQLITE, constraint, context)?)?;
    require(text, after)
}

fn alter(
    text: &mut DdlText,
    column: &Name,
    change: &ColumnChange,
    after: &Table,
    context: &RenderContext<'_>,
) -> Result<(), RenderError> {
    match change {
        ColumnChange::SetType(data_type) => set_type(text, column, data_type, after, context),
        ColumnChange::SetNotNull => {
            remove_clauses(text, column, ClauseKind::Null)?;
            require(text, after)
        }
        ColumnChange::DropNotNull => remove_clauses(text, column, ClauseKind::NotNull),
        ColumnChange::SetDefault(default) => {
            let Some(present) = after.column(column) else {
                return Ok(());
            };
            remove_clauses(text, column, ClauseKind::Default)?;
            let clause = SQLITE.default_clause(present, default, context)?;
            let end = text.column(column)?.type_span.end;
            text.replace(Span::new(end, end), &format!(" {clause}"));
            Ok(())
        }
        ColumnChange::DropDefault => remove_clauses(text, column, ClauseKind::Default),
        ColumnChange::AddIdentity | ColumnChange::DropIdentity => number(text, column, after, context),
        _ => Err(refused(format!("alter the column {column} of {}", after.name))),
    }
}

/// Who numbers the rows is said where the primary key stands: with the column, or as any other one.
fn number(
    text: &mut DdlText,
    column: &Name,
    after: &Table,
    context: &RenderContext<'_>,
) -> Result<(), RenderError> {
    let (Some(present), Some(key)) = (after.column(column), &after.primary_key) else {
        return Ok(());
    };
    remove_constraint(text, after, &key.name)?;
    set_type(text, column, &present.data_type, after, context)?;
    if present.identity {
        let place = ColumnPlace::NewTable(after);
        return text.append_to_column(column, &table::identity(present, place)?);
    }
    add_constraint(text, &Constraint::PrimaryKey(key.clone()), after, context)
}

/// Writes another type, and the check that it needs for the one that the old type needed.
fn set_type(
    text: &mut DdlText,
    column: &Name,
    data_type: &DataType,
    after: &Table,
    context: &RenderContext<'_>,
) -> Result<(), RenderError> {
    let Some(present) = after.column(column) else {
        return Ok(());
    };
    let written = if present.identity {
        table::identity_type(&after.name, present)?
    } else {
        SQLITE.type_name(data_type, &context.server)?
    };
    let checks: Vec<Span> = {
        let own = text.column(column)?;
        let is_implied = |constraint: &&_| crate::introspect::implied_type(constraint, &own.name).is_some();
        let checks = own.constraints.iter().filter(is_implied);
        checks.map(|constraint| constraint.span).collect()
    };
    for span in checks.into_iter().rev() {
        text.remove(span);
    }
    if significant(&written).any(|(_, word)| word.eq_ignore_ascii_case("COLLATE")) {
        remove_clauses(text, column, ClauseKind::Collate)?;
    }
    let place = text.column(column)?.type_span;
    let blank = if place.is_empty() { " " } else { "" };
    text.replace(place, &format!("{blank}{written}"));
    if let Some(check) = implied::check(&after.name, present) {
        text.append_to_column(column, &SQLITE.check(&check, context)?)?;
    }
    require(text, after)
}

fn remove_clauses(text: &mut DdlText, column: &Name, kind: ClauseKind) -> Result<(), RenderError> {
    let clauses = text.column(column)?.clauses;
    for clause in clauses.iter().rev().filter(|clause| clause.kind == kind) {
        text.remove(clause.span);
    }
    Ok(())
}

/// Writes NOT NULL where the model says it and the text does not, nor its primary key. The rowid is never NULL, and with
/// a NULL for it SQLite finds a number, so it is left alone.
fn require(text: &mut DdlText, after: &Table) -> Result<(), RenderError> {
    let required = text.required_by_key()?;
    for column in after.columns.iter().filter(|column| !column.nullable) {
        let own = text.column(&column.name)?;
        let says_so = own
            .clauses
            .iter()
            .any(|clause| clause.kind == ClauseKind::NotNull);
        if !says_so && !required.contains(&own.name) {
            text.append_to_column(&column.name, "NOT NULL")?;
        }
    }
    Ok(())
}
