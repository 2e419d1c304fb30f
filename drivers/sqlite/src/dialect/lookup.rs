//! Finding what an operation names.

use limbeck_core::dialect::RenderError;
use limbeck_core::schema::Column;
use limbeck_core::schema::Constraint;
use limbeck_core::schema::Name;
use limbeck_core::schema::Schema;
use limbeck_core::schema::Table;

use super::refusal::refused;

/// A table of the schema, as far as that is known.
///
/// # Errors
/// It is not known, or is spelt in another case: SQLite takes both for the same, and the history does not.
pub(super) fn table<'a>(name: &Name, schema: Option<&'a Schema>) -> Result<&'a Table, RenderError> {
    if let Some(table) = schema.and_then(|schema| schema.table(name)) {
        return Ok(table);
    }
    let mut tables = schema.iter().flat_map(|schema| schema.tables.keys());
    match tables.find(|table| table.eq_ignore_case(name)) {
        Some(table) => Err(
            refused(format!("find the table {name}, which is called {table} there"))
                .with_hint(format!("write ALTER TABLE \"{table}\"")),
        ),
        None => Err(RenderError::Unknown {
            object: format!("the table {name}"),
        }),
    }
}

/// A column of a table.
///
/// # Errors
/// The table has no such column; the hint lists those that it has.
pub(super) fn column<'a>(table: &'a Table, name: &Name) -> Result<&'a Column, RenderError> {
    table.column(name).ok_or_else(|| {
        let columns: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
        refused(format!(
            "find the column {name}, which the table {} does not have",
            table.name
        ))
        .with_hint(format!("its columns are {}", columns.join(", ")))
    })
}

/// A constraint of a table.
///
/// # Errors
/// The table has no such constraint; the hint lists those that it has.
pub(super) fn constraint(table: &Table, name: &Name) -> Result<Constraint, RenderError> {
    let primary_key = table.primary_key.iter().cloned().map(Constraint::PrimaryKey);
    let uniques = table.uniques.iter().cloned().map(Constraint::Unique);
    let foreign_keys = table.foreign_keys.iter().cloned().map(Constraint::ForeignKey);
    let checks = table.checks.iter().cloned().map(Constraint::Check);
    let constraints: Vec<Constraint> = primary_key
        .chain(uniques)
        .chain(foreign_keys)
        .chain(checks)
        .collect();
    let found = constraints.iter().find(|constraint| constraint.name() == name);
    found.cloned().ok_or_else(|| {
        let names: Vec<&str> = constraints
            .iter()
            .map(|constraint| constraint.name().as_str())
            .collect();
        let hint = if names.is_empty() {
            "the table has no constraints".to_owned()
        } else {
            format!("its constraints are {}", names.join(", "))
        };
        refused(format!(
            "find the constraint {name}, which the table {} does not have",
            table.name
        ))
        .with_hint(hint)
    })
}
