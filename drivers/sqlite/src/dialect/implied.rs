//! Checks that stand in for types SQLite does not have.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::render;
use limbeck_core::schema::Check;
use limbeck_core::schema::Column;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Expression;
use limbeck_core::schema::Name;

use super::traits::SQLITE;
use super::types;

/// The check of a column's type, if it needs one. It stands in the column's definition, so DROP COLUMN takes it along.
pub(super) fn check(table: &Name, column: &Column) -> Option<Check> {
    let name = SQLITE.quote_identifier(column.name.as_str());
    let (kind, text) = match types::portable(&column.data_type)? {
        // Before SQLite 3.45 json_valid(NULL) is 0, and other programs may bring such a library.
        DataType::Json => ("json", format!("{name} IS NULL OR json_valid({name})")),
        DataType::Enum { values } => {
            let values: Vec<_> = values.iter().map(|value| SQLITE.string_literal(value)).collect();
            ("enum", format!("{name} IN ({})", values.join(", ")))
        }
        _ => return None,
    };
    Some(Check::new(
        render::implied_check_name(table, &column.name, kind),
        Expression::Native(text),
    ))
}
