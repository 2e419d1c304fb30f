//! Revision expressions, from text to syntax tree.

use std::fmt;
use std::str::FromStr;

use super::id::is_name_character;

/// What a person writes for revisions: `head`, `accounts@+1`, `1975ea:current`.
///
/// ```
/// use limbeck_core::graph::{Expression, Offset, Point, Symbol};
///
/// let Expression::Target(target) = "accounts@head-2".parse()? else { unreachable!() };
/// assert_eq!(target.branch.as_deref(), Some("accounts"));
/// assert_eq!(target.point, Point::Relative(Some(Symbol::Head), Offset::Down(2)));
/// # Ok::<(), limbeck_core::graph::SyntaxError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expression {
    /// One revision or several.
    Target(Target),
    /// `A:B`, both ends included and both optional.
    Range {
        /// Where it starts; from the bases when absent.
        start: Option<Target>,
        /// Where it ends; at the heads when absent.
        end: Option<Target>,
    },
}

/// An expression that is no range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// `B` of `B@…`: a label, an id or the start of one.
    pub branch: Option<String>,
    /// What stands after it.
    pub point: Point,
}

/// A place in the graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Point {
    /// `head`, an id, a label…
    Symbol(Symbol),
    /// So many steps from a symbol, or from what is current.
    Relative(Option<Symbol>, Offset),
}

/// A word that stands for revisions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Symbol {
    /// The single head.
    Head,
    /// All heads.
    Heads,
    /// Below all bases.
    Base,
    /// The rows of the version table.
    Current,
    /// An id, a label, or the start of one.
    Name(String),
}

/// How far, and in which direction. Never 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offset {
    /// `+N`: towards the heads.
    Up(u32),
    /// `-N`: towards the bases.
    Down(u32),
}

/// Why a text is no revision expression.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{expression}` is not a revision expression: {reason}")]
pub struct SyntaxError {
    /// What was written.
    pub expression: String,
    /// What is wrong with it.
    pub reason: SyntaxReason,
}

/// What is wrong with a text that should be a revision expression.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SyntaxReason {
    /// No character.
    #[error("it is empty")]
    Empty,
    /// `B@` and nothing more.
    #[error("nothing stands after the `@`")]
    NothingAfterAt,
    /// `@X`, or a word like `head` before the `@`.
    #[error("no branch stands before the `@`")]
    NoBranch,
    /// A sign without a number.
    #[error("no number stands after the `{0}`")]
    NoNumber(char),
    /// A number of steps that is 0 or more than there can be revisions.
    #[error("`{0}` is no number of steps")]
    Number(String),
    /// A character that no name contains.
    #[error("{0:?} cannot stand there")]
    Character(char),
    /// A second `:`.
    #[error("a range has one `:`")]
    SecondColon,
}

impl SyntaxError {
    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        let hint = "write an id or the start of one, a label, `head`, `heads`, `base` or `current`; \
                    with `+2` or `-1` after it to count from there, and `<label>@` before it to stay on one branch";
        Some(hint.to_owned())
    }
}

impl FromStr for Expression {
    type Err = SyntaxError;

    fn from_str(text: &str) -> Result<Self, SyntaxError> {
        parse(text).map_err(|reason| SyntaxError {
            expression: text.to_owned(),
            reason,
        })
    }
}

fn parse(text: &str) -> Result<Expression, SyntaxReason> {
    let Some((start, end)) = text.split_once(':') else {
        return parse_target(text).map(Expression::Target);
    };
    if end.contains(':') {
        return Err(SyntaxReason::SecondColon);
    }
    let side = |text: &str| (!text.is_empty()).then(|| parse_target(text)).transpose();
    Ok(Expression::Range {
        start: side(start)?,
        end: side(end)?,
    })
}

fn parse_target(text: &str) -> Result<Target, SyntaxReason> {
    if text.is_empty() {
        return Err(SyntaxReason::Empty);
    }
    let Some((branch, point)) = text.split_once('@') else {
        let point = parse_point(text)?;
        return Ok(Target { branch: None, point });
    };
    if point.is_empty() {
        return Err(SyntaxReason::NothingAfterAt);
    }
    let Some(Symbol::Name(branch)) = parse_symbol(branch)? else {
        return Err(SyntaxReason::NoBranch);
    };
    Ok(Target {
        branch: Some(branch),
        point: parse_point(point)?,
    })
}

