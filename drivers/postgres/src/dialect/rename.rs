//! RENAME COLUMN and RENAME TO, which leave the checks of ENUM columns under their old names.

use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::Rendered;
use limbeck_core::dialect::render;
use limbeck_core::schema::Name;

use super::implied;
use super::refusal::needed_table;
use super::traits::POSTGRES;

/// RENAME COLUMN, and the check of its type.
pub(super) fn column(
    table: &Name,
    from: &Name,
    to: &Name,
    context: &RenderContext<'_>,
) -> Result<Rendered, RenderError> {
    let known = needed_table(table, context)?;
    let mut rendered = render::renamed(&POSTGRES, table, "COLUMN", from, to);
    if let Some(present) = known.column(from)
        && let Some(check) = implied::present_check(known, present)
    {
        rendered.extend(check_of(table, &check, &implied::check_name(table, to)));
    }
    Ok(rendered)
}

/// RENAME TO, and the checks of its columns' types.
pub(super) fn table(from: &Name, to: &Name, context: &RenderContext<'_>) -> Result<Rendered, RenderError> {
    let known = needed_table(from, context)?;
    let action = format!("RENAME TO {}", render::quoted(&POSTGRES, to));
    let mut rendered = Rendered::statement(render::alter_table(&POSTGRES, from, &action));
    for column in &known.columns {
        if let Some(check) = implied::present_check(known, column) {
            rendered.extend(check_of(to, &check, &implied::check_name(to, &column.name)));
        }
    }
    Ok(rendered)
}

fn check_of(table: &Name, from: &Name, to: &Name) -> Rendered {
    render::renamed(&POSTGRES, table, "CONSTRAINT", from, to)
}
