//! ALTER COLUMN.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::Guard;
use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::Rendered;
use limbeck_core::dialect::render;
use limbeck_core::operation::ColumnChange;
use limbeck_core::schema::Column;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Expression;
use limbeck_core::schema::Name;

use super::conversion::conversion;
use super::default;
use super::identity;
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
            if present.is_some_and(|column| column.identity || column.generated.is_some()) {
                return Err(refused(format!(
                    "set a default for the column {column} of the table {table}, which makes its own values"
                ))
                .with_hint("leave the default out"));
            }
            let data_type = present.map(|column| &column.data_type);
            set_default(table, column, data_type, default, context)
        }
        ColumnChange::AddIdentity => {
            let mut rendered = render::alter_column(&POSTGRES, table, column, change, context)?;
            rendered.statements.push(identity::advance(table, column));
            Ok(rendered)
        }
        _ => render::alter_column(&POSTGRES, table, column, change, context),
    }
}

/// With which the server refuses NOT NULL over rows that are NULL.
const NOT_NULL_VIOLATION: &str = "23502";

/// The server says that there are such rows, and not how many.
fn holds_no_null(table: &Name, column: &Name) -> Guard {
    Guard::new(
        format!(
            "SELECT count(*) FROM {} WHERE {} IS NULL HAVING count(*) > 0",
            render::quoted(&POSTGRES, table),
            render::quoted(&POSTGRES, column)
        ),
        format!("the column {column} of {table} can't become NOT NULL; rows in which it is NULL:"),
    )
    .after_refusal(NOT_NULL_VIOLATION)
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
        .with_hint(again(table, &computed.name)));
    }
    let written = POSTGRES.type_name(data_type, &context.server)?;
    let conversion = conversion(table, present, data_type, &written)?;
    let default = match &conversion.using {
        Some(_) => converted_default(table, present, data_type, &written)?,
        None => None,
    };

    let mut rendered = Rendered::default();
    rendered.guards.extend(conversion.guard(table, column, &written));
    if let Some(check) = implied::present_check(known, present) {
        rendered.extend(POSTGRES.drop_constraint(table, &check, context)?);
    }
    if default.is_some() {
        rendered.extend(altered(table, column, "DROP DEFAULT"));
    }
    let using = conversion.using.map(|using| format!(" USING {using}"));
    let action = format!("SET DATA TYPE {written}{}", using.unwrap_or_default());
    rendered.extend(altered(table, column, &action));
    if let Some(default) = default {
        rendered.extend(set_default(table, column, Some(data_type), default, context)?);
    }
    if let Some(check) = implied::check(table, column, data_type) {
        let action = format!("ADD {}", POSTGRES.check(&check, context)?);
        let added = render::alter_table(&POSTGRES, table, &action);
        rendered.extend(Rendered::statement(added));
    }
    Ok(rendered)
}

/// The default of a column whose values are cast. A generated column takes no cast: its values are computed.
fn converted_default<'a>(
    table: &Name,
    present: &'a Column,
    data_type: &DataType,
    written: &str,
) -> Result<Option<&'a Expression>, RenderError> {
    let name = &present.name;
    if present.generated.is_some() {
        return Err(refused(format!(
            "compute the generated column {name} of the table {table} as {written}: its expression is of another type"
        ))
        .with_hint(again(table, name)));
    }
    match &present.default {
        Some(default) if !default::fits(default, data_type) => Err(refused(format!(
            "keep the default of the column {name} of the table {table} when it becomes {written}"
        ))
        .with_hint("write DROP DEFAULT before it and SET DEFAULT after it")),
        default => Ok(default.as_ref()),
    }
}

fn again(table: &Name, column: &Name) -> String {
    format!("write ALTER TABLE {table} DROP COLUMN {column} before it, and add the column again after it")
}

fn altered(table: &Name, column: &Name, change: &str) -> Rendered {
    let action = format!("ALTER COLUMN {} {change}", render::quoted(&POSTGRES, column));
    Rendered::statement(render::alter_table(&POSTGRES, table, &action))
}
