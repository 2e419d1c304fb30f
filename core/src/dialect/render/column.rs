//! Columns as clauses of a table.

use super::super::ColumnPlace;
use super::super::Dialect;
use super::super::RenderContext;
use super::super::RenderError;
use super::quoted;
use crate::operation::NamingConvention;
use crate::schema::Column;
use crate::schema::Expression;
use crate::schema::Generated;
use crate::schema::Name;
use crate::schema::Piece;
use crate::schema::Storage;

/// Name, type, value, NOT NULL and the checks that the type implies.
pub fn column_definition<D: Dialect + ?Sized>(
    dialect: &D,
    column: &Column,
    place: ColumnPlace<'_>,
    context: &RenderContext<'_>,
) -> Result<String, RenderError> {
    let mut clauses = vec![
        quoted(dialect, &column.name),
        dialect.type_name(&column.data_type, &context.server)?,
    ];
    if let Some(generated) = &column.generated {
        clauses.push(dialect.generated_clause(generated, context)?);
    } else if column.identity {
        clauses.push(dialect.identity_clause(column, place)?);
    } else if let Some(default) = &column.default {
        clauses.push(dialect.default_clause(column, default, context)?);
    }
    if !column.nullable || place.is_primary_key(&column.name) {
        clauses.push("NOT NULL".to_owned());
    }
    for check in dialect.implied_checks(place.table(), column, context)? {
        clauses.push(dialect.check(&check, context)?);
    }
    Ok(clauses.join(" "))
}

/// `DEFAULT …`
pub fn default_clause<D: Dialect + ?Sized>(
    dialect: &D,
    default: &Expression,
    context: &RenderContext<'_>,
) -> Result<String, RenderError> {
    Ok(format!("DEFAULT {}", dialect.expression(default, context)?))
}

/// `GENERATED ALWAYS AS (…) STORED`
pub fn generated_clause<D: Dialect + ?Sized>(
    dialect: &D,
    generated: &Generated,
    context: &RenderContext<'_>,
) -> Result<String, RenderError> {
    let storage = match generated.storage {
        Storage::Stored => "STORED",
        Storage::Virtual => "VIRTUAL",
    };
    Ok(format!(
        "GENERATED ALWAYS AS ({}) {storage}",
        dialect.expression(&generated.expression, context)?
    ))
}

/// Whether a portable expression is one literal, with a sign or without: what every engine takes as a default without
/// parentheses. `CURRENT_TIMESTAMP` and its kin are not literals.
pub fn is_plain_literal(expression: &Expression) -> bool {
    let Expression::Portable(run) = expression else {
        return false;
    };
    match run.0.as_slice() {
        [Piece::String(_) | Piece::Bytes(_) | Piece::Number(_)] => true,
        [Piece::Operator(sign), Piece::Number(_)] => matches!(sign.as_str(), "-" | "+"),
        [Piece::Keyword(word)] => matches!(word.as_str(), "NULL" | "TRUE" | "FALSE"),
        _ => false,
    }
}

/// The name of the check that a column's type implies: `<kind>_<table>_<column>`, unlike those that the naming convention
/// gives to checks without a name, and cut as they are.
pub fn implied_check_name(table: &Name, column: &Name, kind: &str) -> Name {
    let naming = NamingConvention {
        check: format!("{kind}_{{table}}_{{columns}}"),
        ..NamingConvention::default()
    };
    naming.check(table, std::slice::from_ref(column))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Name {
        Name::exact(text).unwrap()
    }

    #[test]
    fn long_names_of_implied_checks_are_cut_and_stay_apart() {
        assert_eq!(
            implied_check_name(&name("t"), &name("c"), "enum").as_str(),
            "enum_t_c"
        );
        let long = "ß".repeat(31);
        let one = implied_check_name(&name(&long), &name("one"), "json");
        let two = implied_check_name(&name(&long), &name("two"), "json");
        assert!(one.as_str().len() <= Name::MAX_PORTABLE_BYTES);
        assert!(one.as_str().starts_with("json_"));
        assert_ne!(one, two);
    }
}
