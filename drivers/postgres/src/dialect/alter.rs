//! ALTER COLUMN.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::Guard;
use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::Rendered;
use limbeck_core::dialect::render;
use limbeck_core::operation::ColumnChange;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Expression;
use limbeck_core::schema::Name;

use super::conversion::conversion;
use super::default;
use super::implied;
use super::mention;
use super::refusal::known_table;
use super::refusal::needed_table;
use super::refusal::refused;
use super::traits::POSTGRES;

/// One change of a column.
pub(super) fn column(
    table: &Name,
    column: &Name,
    change: &ColumnChange,
    context: &RenderContext<'_>,
) -> Result<Rendered, RenderError> {
    match change {
        ColumnChange::SetType(data_type) => set_type(table, column, data_type, context),
        ColumnChange::SetNotNull => {
            let rendered = render::alter_column(&POSTGRES, table, column, change, context)?;
            Ok(rendered.with_guard(holds_no_null(table, column)))
        }
        ColumnChange::SetDefault(default) => {
            let present = known_table(table, context).and_then(|table| table.column(column));
            let data_type = present.map(|column| &column.data_type);
            set_default(table, column, data_type, default, context)
        }
        _ => render::alter_column(&POSTGRES, table, column, change, context),
    }
}

/// The server would say that there are such rows, and not how many.
fn holds_no_null(table: &Name, column: &Name) -> Guard {
    Guard::new(
        format!(
            "SELECT count(*) || ' rows' FROM {} WHERE {} IS NULL HAVING count(*) > 0",
            render::quoted(&POSTGRES, table),
            render::quoted(&POSTGRES, column)
        ),
        format!("the column {column} of {table} can't become NOT NULL, it is NULL in"),
    )
}

fn set_default(
    table: &Name,
    column: &Name,
    data_type: Option<&DataType>,
    default: &Expression,
    context: &RenderContext<'_>,
) -> Result<Rendered, RenderError> {
    let clause = default::clause(data_type, default, context)?;
    Ok(altered(table, column, &format!("SET {clause}")))
}

/// SET DATA TYPE, with the check of an ENUM and the default brought along: a default is converted by assignment, also
/// where the values are not.
fn set_type(
    table: &Name,
    column: &Name,
    data_type: &DataType,
    context: &RenderContext<'_>,
) -> Result<Rendered, RenderError> {
    let known = needed_table(table, context)?;
    let present = known.column(column).ok_or_else(|| RenderError::Unknown {
        object: format!("the column {column} of the table {table}"),
    })?;
    if let Some(computed) = mention::computed_from(known, column) {
        return Err(refused(format!(
            "change the type of the column {column} of the table {table} while the generated column {} uses it",
            computed.name
        ))
        .with_hint(format!(
            "write ALTER TABLE {table} DROP COLUMN {} before it, and add the column again after it",
            computed.name
        )));
    }
    let written = POSTGRES.type_name(data_type, &context.server)?;
    let mut action = format!("SET DATA TYPE {written}");
    let mut rendered = Rendered::default();
    if let Some(check) = implied::present_check(known, present) {
        rendered.extend(POSTGRES.drop_constraint(table, &check, context)?);
    }
    let mut default = None;
    // The values of a generated column are computed again.
    if present.generated.is_none() {
        let conversion = conversion(table, present, data_type, &written)?;
        rendered.guards.extend(conversion.guard(table, column, &written));
        if let Some(using) = conversion.using {
            action.push_str(" USING ");
            action.push_str(&using);
            default = present.default.as_ref();
        }
    }
    if default.is_some() {
        rendered.extend(altered(table, column, "DROP DEFAULT"));
    }
    rendered.extend(altered(table, column, &action));
    if let Some(default) = default {
        rendered.extend(set_default(table, column, Some(data_type), default, context)?);
    }
    if let Some(check) = implied::check(table, column, data_type) {
        let action = format!("ADD {}", POSTGRES.check(&check, context)?);
        rendered.extend(Rendered::statement(render::alter_table(
            &POSTGRES, table, &action,
        )));
    }
    Ok(rendered)
}

fn altered(table: &Name, column: &Name, change: &str) -> Rendered {
    let action = format!("ALTER COLUMN {} {change}", render::quoted(&POSTGRES, column));
    Rendered::statement(render::alter_table(&POSTGRES, table, &action))
}
