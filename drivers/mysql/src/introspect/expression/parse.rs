//! Reads what the catalogues write. What is not known here is none: the text then stays the engine's own.

use limbeck_core::sql::TokenKind;

use super::node::Node;
use super::tokens::Tokens;
use crate::introspect::literal;

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

fn alternatives(tokens: &mut Tokens<'_>, depth: usize) -> Option<Node> {
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
            tokens.expect("AND")?;
            let to = Box::new(joined(tokens, depth)?);
            Node::Between {
                value,
                negated,
                from,
                to,
            }
        } else if tokens.take("IN") {
            tokens.expect("(")?;
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

fn operand(tokens: &mut Tokens<'_>, depth: usize) -> Option<Node> {
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
            tokens.expect(")")?;
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

fn word(tokens: &mut Tokens<'_>, text: &str, depth: usize) -> Option<Node> {
    let lower = text.to_ascii_lowercase();
    if let Some(digits) = lower.strip_prefix("0x") {
        tokens.next()?;
        return Some(Node::Bytes(digits.to_ascii_uppercase()));
    }
    match lower.as_str() {
        "_utf8mb4" => {
            tokens.next()?;
            match operand(tokens, depth)? {
                Node::Text(text) => Some(Node::Text(literal::repaired(text))),
                Node::Bytes(digits) => text_of(&digits).map(Node::Text),
                _ => None,
            }
        }
        "x" => {
            tokens.next()?;
            let digits = tokens.string()?;
            Some(Node::Bytes(digits.to_ascii_uppercase()))
        }
        "null" => constant(tokens, "NULL"),
        "true" => constant(tokens, "TRUE"),
        "false" => constant(tokens, "FALSE"),
        "case" => case(tokens, depth),
        "cast" => cast(tokens, depth),
        "curdate" | "current_date" => clock(tokens, "CURRENT_DATE", false),
        "curtime" | "current_time" => clock(tokens, "CURRENT_TIME", true),
        "now" | "current_timestamp" => clock(tokens, "CURRENT_TIMESTAMP", true),
        "utc_timestamp" => clock(tokens, "UTC_TIMESTAMP", true),
        _ if tokens.is_at(1, "(") => call(tokens, &lower, depth),
        _ => None,
    }
}

fn text_of(digits: &str) -> Option<String> {
    let bytes: Option<Vec<u8>> = (0..digits.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok())
        .collect();
    String::from_utf8(bytes?).ok()
}

fn constant(tokens: &mut Tokens<'_>, word: &'static str) -> Option<Node> {
    tokens.next()?;
    Some(Node::Word(word))
}

/// A clock, as exact as portable SQL has it.
fn clock(tokens: &mut Tokens<'_>, word: &'static str, has_digits: bool) -> Option<Node> {
    tokens.next()?;
    if has_digits {
        tokens.take_all(&["("]).then_some(())?;
        let (_, digits) = tokens.next()?;
        (digits == "6").then_some(())?;
        tokens.expect(")")?;
    } else if tokens.take("(") {
        tokens.expect(")")?;
    }
    Some(Node::Word(word))
}

fn call(tokens: &mut Tokens<'_>, name: &str, depth: usize) -> Option<Node> {
    tokens.next()?;
    tokens.expect("(")?;
    let mut arguments = list(tokens, depth)?;
    let name = match name {
        "concat" => return Some(Node::joined(arguments)),
        "mod" => {
            let (right, left) = (arguments.pop()?, arguments.pop()?);
            return Some(Node::Infix(Box::new(left), "%".to_owned(), Box::new(right)));
        }
        // The engines look for a part in a text, in the other order.
        "locate" if arguments.len() == 2 => {
            arguments.reverse();
            "instr"
        }
        "lcase" => "lower",
        "ucase" => "upper",
        "char_length" | "character_length" => "length",
        "substring" => "substr",
        "length" | "locate" => return None,
        other => other,
    };
    Some(Node::Call(name.to_owned(), arguments))
}

/// Expressions with commas between them up to the closing parenthesis.
fn list(tokens: &mut Tokens<'_>, depth: usize) -> Option<Vec<Node>> {
    let mut list = Vec::new();
    if tokens.take(")") {
        return Some(list);
    }
    loop {
        list.push(alternatives(tokens, depth)?);
        if tokens.take(")") {
            return Some(list);
        }
        tokens.expect(",")?;
    }
}

fn case(tokens: &mut Tokens<'_>, depth: usize) -> Option<Node> {
    tokens.expect("CASE")?;
    let mut operand = None;
    if !tokens.is("WHEN") {
        operand = Some(Box::new(alternatives(tokens, depth)?));
    }
    let mut whens = Vec::new();
    while tokens.take("WHEN") {
        let when = alternatives(tokens, depth)?;
        tokens.expect("THEN")?;
        whens.push((when, alternatives(tokens, depth)?));
    }
    let mut otherwise = None;
    if tokens.take("ELSE") {
        otherwise = Some(Box::new(alternatives(tokens, depth)?));
    }
    tokens.expect("END")?;
    Some(Node::Case {
        operand,
        whens,
        otherwise,
    })
}

fn cast(tokens: &mut Tokens<'_>, depth: usize) -> Option<Node> {
    tokens.expect("CAST")?;
    tokens.expect("(")?;
    let value = Box::new(alternatives(tokens, depth)?);
    tokens.expect("AS")?;
    let data_type = cast_type(tokens)?;
    tokens.expect(")")?;
    Some(Node::Cast(value, data_type))
}

/// The portable type that the dialect writes so in a CAST; the widest where several become one.
fn cast_type(tokens: &mut Tokens<'_>) -> Option<String> {
    let (_, word) = tokens.next()?;
    let word = word.to_ascii_lowercase();
    let mut numbers = Vec::new();
    if tokens.take("(") {
        while !tokens.take(")") {
            numbers.push(tokens.next()?.1);
            tokens.take(",");
        }
    }
    tokens.take_all(&["CHARSET", "utf8mb4"]);
    if word == "char" {
        // MariaDB's word for the collation of the bytes.
        tokens.take("BINARY");
    }
    Some(match (word.as_str(), numbers.as_slice()) {
        ("signed", []) => {
            tokens.take("INTEGER");
            "BIGINT".to_owned()
        }
        ("char", []) => "TEXT".to_owned(),
        ("char", [length]) => format!("VARCHAR({length})"),
        ("decimal", [precision, scale]) => format!("NUMERIC({precision}, {scale})"),
        ("decimal", [precision]) => format!("NUMERIC({precision}, 0)"),
        ("float", []) => "REAL".to_owned(),
        ("double", []) => "DOUBLE PRECISION".to_owned(),
        ("date", []) => "DATE".to_owned(),
        ("time", ["6"]) => "TIME".to_owned(),
        ("datetime", ["6"]) => "TIMESTAMP".to_owned(),
        ("json", []) => "JSON".to_owned(),
        _ => return None,
    })
}
