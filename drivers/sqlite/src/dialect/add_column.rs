//! ALTER TABLE … ADD COLUMN: much that CREATE TABLE takes is refused here, some of it only once the table has rows, which
//! a developer's empty database would hide. What is refused at any time needs a rebuild always.

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
use super::table::note_lengths;
use super::traits::SQLITE;

/// ADD COLUMN with its constraints in its definition: there is no other place for a foreign key. None when only a rebuild
/// does it.
pub(super) fn native(
    table: &Name,
    column: &Column,
    constraints: &[Constraint],
    context: &RenderContext<'_>,
) -> Result<Option<Rendered>, RenderError> {
    if !is_native(column, constraints) {
        return Ok(None);
    }
    let mut definition = SQLITE.column_definition(column, ColumnPlace::Added(table), context)?;
    for constraint in constraints {
        definition.push(' ');
        definition.push_str(&match constraint {
            Constraint::ForeignKey(key) => reference(key, context)?,
            other => render::constraint(&SQLITE, other, context)?,
        });
    }
    let action = format!("ADD COLUMN {definition}");
    let mut rendered = Rendered::statement(render::alter_table(&SQLITE, table, &action));
    if column.comment.is_some() {
        let comment = column.comment.as_deref();
        rendered.extend(SQLITE.comment_on_column(table, &column.name, comment, context)?);
    }
    Ok(Some(note_lengths(rendered, table, std::slice::from_ref(column))))
}

/// Whether ADD COLUMN takes the column with its constraints, also when the table has rows.
pub(super) fn is_native(column: &Column, constraints: &[Constraint]) -> bool {
    let is_null = default_kind(column) == DefaultKind::Null;
    takes(column)
        && constraints.iter().all(|constraint| match constraint {
            Constraint::Check(_) => true,
            Constraint::ForeignKey(key) => key.columns == [column.name.clone()] && is_null,
            _ => false,
        })
}

fn takes(column: &Column) -> bool {
    if let Some(generated) = &column.generated {
        return generated.storage == Storage::Virtual;
    }
    match default_kind(column) {
        _ if column.identity => false,
        DefaultKind::Clock | DefaultKind::Computed => false,
        DefaultKind::Null => column.nullable,
        DefaultKind::Literal => true,
    }
}

/// No default is NULL as well.
fn default_kind(column: &Column) -> DefaultKind {
    column.default.as_ref().map_or(DefaultKind::Null, default::kind)
}

fn reference(key: &ForeignKey, context: &RenderContext<'_>) -> Result<String, RenderError> {
    Ok(format!(
        "CONSTRAINT {} {}",
        render::quoted(&SQLITE, &key.name),
        render::references(&SQLITE, key, context)?
    ))
}
