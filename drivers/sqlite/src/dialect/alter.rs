//! The other actions of ALTER TABLE, where SQLite has them.

use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::Rendered;
use limbeck_core::dialect::render;
use limbeck_core::operation::ColumnChange;
use limbeck_core::schema::Check;
use limbeck_core::schema::Column;
use limbeck_core::schema::Constraint;
use limbeck_core::schema::DataType;
use limbeck_core::schema::ForeignKey;
use limbeck_core::schema::Name;
use limbeck_core::schema::NativeDdl;
use limbeck_core::schema::ReferentialAction;
use limbeck_core::schema::Table;

use super::constraints;
use super::feature::Feature;
use super::implied;
use super::lookup;
use super::rebuild::met;
use super::rebuild::not_null;
use super::refusal::refused;
use super::traits::SQLITE;
use super::types;
use crate::text::comparable;
use crate::text::significant;

/// ALTER COLUMN: NOT NULL from 3.53 on, and a type that is written like the present one. None when only a rebuild does it.
pub(super) fn column(
    table: &Table,
    column: &Name,
    change: &ColumnChange,
    context: &RenderContext<'_>,
) -> Result<Option<Rendered>, RenderError> {
    match change {
        ColumnChange::SetNotNull | ColumnChange::DropNotNull
            if Feature::AlterNotNull.is_in(&context.server) && finds_not_null(table)? =>
        {
            let rendered = render::alter_column(&SQLITE, &table.name, column, change, context)?;
            Ok(Some(if *change == ColumnChange::SetNotNull {
                rendered.with_guard(not_null(&table.name, column))
            } else {
                rendered
            }))
        }
        ColumnChange::SetType(data_type) => match table.column(column) {
            Some(present) if is_written_alike(&table.name, present, data_type)? => {
                Ok(Some(Rendered::left_out(format!(
                    "the column {column} of {} stays as it is: SQLite keeps both types alike",
                    table.name
                ))))
            }
            _ => Ok(None),
        },
        _ => Ok(None),
    }
}

fn is_written_alike(table: &Name, present: &Column, new: &DataType) -> Result<bool, RenderError> {
    let mut changed = present.clone();
    changed.data_type = new.clone();
    let is_same = present.identity || types::column_type(&present.data_type)? == types::column_type(new)?;
    Ok(is_same && implied::check(table, present) == implied::check(table, &changed))
}

/// ADD CONSTRAINT: checks, from 3.53 on. None when only a rebuild does it.
pub(super) fn add_constraint(
    table: &Name,
    constraint: &Constraint,
    context: &RenderContext<'_>,
) -> Result<Option<Rendered>, RenderError> {
    match constraint {
        Constraint::Check(check) if Feature::AlterCheck.is_in(&context.server) => {
            let rendered = render::add_constraint(&SQLITE, table, constraint, context)?;
            let guard = met(table, &check.name, &check.expression, context)?;
            Ok(Some(rendered.with_guard(guard)))
        }
        _ => Ok(None),
    }
}

/// DROP CONSTRAINT: checks from 3.53 on, foreign keys from 3.54 on. None when only a rebuild does it.
pub(super) fn drop_constraint(
    table: &Table,
    constraint: &Name,
    context: &RenderContext<'_>,
) -> Result<Option<Rendered>, RenderError> {
    let is_possible = match lookup::constraint(table, constraint)? {
        Constraint::ForeignKey(key) => Feature::DropForeignKey.is_in(&context.server) && !sets_default(&key),
        Constraint::Check(_) => Feature::AlterCheck.is_in(&context.server),
        _ => false,
    };
    if !is_possible || !is_named_in_text(table, constraint)? || !is_told_apart(table, constraint) {
        return Ok(None);
    }
    let action = format!("DROP CONSTRAINT {}", render::quoted(&SQLITE, constraint));
    Ok(Some(Rendered::statement(render::alter_table(
        &SQLITE,
        &table.name,
        &action,
    ))))
}