fn parse_point(text: &str) -> Result<Point, SyntaxReason> {
    let Some(sign_at) = text.find(['+', '-']) else {
        return match parse_symbol(text)? {
            Some(symbol) => Ok(Point::Symbol(symbol)),
            None => Err(SyntaxReason::Empty),
        };
    };
    let (symbol, offset) = text.split_at(sign_at);
    Ok(Point::Relative(parse_symbol(symbol)?, parse_offset(offset)?))
}

fn parse_offset(text: &str) -> Result<Offset, SyntaxReason> {
    let (sign, up) = if text.starts_with('+') {
        ('+', true)
    } else {
        ('-', false)
    };
    let number = text.trim_start_matches(sign);
    if let Some(character) = number.chars().find(|character| !character.is_ascii_digit()) {
        return Err(SyntaxReason::Character(character));
    }
    if number.is_empty() {
        return Err(SyntaxReason::NoNumber(sign));
    }
    match number.parse() {
        Ok(steps) if steps > 0 && text.len() == number.len() + 1 => Ok(if up {
            Offset::Up(steps)
        } else {
            Offset::Down(steps)
        }),
        _ => Err(SyntaxReason::Number(text.to_owned())),
    }
}

/// `None` for no text.
fn parse_symbol(text: &str) -> Result<Option<Symbol>, SyntaxReason> {
    if let Some(character) = text.chars().find(|&character| !is_name_character(character)) {
        return Err(SyntaxReason::Character(character));
    }
    Ok(match text {
        "" => None,
        "head" => Some(Symbol::Head),
        "heads" => Some(Symbol::Heads),
        "base" => Some(Symbol::Base),
        "current" => Some(Symbol::Current),
        name => Some(Symbol::Name(name.to_owned())),
    })
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Target(target) => target.fmt(f),
            Self::Range { start, end } => {
                if let Some(start) = start {
                    start.fmt(f)?;
                }
                f.write_str(":")?;
                end.as_ref().map_or(Ok(()), |end| end.fmt(f))
            }
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(branch) = &self.branch {
            write!(f, "{branch}@")?;
        }
        match &self.point {
            Point::Symbol(symbol) => symbol.fmt(f),
            Point::Relative(Some(symbol), offset) => write!(f, "{symbol}{offset}"),
            Point::Relative(None, offset) => offset.fmt(f),
        }
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Head => "head",
            Self::Heads => "heads",
            Self::Base => "base",
            Self::Current => "current",
            Self::Name(name) => name,
        })
    }
}

impl fmt::Display for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Up(steps) => write!(f, "+{steps}"),
            Self::Down(steps) => write!(f, "-{steps}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_print_as_they_are_written() {
        let texts = [
            "head",
            "heads",
            "base",
            "current",
            "ab12.c_d",
            "+2",
            "-1",
            "x+2",
            "x-1",
            "l@head",
            "l@x",
            "l@+1",
            "l@-1",
            "l@head-1",
            "base+2",
            "a:b",
            ":b",
            "a:",
            ":",
            "-3:current",
            "l@base:l@head",
        ];
        for text in texts {
            let expression: Expression = text.parse().unwrap();
            assert_eq!(expression.to_string(), text);
        }
    }

    #[test]
    fn what_is_no_expression_says_why() {
        let reasons = [
            ("", SyntaxReason::Empty),
            ("l@", SyntaxReason::NothingAfterAt),
            ("@head", SyntaxReason::NoBranch),
            ("head@x", SyntaxReason::NoBranch),
            ("+", SyntaxReason::NoNumber('+')),
            ("x-", SyntaxReason::NoNumber('-')),
            ("+1x", SyntaxReason::Character('x')),
            ("1+2+3", SyntaxReason::Character('+')),
            ("+0", SyntaxReason::Number("+0".to_owned())),
            ("-99999999999", SyntaxReason::Number("-99999999999".to_owned())),
            ("++1", SyntaxReason::Number("++1".to_owned())),
            ("a b", SyntaxReason::Character(' ')),
            ("a@b@c", SyntaxReason::Character('@')),
            ("a:b:c", SyntaxReason::SecondColon),
            ("é", SyntaxReason::Character('é')),
        ];
        for (text, reason) in reasons {
            let error = text.parse::<Expression>().unwrap_err();
            assert_eq!(error.reason, reason, "{text}");
        }
    }
}
