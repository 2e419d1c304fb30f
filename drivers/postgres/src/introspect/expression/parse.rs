//! Reads what the catalogue writes. What is not known here is none: the text then stays PostgreSQL's own.

use limbeck_core::sql::TokenKind;

use super::node::Node;
use super::tokens::Tokens;
use super::tokens::unquoted;

/// Nesting beyond this is not read.
const DEEPEST: usize = 64;

const OPERATORS: &[&str] = &[
    "=", "<>", "<", "<=", ">", ">=", "+", "-", "*", "%", "||", "~~", "!~~",
];

const TESTS: &[(&str, &[&str])] = &[
    ("IS NULL", &["IS", "NULL"]),
    ("IS NOT NULL", &["IS", "NOT", "NULL"]),
    ("IS TRUE", &["IS", "TRUE"]),
    ("IS NOT TRUE", &["IS", "NOT", "TRUE"]),
    ("IS FALSE", &["IS", "FALSE"]),
    ("IS NOT FALSE", &["IS", "NOT", "FALSE"]),
];

const WORDS: &[(&str, &str)] = &[
    ("NULL", "NULL"),
    ("true", "TRUE"),
    ("false", "FALSE"),
    ("CURRENT_DATE", "CURRENT_DATE"),
    ("CURRENT_TIME", "CURRENT_TIME"),
    ("CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP"),
];

/// The expression, when it is the whole text.
pub(super) fn expression(text: &str) -> Option<Node> {
    let mut tokens = Tokens::new(text);
    let node = operation(&mut tokens, DEEPEST)?;
    tokens.at_end().then_some(node)
}

/// Operands with one operator between them: others stand between parentheses.
fn operation(tokens: &mut Tokens<'_>, depth: usize) -> Option<Node> {
    let depth = depth.checked_sub(1)?;
    let first = prefixed(tokens, depth)?;
    for word in ["AND", "OR"] {
        if tokens.is(word) {
            let mut parts = vec![first];
            while tokens.take(word) {
                parts.push(prefixed(tokens, depth)?);
            }
            return Some(Node::Chain(word, parts));
        }
    }
    for (test, words) in TESTS {
        if tokens.take_all(words) {
            return Some(Node::Test(Box::new(first), test));
        }
    }
    let Some((TokenKind::Symbol, operator)) = tokens.peek() else {
        return Some(first);
    };
    if !OPERATORS.contains(&operator) {
        return Some(first);
    }
    tokens.next()?;
    match operator {
        "=" if tokens.is("ANY") => among(tokens, first, false, depth),
        "<>" if tokens.is("ALL") => among(tokens, first, true, depth),
        _ => {
            let second = prefixed(tokens, depth)?;
            Some(Node::Infix(
                Box::new(first),
                operator.to_owned(),
                Box::new(second),
            ))
        }
    }
}

/// `ANY (ARRAY[…])` or `ANY ((ARRAY[…])::text[])`
fn among(tokens: &mut Tokens<'_>, value: Node, negated: bool, depth: usize) -> Option<Node> {
    tokens.next()?;
    tokens.require("(")?;
    let is_cast = tokens.take("(");
    tokens.require("ARRAY")?;
    tokens.require("[")?;
    let list = list(tokens, "]", depth)?;
    let mut cast = None;
    if is_cast {
        tokens.require(")")?;
        tokens.require("::")?;
        cast = Some(type_name(tokens)?.strip_suffix("[]")?.to_owned());
    }
    tokens.require(")")?;
    Some(Node::Among {
        value: Box::new(value),
        negated,
        list,
        cast,
    })
}

fn prefixed(tokens: &mut Tokens<'_>, depth: usize) -> Option<Node> {
    for sign in ["-", "+", "NOT"] {
        if tokens.take(sign) {
            return Some(Node::Prefix(sign, Box::new(cast(tokens, depth)?)));
        }
    }
    cast(tokens, depth)
}

/// An operand and the types to which it is cast.
fn cast(tokens: &mut Tokens<'_>, depth: usize) -> Option<Node> {
    let mut node = operand(tokens, depth)?;
    while tokens.take("::") {
        node = constant(node, type_name(tokens)?)?;
    }
    Some(node)
}

/// A negative number and bytes are written as a string with a cast. Bytes in the notation that `bytea_output = 'escape'`
/// chooses are none that portable SQL can say.
fn constant(node: Node, data_type: String) -> Option<Node> {
    Some(match node {
        Node::Text(text) if is_number_type(&data_type) && is_number(&text) => Node::Number {
            text,
            data_type: Some(data_type),
        },
        Node::Text(text) if data_type == "bytea" => Node::Bytes(text.strip_prefix("\\x")?.to_owned()),
        other => Node::Cast(Box::new(other), data_type),
    })
}

