//! The other actions of ALTER TABLE.

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
use limbeck_core::schema::ReferentialAction;
use limbeck_core::schema::Table;

use super::feature::Feature;
use super::implied;
use super::refusal::needs_rebuild;
use super::refusal::refused;
use super::traits::SQLITE;
use super::types;

/// ALTER COLUMN: NOT NULL from 3.53 on, and a type that is written like the present one.
pub(super) fn column(
    table: &Name,
    column: &Name,
    change: &ColumnChange,
    context: &RenderContext<'_>,
) -> Result<Rendered, RenderError> {
    let what = match change {
        ColumnChange::SetNotNull | ColumnChange::DropNotNull
            if Feature::AlterNotNull.is_in(&context.server) =>
        {
            return render::alter_column(&SQLITE, table, column, change, context);
        }
        ColumnChange::SetType(data_type) => {
            let present = known_table(table, context).and_then(|table| table.column(column));
            if let Some(present) = present
                && is_written_alike(table, present, data_type)?
            {
                return Ok(Rendered::left_out(format!(
                    "the column {column} of {table} stays as it is: SQLite keeps both types alike"
                )));
            }
            "change the type of"
        }
        ColumnChange::SetNotNull => "set NOT NULL on",
        ColumnChange::DropNotNull => "drop NOT NULL from",
        ColumnChange::SetDefault(_) => "set a default for",
        ColumnChange::DropDefault => "drop the default of",
        _ => "alter",
    };
    Err(needs_rebuild(
        &format!("{what} the column {column} of the table {table}"),
        "define the column so when the table is created",
    ))
}

fn is_written_alike(table: &Name, present: &Column, new: &DataType) -> Result<bool, RenderError> {
    let mut changed = present.clone();
    changed.data_type = new.clone();
    Ok(
        types::column_type(&present.data_type)? == types::column_type(new)?
            && implied::check(table, present) == implied::check(table, &changed),
    )
}

/// ADD CONSTRAINT: checks, from 3.53 on.
pub(super) fn add_constraint(
    table: &Name,
    constraint: &Constraint,
    context: &RenderContext<'_>,
) -> Result<Rendered, RenderError> {
    let instead = match constraint {
        Constraint::Check(_) if Feature::AlterCheck.is_in(&context.server) => {
            return render::add_constraint(&SQLITE, table, constraint, context);
        }
        Constraint::Unique(_) => "write CREATE UNIQUE INDEX, or create the constraint with the table",
        _ => "create the constraint with the table",
    };
    let name = constraint.name();
    Err(needs_rebuild(
        &format!("add the {} {name} to the table {table}", kind(constraint)),
        instead,
    ))
}

/// DROP CONSTRAINT: checks from 3.53 on, foreign keys from 3.54 on. SQLite itself refuses what it does not drop, and that
/// is left to it when the table is not known.
pub(super) fn drop_constraint(
    table: &Name,
    constraint: &Name,
    context: &RenderContext<'_>,
) -> Result<Rendered, RenderError> {
    let present = known_table(table, context).and_then(|table| find(table, constraint));
    let is_possible = match &present {
        Some(Constraint::ForeignKey(key)) => {
            Feature::DropForeignKey.is_in(&context.server) && !sets_default(key)
        }
        None | Some(Constraint::Check(_)) => Feature::AlterCheck.is_in(&context.server),
        Some(_) => false,
    };
    if is_possible {
        let action = format!("DROP CONSTRAINT {}", render::quoted(&SQLITE, constraint));
        return Ok(Rendered::statement(render::alter_table(&SQLITE, table, &action)));
    }
    let kind = present.as_ref().map_or("constraint", kind);
    Err(needs_rebuild(
        &format!("drop the {kind} {constraint} of the table {table}"),
        "leave the constraint out when the table is created",
    ))
}

/// At the word DEFAULT of such a key, DROP CONSTRAINT loses its way (3.54) and fails with a syntax error.
fn sets_default(key: &ForeignKey) -> bool {
    [key.on_delete, key.on_update].contains(&ReferentialAction::SetDefault)
}

/// RENAME CONSTRAINT: a check is made again under the new name.
pub(super) fn rename_constraint(
    table: &Name,
    from: &Name,
    to: &Name,
    context: &RenderContext<'_>,
) -> Result<Rendered, RenderError> {
    let present = known_table(table, context).and_then(|table| find(table, from));
    match present {
        Some(Constraint::Check(check)) if Feature::AlterCheck.is_in(&context.server) => {
            let renamed = Constraint::Check(Check::new(to.clone(), check.expression));
            let mut rendered = drop_constraint(table, from, context)?;
            rendered.extend(add_constraint(table, &renamed, context)?);
            Ok(rendered)
        }
        _ => Err(needs_rebuild(
            &format!("rename the constraint {from} of the table {table}"),
            "give the constraint this name when the table is created",
        )),
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

/// The table, when its definition is known.
pub(super) fn known_table<'a>(table: &Name, context: &RenderContext<'a>) -> Option<&'a Table> {
    context.schema.and_then(|schema| schema.table(table))
}

fn find(table: &Table, name: &Name) -> Option<Constraint> {
    let primary_key = table.primary_key.iter().cloned().map(Constraint::PrimaryKey);
    let uniques = table.uniques.iter().cloned().map(Constraint::Unique);
    let foreign_keys = table.foreign_keys.iter().cloned().map(Constraint::ForeignKey);
    let checks = table.checks.iter().cloned().map(Constraint::Check);
    primary_key
        .chain(uniques)
        .chain(foreign_keys)
        .chain(checks)
        .find(|constraint| constraint.name() == name)
}

fn kind(constraint: &Constraint) -> &'static str {
    match constraint {
        Constraint::PrimaryKey(_) => "primary key",
        Constraint::Unique(_) => "UNIQUE constraint",
        Constraint::ForeignKey(_) => "foreign key",
        Constraint::Check(_) => "check",
        _ => "constraint",
    }
}
