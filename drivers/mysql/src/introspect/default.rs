//! Defaults.

use limbeck_core::operation::Standing;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Expression;
use limbeck_core::schema::Piece;
use limbeck_core::schema::TokenRun;

use super::expression;
use super::expression::Columns;
use super::expression::Node;
use super::literal;
use crate::dialect::MARIADB;
use crate::dialect::MySqlDialect;

/// A default, and whether it says that the column is a moment, which is kept in UTC.
#[derive(Debug, Default)]
pub(super) struct Default {
    pub(super) expression: Option<Expression>,
    pub(super) is_in_utc: bool,
}

/// The default of a column of this type. MariaDB shows every default as an expression; MySQL shows a literal as its bare
/// text, and says in `extra` when it is none.
pub(super) fn read(dialect: &MySqlDialect, text: &str, extra: &str, data_type: &DataType) -> Default {
    let is_expression = dialect == &MARIADB || extra.contains("DEFAULT_GENERATED");
    if !is_expression {
        return Default {
            expression: Some(of_literal(text, data_type)),
            is_in_utc: false,
        };
    }
    let text = match dialect == &MARIADB {
        true => text.to_owned(),
        false => literal::unescaped(text).unwrap_or_else(|| text.to_owned()),
    };
    of_expression(dialect, &text, data_type)
}

fn of_expression(dialect: &MySqlDialect, text: &str, data_type: &DataType) -> Default {
    let node = clock(text, data_type).or_else(|| expression::parse(text));
    let is_in_utc = node == Some(Node::Word("UTC_TIMESTAMP")) && *data_type == DataType::Timestamp;
    let node = match node {
        Some(Node::Word("NULL")) => return Default::default(),
        Some(Node::Word("UTC_TIMESTAMP")) if is_in_utc => Some(Node::Word("CURRENT_TIMESTAMP")),
        Some(Node::Number(number)) if *data_type == DataType::Boolean => {
            Some(Node::Word(if number == "0" { "FALSE" } else { "TRUE" }))
        }
        other => other,
    };
    let none = Columns::default();
    let portable = node.and_then(|node| expression::portable(dialect, &node, &none, Standing::Default));
    let native = || Expression::Native(format!("({text})"));
    Default {
        expression: Some(portable.map_or_else(native, Expression::Portable)),
        is_in_utc,
    }
}

/// The clock of a type in the engine's own words, with as many digits as that has.
fn clock(text: &str, data_type: &DataType) -> Option<Node> {
    let DataType::Native { sql, .. } = data_type else {
        return None;
    };
    let digits = |text: &str| {
        let inner = text.split_once('(').and_then(|(_, rest)| rest.split_once(')'));
        inner.map_or(String::new(), |(digits, _)| digits.trim().to_owned())
    };
    let lower = sql.to_ascii_lowercase();
    let of_type = match lower.split([' ', '(']).next()? {
        "datetime" | "timestamp" => digits(lower.split(" on update").next()?),
        _ => return None,
    };
    let is_clock = text.to_ascii_lowercase().starts_with("current_timestamp");
    (is_clock && digits(text) == of_type).then_some(Node::Word("CURRENT_TIMESTAMP"))
}

fn of_literal(text: &str, data_type: &DataType) -> Expression {
    let is_number = match data_type {
        DataType::SmallInt
        | DataType::Integer
        | DataType::BigInt
        | DataType::Numeric { .. }
        | DataType::Real
        | DataType::DoublePrecision => true,
        DataType::Boolean => {
            let word = if text == "0" { "FALSE" } else { "TRUE" };
            return Expression::Portable(TokenRun(vec![Piece::Keyword(word.to_owned())]));
        }
        // Bits and bytes are shown as literals.
        DataType::Native { sql, .. } if sql.starts_with("bit") || sql.contains("binary") => {
            return Expression::Native(text.to_owned());
        }
        _ => false,
    };
    let number = is_number
        .then(|| limbeck_core::operation::parse_expression(text, Standing::Default).ok())
        .flatten();
    Expression::Portable(number.unwrap_or_else(|| TokenRun(vec![Piece::String(text.to_owned())])))
}