fn is_number_type(data_type: &str) -> bool {
    matches!(data_type, "smallint" | "integer" | "bigint" | "numeric")
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, decimals]
        .iter()
        .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

fn operand(tokens: &mut Tokens<'_>, depth: usize) -> Option<Node> {
    let (kind, text) = tokens.peek()?;
    match kind {
        TokenKind::String => {
            tokens.next()?;
            unquoted(text, '\'').map(Node::Text)
        }
        TokenKind::Number => {
            tokens.next()?;
            Some(Node::Number {
                text: text.to_owned(),
                data_type: None,
            })
        }
        TokenKind::Symbol if tokens.take("(") => {
            let node = operation(tokens, depth)?;
            tokens.require(")")?;
            Some(node)
        }
        TokenKind::Word if tokens.is("CASE") => case(tokens, depth),
        TokenKind::Word => word(tokens, text, depth),
        TokenKind::QuotedName => column(tokens),
        _ => None,
    }
}

fn word(tokens: &mut Tokens<'_>, text: &str, depth: usize) -> Option<Node> {
    if tokens.is_at(1, "(") {
        return call(tokens, text, depth);
    }
    if let Some((_, portable)) = WORDS.iter().find(|(word, _)| *word == text) {
        tokens.next()?;
        return Some(Node::Word(portable));
    }
    column(tokens)
}

fn column(tokens: &mut Tokens<'_>) -> Option<Node> {
    let mut path = vec![tokens.name()?];
    while tokens.take(".") {
        path.push(tokens.name()?);
    }
    (!tokens.is("(")).then_some(Node::Column(path))
}

/// `function(…)`, or `TRIM(BOTH FROM …)`
fn call(tokens: &mut Tokens<'_>, name: &str, depth: usize) -> Option<Node> {
    tokens.next()?;
    tokens.require("(")?;
    if name == "TRIM" {
        tokens.take_all(&["BOTH", "FROM"]).then_some(())?;
    }
    let arguments = list(tokens, ")", depth)?;
    Some(Node::Call {
        name: name.to_owned(),
        arguments,
    })
}

/// Expressions with commas between them, and what ends them.
fn list(tokens: &mut Tokens<'_>, end: &str, depth: usize) -> Option<Vec<Node>> {
    let mut list = Vec::new();
    if tokens.take(end) {
        return Some(list);
    }
    loop {
        list.push(operation(tokens, depth)?);
        if tokens.take(end) {
            return Some(list);
        }
        tokens.require(",")?;
    }
}

fn case(tokens: &mut Tokens<'_>, depth: usize) -> Option<Node> {
    tokens.require("CASE")?;
    let mut operand = None;
    if !tokens.is("WHEN") {
        operand = Some(Box::new(operation(tokens, depth)?));
    }
    let mut whens = Vec::new();
    while tokens.take("WHEN") {
        let when = operation(tokens, depth)?;
        tokens.require("THEN")?;
        whens.push((when, operation(tokens, depth)?));
    }
    let mut otherwise = None;
    if tokens.take("ELSE") {
        otherwise = Some(Box::new(operation(tokens, depth)?));
    }
    tokens.require("END")?;
    Some(Node::Case {
        operand,
        whens,
        otherwise,
    })
}

/// A type as `format_type` writes it.
fn type_name(tokens: &mut Tokens<'_>) -> Option<String> {
    let (kind, word) = tokens.next()?;
    if !matches!(kind, TokenKind::Word | TokenKind::QuotedName) {
        return None;
    }
    let mut name = word.to_owned();
    for second in ["varying", "precision"] {
        if tokens.take(second) {
            name = format!("{name} {second}");
        }
    }
    while tokens.take(".") {
        name = format!("{name}.{}", tokens.next()?.1);
    }
    if tokens.take("(") {
        name.push('(');
        while !tokens.is(")") {
            name.push_str(tokens.next()?.1);
        }
        tokens.require(")")?;
        name.push(')');
    }
    for zone in ["with", "without"] {
        if tokens.take_all(&[zone, "time", "zone"]) {
            name = format!("{name} {zone} time zone");
        }
    }
    while tokens.take_all(&["[", "]"]) {
        name.push_str("[]");
    }
    Some(name)
}
