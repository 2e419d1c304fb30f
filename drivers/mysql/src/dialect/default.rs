//! Defaults: what may stand there as it is, and what needs parentheses.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::render;
use limbeck_core::schema::Column;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Expression;
use limbeck_core::schema::Piece;

use super::feature::Feature;
use super::flavour::Flavour;
use super::traits::MySqlDialect;
use super::types;

/// `DEFAULT …`. The engine's own text is written as it is: it is what stands behind DEFAULT, with parentheses where it
/// needs them and with `ON UPDATE`.
pub(super) fn clause(
    dialect: &MySqlDialect,
    column: &Column,
    default: &Expression,
    context: &RenderContext<'_>,
) -> Result<String, RenderError> {
    let flavour = dialect.flavour();
    let run = match default {
        Expression::Portable(run) => run,
        Expression::Native(text) => return Ok(format!("DEFAULT {text}")),
        _ => return Err(flavour.refused(format!("write the default of the column {}", column.name))),
    };
    if let [Piece::Keyword(word)] = run.0.as_slice() {
        match word.as_str() {
            "NULL" => return Ok("DEFAULT NULL".to_owned()),
            "CURRENT_TIMESTAMP" => {
                if let Some(clock) = plain_clock(flavour, &column.data_type) {
                    return Ok(format!("DEFAULT {clock}"));
                }
            }
            _ => {}
        }
    }
    let is_large = flavour == Flavour::MySql && types::is_large(flavour, &column.data_type);
    if render::is_plain_literal(default) && !is_large {
        // The engine keeps the value of it.
        return Ok(format!("DEFAULT {}", render::token_run(dialect, run, context)?));
    }
    let text = if is_moment_in_utc(flavour, column, default) {
        "UTC_TIMESTAMP(6)".to_owned()
    } else {
        dialect.token_run(run, context)?
    };
    Feature::ExpressionDefault.require(
        flavour,
        &context.server,
        &format!("give the column {} a default that is an expression", column.name),
        "",
    )?;
    Ok(format!("DEFAULT ({text})"))
}

/// The clock as a default without parentheses, which a type takes only with as many digits as it has itself.
fn plain_clock(flavour: Flavour, data_type: &DataType) -> Option<String> {
    let text = match types::portable(flavour, data_type) {
        Some(DataType::Timestamp) => return Some("CURRENT_TIMESTAMP(6)".to_owned()),
        Some(_) => return None,
        None => data_type.native_for(flavour.words())?,
    };
    if !matches!(types::first_word(text).as_str(), "DATETIME" | "TIMESTAMP") {
        return None;
    }
    let digits = text
        .split_once('(')
        .and_then(|(_, rest)| rest.split_once(')'))
        .map_or(String::new(), |(digits, _)| format!("({})", digits.trim()));
    Some(format!("CURRENT_TIMESTAMP{digits}"))
}

/// A moment is kept in UTC, whatever the time zone of the session that inserts the row.
fn is_moment_in_utc(flavour: Flavour, column: &Column, default: &Expression) -> bool {
    let Expression::Portable(run) = default else {
        return false;
    };
    types::portable(flavour, &column.data_type) == Some(&DataType::TimestampWithTimeZone)
        && matches!(run.0.as_slice(), [Piece::Keyword(word)] if word == "CURRENT_TIMESTAMP")
}
