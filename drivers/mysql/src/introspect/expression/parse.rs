//! Reads what the catalogues write. What is not known here is none: the text then stays the engine's own.

use limbeck_core::sql::TokenKind;

use super::node::Node;
use super::tokens::Tokens;
use super::words::list;
use super::words::word;

/// Nesting beyond this is not read.
const DEEPEST: usize = 64;

const COMPARISONS: &[&str] = &["=", "<>", "<=", ">=", "<", ">"];

const TESTS: &[(&str, &[&str])] = &[
    ("IS NULL", &["IS", "NULL"]),
    ("IS NOT NULL", &["IS", "NOT", "NULL"]),
    ("IS TRUE", &["IS", "TRUE"]),
    ("IS NOT TRUE", &["IS", "NOT", "TRUE"]),
    ("IS FALSE", &["IS", "FALSE"]),
    ("IS NOT FALSE", &["IS", "NOT", "FALSE"]),
];

/// The expression, when it is the whole text.
pub(crate) fn expression(text: &str) -> Option<Node> {
    let mut tokens = Tokens::new(text);
    let node = alternatives(&mut tokens, DEEPEST)?;
    tokens.at_end().then_some(node)
}

pub(super) fn alternatives(tokens: &mut Tokens<'_>, depth: usize) -> Option<Node> {
    let depth = depth.checked_sub(1)?;
    let mut parts = vec![conjunction(tokens, depth)?];
    while tokens.take("OR") {
        parts.push(conjunction(tokens, depth)?);
    }
    Some(alone_or(parts, |parts| Node::chain("OR", parts)))
}

fn conjunction(tokens: &mut Tokens<'_>, depth: usize) -> Option<Node> {
    let mut parts = vec![negation(tokens, depth)?];
    while tokens.take("AND") {
        parts.push(negation(tokens, depth)?);
    }
    Some(alone_or(parts, |parts| Node::chain("AND", parts)))
}

fn alone_or(mut parts: Vec<Node>, many: impl FnOnce(Vec<Node>) -> Node) -> Node {
    match parts.len() {
        1 => parts.remove(0),
        _ => many(parts),
    }
}

fn negation(tokens: &mut Tokens<'_>, depth: usize) -> Option<Node> {
    let depth = depth.checked_sub(1)?;
    if tokens.take("NOT") || tokens.take("!") {
        return Some(negated_node(negation(tokens, depth)?));
    }
    predicate(tokens, depth)
}

/// MySQL writes `(not((a like b)))` for NOT LIKE.
fn negated_node(node: Node) -> Node {
    match node {
        Node::Like {
            value,
            negated: false,
            pattern,
            escape,
        } => Node::Like {
            value,
            negated: true,
            pattern,
            escape,
        },
        other => Node::Not(Box::new(other)),
    }
}

fn predicate(tokens: &mut Tokens<'_>, depth: usize) -> Option<Node> {
    let mut node = joined(tokens, depth)?;
    loop {
        if let Some(test) = TESTS
            .iter()
            .find_map(|(test, words)| tokens.take_all(words).then_some(*test))
        {
            node = Node::Test(Box::new(node), test);
            continue;
        }
        if let Some(operator) = COMPARISONS.iter().find(|operator| tokens.take(operator)) {
            let right = joined(tokens, depth)?;
            node = Node::Infix(Box::new(node), (*operator).to_owned(), Box::new(right));
            continue;
        }
        let negated = tokens.take("NOT");
        let value = Box::new(node.clone());
        node = if tokens.take("BETWEEN") {
            let from = Box::new(joined(tokens, depth)?);
            tokens.require("AND")?;
            let to = Box::new(joined(tokens, depth)?);
            Node::Between {
                value,
                negated,
                from,
                to,
            }
        } else if tokens.take("IN") {
            tokens.require("(")?;
            let list = list(tokens, depth)?;
            Node::Among { value, negated, list }
        } else if tokens.take("LIKE") {
            let pattern = Box::new(joined(tokens, depth)?);
            let escape = match tokens.take("ESCAPE") {
                true => Some(Box::new(operand(tokens, depth)?)),
                false => None,
            };
            Node::Like {
                value,
                negated,
                pattern,
                escape,
            }
        } else {
            return (!negated).then_some(node);
        };
    }
}

fn joined(tokens: &mut Tokens<'_>, depth: usize) -> Option<Node> {
    let mut parts = vec![sum(tokens, depth)?];
    while tokens.take("||") {
        parts.push(sum(tokens, depth)?);
    }
    Some(alone_or(parts, Node::joined))
}

fn sum(tokens: &mut Tokens<'_>, depth: usize) -> Option<Node> {
    let mut node = product(tokens, depth)?;
    while let Some(operator) = ["+", "-"].iter().find(|operator| tokens.take(operator)) {
        let right = product(tokens, depth)?;
        node = Node::Infix(Box::new(node), (*operator).to_owned(), Box::new(right));
    }
    Some(node)
}

fn product(tokens: &mut Tokens<'_>, depth: usize) -> Option<Node> {
    let mut node = signed(tokens, depth)?;
    while let Some(operator) = ["*", "%", "MOD"].iter().find(|operator| tokens.take(operator)) {
        let operator = if *operator == "MOD" { "%" } else { operator };
        let right = signed(tokens, depth)?;
        node = Node::Infix(Box::new(node), operator.to_owned(), Box::new(right));
    }
    Some(node)
}

fn signed(tokens: &mut Tokens<'_>, depth: usize) -> Option<Node> {
    let depth = depth.checked_sub(1)?;
    if tokens.take("-") {
        return Some(Node::Negative(Box::new(signed(tokens, depth)?)));
    }
    if tokens.take("+") {
        return signed(tokens, depth);
    }
    operand(tokens, depth)
}

pub(super) fn operand(tokens: &mut Tokens<'_>, depth: usize) -> Option<Node> {
    let (kind, text) = tokens.peek()?;
    match kind {
        TokenKind::String => string(tokens, text),
        TokenKind::Number => {
            tokens.next()?;
            Some(match text.strip_prefix("0x") {
                Some(digits) => Node::Bytes(digits.to_ascii_uppercase()),
                None => Node::Number(text.to_owned()),
            })
        }
        TokenKind::Symbol if tokens.take("(") => {
            let node = alternatives(tokens, depth)?;
            tokens.require(")")?;
            Some(node)
        }
        TokenKind::QuotedName => {
            let name = tokens.name()?;
            // A name with a dot behind it stands in a query.
            (!tokens.is(".") && !tokens.is("(")).then_some(Node::Column(name))
        }
        TokenKind::Word => word(tokens, text, depth),
        _ => bytes_of(text).and_then(|digits| {
            tokens.next()?;
            Some(Node::Bytes(digits))
        }),
    }
}

/// A string, or `X'…'` where that is one token.
fn string(tokens: &mut Tokens<'_>, text: &str) -> Option<Node> {
    if let Some(digits) = bytes_of(text) {
        tokens.next()?;
        return Some(Node::Bytes(digits));
    }
    tokens.string().map(Node::Text)
}

fn bytes_of(text: &str) -> Option<String> {
    let digits = text
        .strip_prefix(['X', 'x'])?
        .strip_prefix('\'')?
        .strip_suffix('\'')?;
    Some(digits.to_ascii_uppercase())
}
