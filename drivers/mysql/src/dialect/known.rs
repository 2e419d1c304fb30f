//! What the context knows of the schema.

use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::schema::Column;
use limbeck_core::schema::Constraint;
use limbeck_core::schema::Name;
use limbeck_core::schema::Schema;
use limbeck_core::schema::Table;

/// The whole schema.
pub(super) fn schema<'a>(what: &str, context: &RenderContext<'a>) -> Result<&'a Schema, RenderError> {
    context.schema.ok_or_else(|| RenderError::Unknown {
        object: what.to_owned(),
    })
}

/// A table.
pub(super) fn table<'a>(name: &Name, context: &RenderContext<'a>) -> Result<&'a Table, RenderError> {
    context
        .schema
        .and_then(|schema| schema.table(name))
        .ok_or_else(|| RenderError::Unknown {
            object: format!("the table {name}"),
        })
}

/// A column of a table.
pub(super) fn column<'a>(table: &'a Table, name: &Name) -> Result<&'a Column, RenderError> {
    table.column(name).ok_or_else(|| RenderError::Unknown {
        object: format!("the column {name} of the table {}", table.name),
    })
}

/// A constraint of a table.
pub(super) fn constraint(table: &Table, name: &Name) -> Result<Constraint, RenderError> {
    let primary_key = table.primary_key.iter().cloned().map(Constraint::PrimaryKey);
    let uniques = table.uniques.iter().cloned().map(Constraint::Unique);
    let foreign_keys = table.foreign_keys.iter().cloned().map(Constraint::ForeignKey);
    let checks = table.checks.iter().cloned().map(Constraint::Check);
    primary_key
        .chain(uniques)
        .chain(foreign_keys)
        .chain(checks)
        .find(|constraint| constraint.name() == name)
        .ok_or_else(|| RenderError::Unknown {
            object: format!("the constraint {name} of the table {}", table.name),
        })
}
