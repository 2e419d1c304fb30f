//! What reads the numbers that the engine gives out, or the values that a foreign key writes: the engines refuse it
//! (3818, 3109, 1215; 1901).

use limbeck_core::dialect::RenderError;
use limbeck_core::schema::Column;
use limbeck_core::schema::Expression;
use limbeck_core::schema::ForeignKey;
use limbeck_core::schema::ReferentialAction;
use limbeck_core::schema::Storage;
use limbeck_core::schema::Table;

use super::flavour::Flavour;
use super::mention::mentions;

/// Refuses an expression that reads the identity column of its table. `what` has the expression: `the check ck`.
pub(super) fn allow_expression(
    flavour: Flavour,
    table: &Table,
    expression: &Expression,
    what: &str,
) -> Result<(), RenderError> {
    let mut numbered = table.columns.iter().filter(|column| column.identity);
    match numbered.find(|column| mentions(expression, &column.name)) {
        Some(column) => Err(flavour
            .refused(format!(
                "read the identity column {} of the table {} in {what}",
                column.name, table.name
            ))
            .with_hint("leave it out, or keep it from this engine with a section of its own")),
        None => Ok(()),
    }
}

/// Refuses a generated column that the table does not allow.
pub(super) fn allow_column(flavour: Flavour, table: &Table, column: &Column) -> Result<(), RenderError> {
    let Some(generated) = &column.generated else {
        return Ok(());
    };
    let what = format!("the generated column {}", column.name);
    allow_expression(flavour, table, &generated.expression, &what)?;
    table
        .foreign_keys
        .iter()
        .try_for_each(|key| allow_key(flavour, table, key))
}

/// Refuses a foreign key that writes what a stored column is computed from.
pub(super) fn allow_key(flavour: Flavour, table: &Table, key: &ForeignKey) -> Result<(), RenderError> {
    let cascades = key.on_delete == ReferentialAction::Cascade && flavour == Flavour::MySql;
    if !(writes(key) || cascades) {
        return Ok(());
    }
    for column in &table.columns {
        if let Some(generated) = &column.generated
            && generated.storage == Storage::Stored
            && key
                .columns
                .iter()
                .any(|read| mentions(&generated.expression, read))
        {
            return Err(flavour
                .refused(format!(
                    "let the foreign key {} write what the stored column {} of the table {} is computed from",
                    key.name, column.name, table.name
                ))
                .with_hint("write VIRTUAL for STORED, or leave the action of the key out"));
        }
    }
    Ok(())
}

/// Whether the key writes its columns when a referenced row changes or goes.
pub(super) fn writes(key: &ForeignKey) -> bool {
    key.on_delete == ReferentialAction::SetNull
        || matches!(
            key.on_update,
            ReferentialAction::SetNull | ReferentialAction::Cascade
        )
}