/// At the word DEFAULT of such a key, DROP CONSTRAINT loses its way (3.54) and fails with a syntax error.
fn sets_default(key: &ForeignKey) -> bool {
    [key.on_delete, key.on_update].contains(&ReferentialAction::SetDefault)
}

/// Whether SQLite's own DROP CONSTRAINT (3.54) takes this constraint away and nothing else. It takes the first one that has
/// the name, also where that is a NOT NULL or a default, and it loses its way at a name behind another and at the words
/// NOT DEFERRABLE.
fn is_told_apart(table: &Table, constraint: &Name) -> bool {
    let Some(NativeDdl::Known { table: sql, .. }) = &table.native_ddl else {
        return true;
    };
    let name = constraint.as_str().to_ascii_lowercase();
    let words = words_of(sql);
    let is_named_twice = words
        .windows(3)
        .any(|words| matches!(words, [first, _, third] if first == "constraint" && third == "constraint"));
    follow(&words, "constraint", &name) == 1 && !says_not_deferrable(sql) && !is_named_twice
}

/// Whether SQLite's own SET and DROP NOT NULL find the NOT that is meant.
fn finds_not_null(table: &Table) -> Result<bool, RenderError> {
    match &table.native_ddl {
        Some(NativeDdl::Known { table: sql, .. }) => Ok(!says_not_deferrable(sql)),
        Some(_) => Err(RenderError::Unknown {
            object: format!("the table {}", table.name),
        }),
        None => Ok(true),
    }
}

/// Whether a key is NOT DEFERRABLE in the text of a table. SQLite's own SET and DROP NOT NULL (3.53) take the first NOT of
/// the column for that of NOT NULL, and put away what follows it.
pub(super) fn says_not_deferrable(sql: &str) -> bool {
    follow(&words_of(sql), "not", "deferrable") > 0
}

/// The words and symbols of a text in lower case.
fn words_of(sql: &str) -> Vec<String> {
    significant(sql).map(|token| comparable(token).1).collect()
}

/// How often the one follows the other.
fn follow(words: &[String], first: &str, second: &str) -> usize {
    let pairs = words.windows(2);
    pairs.filter(|pair| *pair == [first, second]).count()
}

/// RENAME CONSTRAINT: a check is made again under the new name. None when only a rebuild does it.
pub(super) fn rename_constraint(
    table: &Table,
    from: &Name,
    to: &Name,
    context: &RenderContext<'_>,
) -> Result<Option<Rendered>, RenderError> {
    match lookup::constraint(table, from)? {
        Constraint::Check(check) => {
            let renamed = Constraint::Check(Check::new(to.clone(), check.expression));
            let dropped = drop_constraint(table, from, context)?;
            let added = add_constraint(&table.name, &renamed, context)?;
            Ok(dropped.zip(added).map(|(mut rendered, added)| {
                rendered.statements.extend(added.statements);
                rendered
            }))
        }
        _ => Ok(None),
    }
}

/// RENAME COLUMN, from 3.25 on.
pub(super) fn rename_column(
    table: &Name,
    from: &Name,
    to: &Name,
    context: &RenderContext<'_>,
) -> Result<Rendered, RenderError> {
    if Feature::RenameColumn.is_in(&context.server) {
        return Ok(render::renamed(&SQLITE, table, "COLUMN", from, to));
    }
    Err(refused(format!(
        "rename the column {from} of the table {table} in version {}",
        context.server
    ))
    .with_hint("use SQLite 3.25 or newer"))
}

/// A constraint without a name in its text is called as the convention says, which SQLite does not know.
fn is_named_in_text(table: &Table, constraint: &Name) -> Result<bool, RenderError> {
    match &table.native_ddl {
        Some(NativeDdl::Known { table: sql, .. }) => {
            constraints::find(sql, &table.name, constraint).map(|found| found.name.is_some())
        }
        Some(_) => Err(RenderError::Unknown {
            object: format!("the table {}", table.name),
        }),
        None => Ok(true),
    }
}
