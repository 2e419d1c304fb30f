//! Expressions, portable where portable SQL says the same.
//!
//! Neither engine keeps the text of an expression, only what it has understood, and writes that anew: with other names of
//! functions, with parentheses that it does not need, and with a comparison where a truth value stands.

mod node;
mod parse;
mod tokens;
mod write;

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::RenderContext;
use limbeck_core::operation::Standing;
use limbeck_core::operation::parse_expression;
use limbeck_core::schema::Expression;
use limbeck_core::schema::TokenRun;

use crate::dialect::MySqlDialect;

pub(super) use self::node::Node;
pub(super) use self::parse::expression as parse;
pub(super) use self::write::Columns;

/// An expression over the columns of a table.
pub(super) fn read(dialect: &MySqlDialect, text: &str, columns: &Columns) -> Expression {
    let portable = parse(text).and_then(|node| portable(dialect, &node, columns, Standing::Row));
    portable.map_or_else(|| Expression::Native(bare(text).to_owned()), Expression::Portable)
}

/// The portable tokens of an expression, if the dialect can write them.
pub(super) fn portable(
    dialect: &MySqlDialect,
    node: &Node,
    columns: &Columns,
    standing: Standing,
) -> Option<TokenRun> {
    let run = parse_expression(&columns.text(node)?, standing).ok()?;
    let context = RenderContext::new(dialect.floor());
    dialect.token_run(&run, &context).ok()?;
    Some(run)
}

/// A text without the parentheses that stand around the whole of it.
fn bare(text: &str) -> &str {
    let Some(inner) = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')) else {
        return text;
    };
    let mut depth = 0_i32;
    for token in limbeck_core::sql::Lexer::new(inner, &crate::dialect::RULES) {
        match token.span.slice(inner) {
            "(" => depth += 1,
            ")" => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return text;
        }
    }
    inner
}
