//! ALTER TABLE … ADD COLUMN: much that CREATE TABLE takes is refused here, some of it only once the table has rows, which
//! a developer's empty database would hide. So it is refused always.

use limbeck_core::dialect::ColumnPlace;
use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::Rendered;
use limbeck_core::dialect::render;
use limbeck_core::schema::Column;
use limbeck_core::schema::Constraint;
use limbeck_core::schema::ForeignKey;
use limbeck_core::schema::Name;
use limbeck_core::schema::Storage;

use super::default;
use super::default::DefaultKind;
use super::refusal::needs_rebuild;
use super::table::note_lengths;
use super::traits::SQLITE;

/// ADD COLUMN with its constraints in its definition: there is no other place for a foreign key.
pub(super) fn add(
    table: &Name,
    column: &Column,
    constraints: &[Constraint],
    context: &RenderContext<'_>,
) -> Result<Rendered, RenderError> {
    allow_column(table, column)?;
    let mut definition = SQLITE.column_definition(column, ColumnPlace::Added(table), context)?;
    for constraint in constraints {
        definition.push(' ');
        definition.push_str(&clause(table, column, constraint, context)?);
    }
    let action = format!("ADD COLUMN {definition}");
    let mut rendered = Rendered::statement(render::alter_table(&SQLITE, table, &action));
    if column.comment.is_some() {
        let comment = column.comment.as_deref();
        rendered.extend(SQLITE.comment_on_column(table, &column.name, comment, context)?);
    }
    Ok(note_lengths(rendered, table, std::slice::from_ref(column)))
}

fn allow_column(table: &Name, column: &Column) -> Result<(), RenderError> {
    let name = &column.name;
    if let Some(generated) = &column.generated {
        return match generated.storage {
            Storage::Virtual => Ok(()),
            Storage::Stored => Err(needs_rebuild(
                &format!("add the stored generated column {name} to the table {table}"),
                "write VIRTUAL for STORED, or create the column with the table",
            )),
        };
    }
    match default_kind(column) {
        _ if column.identity => Err(needs_rebuild(
            &format!("add the identity column {name} to the table {table}"),
            "create the column with the table",
        )),
        DefaultKind::Clock | DefaultKind::Computed => Err(needs_rebuild(
            &format!("add the column {name} to the table {table} with a default that is not a plain value"),
            "write a string, number, TRUE, FALSE or NULL as the default",
        )),
        DefaultKind::Null if !column.nullable => Err(needs_rebuild(
            &format!("add the column {name} to the table {table} as NOT NULL without a default"),
            "give the column a default",
        )),
        DefaultKind::Null | DefaultKind::Literal => Ok(()),
    }
}

/// No default is NULL as well.
fn default_kind(column: &Column) -> DefaultKind {
    column.default.as_ref().map_or(DefaultKind::Null, default::kind)
}

fn clause(
    table: &Name,
    column: &Column,
    constraint: &Constraint,
    context: &RenderContext<'_>,
) -> Result<String, RenderError> {
    match constraint {
        Constraint::Check(check) => SQLITE.check(check, context),
        Constraint::ForeignKey(key) if key.columns == [column.name.clone()] => {
            reference(table, column, key, context)
        }
        Constraint::Unique(unique) => Err(needs_rebuild(
            &format!(
                "add the column {} to the table {table} with the UNIQUE constraint {}",
                column.name, unique.name
            ),
            "add the column without it and write CREATE UNIQUE INDEX",
        )),
        other => Err(needs_rebuild(
            &format!(
                "add the column {} to the table {table} with the constraint {}",
                column.name,
                other.name()
            ),
            "create the constraint with the table",
        )),
    }
}

fn reference(
    table: &Name,
    column: &Column,
    key: &ForeignKey,
    context: &RenderContext<'_>,
) -> Result<String, RenderError> {
    if default_kind(column) != DefaultKind::Null {
        return Err(needs_rebuild(
            &format!(
                "add the column {} to the table {table} with both a default and the foreign key {}",
                column.name, key.name
            ),
            "leave the default out and write the value with UPDATE",
        ));
    }
    Ok(format!(
        "CONSTRAINT {} {}",
        render::quoted(&SQLITE, &key.name),
        render::references(&SQLITE, key, context)?
    ))
}
