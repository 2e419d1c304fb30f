//! The check that makes an ENUM of a text.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::render;
use limbeck_core::schema::Check;
use limbeck_core::schema::Column;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Expression;
use limbeck_core::schema::Name;
use limbeck_core::schema::Table;

use super::traits::POSTGRES;
use super::types;

/// The check of a type, if it needs one. It goes with its column.
pub(super) fn check(table: &Name, column: &Name, data_type: &DataType) -> Option<Check> {
    let Some(DataType::Enum { values }) = types::portable(data_type) else {
        return None;
    };
    let values: Vec<_> = values
        .iter()
        .map(|value| POSTGRES.string_literal(value))
        .collect();
    let text = format!("{} IN ({})", render::quoted(&POSTGRES, column), values.join(", "));
    Some(Check::new(check_name(table, column), Expression::Native(text)))
}

/// The name of the check that a column of the table has for its type. It is in the type of the column; in a table that was
/// read from a catalogue it is among the checks when somebody has given it another meaning.
pub(super) fn present_check(table: &Table, column: &Column) -> Option<Name> {
    let name = check_name(&table.name, &column.name);
    let is_enum = matches!(types::portable(&column.data_type), Some(DataType::Enum { .. }));
    (is_enum || table.checks.iter().any(|check| check.name == name)).then_some(name)
}

/// The name of the check of an ENUM column.
pub(crate) fn check_name(table: &Name, column: &Name) -> Name {
    render::implied_check_name(table, column, "enum")
}
