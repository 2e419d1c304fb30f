//! Names, literals and token runs as portable text.

use crate::schema::Name;
use crate::schema::Piece;
use crate::schema::TokenRun;

use super::super::operand::is_special_word;
use super::super::refusals::begins_clause;
use super::super::vocabulary::is_reserved;
use super::PrintError;
use super::types::type_sql;

/// A name, quoted when it would be read otherwise without.
pub(crate) fn identifier(name: &Name) -> String {
    let text = name.as_str();
    let begins_well = text.starts_with(|first: char| first.is_ascii_lowercase() || first == '_');
    let plain = text
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    let read_otherwise = is_reserved(text)
        || begins_clause(text)
        || is_special_word(text)
        || matches!(text, "if" | "concurrently");
    if begins_well && plain && !read_otherwise {
        return text.to_owned();
    }
    format!("\"{}\"", text.replace('"', "\"\""))
}

pub(super) fn identifiers(names: &[Name]) -> String {
    let names: Vec<_> = names.iter().map(identifier).collect();
    names.join(", ")
}

pub(super) fn string_sql(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// What came before, as far as blanks depend on it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// The start, `(`, `.` or a function's name.
    Tight,
    /// A `+` or `-` where an operand is due.
    Sign,
    Operand,
    OperandDue,
}

pub(super) fn run_sql(run: &TokenRun) -> Result<String, PrintError> {
    let mut text = String::new();
    let mut before = Before::Tight;
    for piece in &run.0 {
        let tight = match piece {
            Piece::Close | Piece::Comma | Piece::Dot => true,
            Piece::Operator(_) => before == Before::Tight,
            _ => matches!(before, Before::Tight | Before::Sign),
        };
        if !tight {
            text.push(' ');
        }
        text.push_str(&piece_sql(piece)?);
        before = after(piece, before);
    }
    Ok(text)
}

fn piece_sql(piece: &Piece) -> Result<String, PrintError> {
    Ok(match piece {
        Piece::Name(name) => identifier(name),
        Piece::String(string) => string_sql(string),
        Piece::Bytes(bytes) => {
            let digits: String = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
            format!("X'{digits}'")
        }
        Piece::Number(word) | Piece::Keyword(word) | Piece::Function(word) | Piece::Operator(word) => {
            word.clone()
        }
        Piece::Type(data_type) => type_sql(data_type)?,
        Piece::Open => "(".to_owned(),
        Piece::Close => ")".to_owned(),
        Piece::Comma => ",".to_owned(),
        Piece::Dot => ".".to_owned(),
        Piece::Star => "*".to_owned(),
    })
}

fn after(piece: &Piece, before: Before) -> Before {
    match piece {
        Piece::Open | Piece::Dot | Piece::Function(_) => Before::Tight,
        Piece::Keyword(word) if word == "CAST" => Before::Tight,
        Piece::Operator(operator)
            if matches!(operator.as_str(), "+" | "-")
                && matches!(before, Before::Tight | Before::OperandDue) =>
        {
            Before::Sign
        }
        Piece::Keyword(word) if matches!(word.as_str(), "NULL" | "TRUE" | "FALSE" | "END") => Before::Operand,
        Piece::Keyword(word) if word.starts_with("CURRENT_") => Before::Operand,
        Piece::Operator(_) | Piece::Comma | Piece::Keyword(_) => Before::OperandDue,
        _ => Before::Operand,
    }
}
