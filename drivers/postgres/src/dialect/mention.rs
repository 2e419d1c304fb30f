//! Whether an expression names a column.

use limbeck_core::dialect;
use limbeck_core::schema::Column;
use limbeck_core::schema::Expression;
use limbeck_core::schema::Name;
use limbeck_core::schema::Table;

use super::rules::RULES;

/// Whether the expression, perhaps the engine's own text, names the column or table. The answer may be a false yes.
pub(super) fn mentions(expression: &Expression, name: &Name) -> bool {
    dialect::mentions(expression, name, &RULES)
}

/// A generated column that is computed from the column.
pub(super) fn computed_from<'a>(table: &'a Table, column: &Name) -> Option<&'a Column> {
    table.columns.iter().find(|other| {
        let generated = other.generated.as_ref();
        other.name != *column && generated.is_some_and(|generated| mentions(&generated.expression, column))
    })
}
