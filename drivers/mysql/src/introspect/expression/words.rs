//! What begins with a word: constants, clocks, functions, CASE and CAST.

use super::node::Node;
use super::parse::alternatives;
use super::parse::operand;
use super::tokens::Tokens;
use crate::introspect::literal;

pub(super) fn word(tokens: &mut Tokens<'_>, text: &str, depth: usize) -> Option<Node> {
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
        "char" => letters(tokens),
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

/// A text as its bytes, which is how the dialect of MariaDB writes some.
fn letters(tokens: &mut Tokens<'_>) -> Option<Node> {
    tokens.require("char")?;
    tokens.require("(")?;
    let mut bytes = Vec::new();
    loop {
        let (_, number) = tokens.next()?;
        bytes.push(number.parse().ok()?);
        if !tokens.take(",") {
            break;
        }
    }
    tokens.take_all(&["USING", "utf8mb4", ")"]).then_some(())?;
    String::from_utf8(bytes).ok().map(Node::Text)
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
        tokens.require(")")?;
    } else if tokens.take("(") {
        tokens.require(")")?;
    }
    Some(Node::Word(word))
}

fn call(tokens: &mut Tokens<'_>, name: &str, depth: usize) -> Option<Node> {
    tokens.next()?;
    tokens.require("(")?;
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
pub(super) fn list(tokens: &mut Tokens<'_>, depth: usize) -> Option<Vec<Node>> {
    let mut list = Vec::new();
    if tokens.take(")") {
        return Some(list);
    }
    loop {
        list.push(alternatives(tokens, depth)?);
        if tokens.take(")") {
            return Some(list);
        }
        tokens.require(",")?;
    }
}

fn case(tokens: &mut Tokens<'_>, depth: usize) -> Option<Node> {
    tokens.require("CASE")?;
    let mut operand = None;
    if !tokens.is("WHEN") {
        operand = Some(Box::new(alternatives(tokens, depth)?));
    }
    let mut whens = Vec::new();
    while tokens.take("WHEN") {
        let when = alternatives(tokens, depth)?;
        tokens.require("THEN")?;
        whens.push((when, alternatives(tokens, depth)?));
    }
    let mut otherwise = None;
    if tokens.take("ELSE") {
        otherwise = Some(Box::new(alternatives(tokens, depth)?));
    }
    tokens.require("END")?;
    Some(Node::Case {
        operand,
        whens,
        otherwise,
    })
}

fn cast(tokens: &mut Tokens<'_>, depth: usize) -> Option<Node> {
    tokens.require("CAST")?;
    tokens.require("(")?;
    let value = Box::new(alternatives(tokens, depth)?);
    tokens.require("AS")?;
    let data_type = cast_type(tokens)?;
    tokens.require(")")?;
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
