//! Expressions, portable where portable SQL says the same.
//!
//! PostgreSQL keeps no text of an expression, only what it has understood, and writes that anew: with a cast wherever it
//! has cast something, parentheses around every operation, `= ANY (ARRAY[…])` for IN and `~~` for LIKE. What is read
//! becomes portable when portable SQL has words for it that make PostgreSQL understand the same again. They are not always
//! the words that were written: BETWEEN comes back as two comparisons, IN with one value as `=`.

mod call;
mod kind;
mod node;
mod parse;
#[cfg(test)]
mod tests;
mod tokens;
mod write;
mod written;

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::RenderContext;
use limbeck_core::operation::Standing;
use limbeck_core::operation::parse_expression;
use limbeck_core::schema::Expression;
use limbeck_core::schema::Name;
use limbeck_core::schema::TokenRun;

use self::kind::Kind;
use self::node::Node;
use crate::dialect::POSTGRES;

pub(super) use self::write::Columns;

impl Columns {
    /// The columns of a table with their types.
    pub(super) fn of<'a>(columns: impl IntoIterator<Item = (&'a Name, &'a str)>) -> Self {
        let columns = columns.into_iter();
        Self(
            columns
                .map(|(name, data_type)| (vec![name.clone()], Kind::of(data_type)))
                .collect(),
        )
    }
}

/// An expression over the columns of a table.
pub(super) fn read(text: &str, columns: &Columns) -> Expression {
    portable(text, columns).map_or_else(|| native(text), Expression::Portable)
}

/// The default of a column of this type; NULL is none.
pub(super) fn default(text: &str, data_type: &str) -> Option<Expression> {
    let node = parse::expression(text);
    if node.as_ref().is_some_and(Node::is_null) {
        return None;
    }
    let written = node.and_then(|node| default_text(&node, data_type));
    let run = written.and_then(|text| checked(&text, Standing::Default));
    Some(run.map_or_else(|| native(text), Expression::Portable))
}

fn portable(text: &str, columns: &Columns) -> Option<TokenRun> {
    let written = columns.expression(&parse::expression(text)?)?;
    checked(&written.text, Standing::Row)
}

/// A literal takes the type of its column.
fn default_text(node: &Node, data_type: &str) -> Option<String> {
    let columns = Columns::default();
    let literal = match node {
        Node::Number { .. } => node,
        Node::Cast(literal, cast) if Kind::of(cast) == Kind::of(data_type) => match literal.as_ref() {
            Node::Text(_) => literal,
            _ => return Some(columns.expression(node)?.text),
        },
        _ => return Some(columns.expression(node)?.text),
    };
    let form = columns.operand(literal)?.forms.into_iter().next()?;
    Some(form.text)
}

/// The portable expression of a text, if it is one that the dialect can write.
fn checked(text: &str, standing: Standing) -> Option<TokenRun> {
    let run = parse_expression(text, standing).ok()?;
    let context = RenderContext::new(POSTGRES.floor());
    POSTGRES.token_run(&run, &context).ok()?;
    Some(run)
}

fn native(text: &str) -> Expression {
    Expression::Native(text.to_owned())
}
