//! Whether an expression names a column.

use limbeck_core::dialect;
use limbeck_core::schema::Expression;
use limbeck_core::schema::Name;

use super::rules::RULES;

/// Whether the expression, perhaps the engine's own text, names the column or table. The answer may be a false yes.
pub(super) fn mentions(expression: &Expression, name: &Name) -> bool {
    dialect::mentions(expression, name, &RULES)
}
