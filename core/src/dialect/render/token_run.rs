//! Portable tokens as text.

use super::super::Dialect;
use super::super::RenderContext;
use super::super::RenderError;
use crate::schema::Piece;
use crate::schema::TokenRun;

/// Writes the pieces one by one; nothing is added, left out or moved.
pub fn token_run<D: Dialect + ?Sized>(
    dialect: &D,
    run: &TokenRun,
    context: &RenderContext<'_>,
) -> Result<String, RenderError> {
    let mut text = String::new();
    let mut spacing = Spacing::default();
    for piece in &run.0 {
        if spacing.wants_space_before(piece) {
            text.push(' ');
        }
        text.push_str(&piece_text(dialect, piece, context)?);
        spacing.advance(piece);
    }
    Ok(text)
}

fn piece_text<D: Dialect + ?Sized>(
    dialect: &D,
    piece: &Piece,
    context: &RenderContext<'_>,
) -> Result<String, RenderError> {
    Ok(match piece {
        Piece::Name(name) => dialect.quote_identifier(name.as_str()),
        Piece::String(string) => dialect.string_literal(string),
        Piece::Bytes(bytes) => dialect.bytes_literal(bytes),
        Piece::Number(number) => number.clone(),
        Piece::Operator(operator) => operator.clone(),
        Piece::Keyword(word) => dialect
            .keyword(word)
            .ok_or_else(|| RenderError::unsupported(dialect.name(), format!("write {word} in portable SQL")))?
            .to_owned(),
        Piece::Function(function) => dialect
            .function_name(function)
            .ok_or_else(|| {
                RenderError::unsupported(dialect.name(), format!("call the function {function}")).with_hint(
                    format!("write the statement in a native section for {}", dialect.name()),
                )
            })?
            .to_owned(),
        Piece::Type(data_type) => dialect.cast_type(data_type, &context.server)?,
        Piece::Open => "(".to_owned(),
        Piece::Close => ")".to_owned(),
        Piece::Comma => ",".to_owned(),
        Piece::Dot => ".".to_owned(),
        Piece::Star => "*".to_owned(),
    })
}

/// What stands before the next piece, as far as blanks depend on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Spacing {
    /// Nothing yet, `(` or `.`: no blank follows.
    #[default]
    Tight,
    /// A function, or CAST, which some engines only know directly before its `(`.
    Call,
    /// A sign: the operand follows directly, but not another sign, since `--` starts a comment.
    Sign,
    /// An operand has ended, so that an operator is a binary one.
    Operand,
    /// An operator, a comma or a keyword: an operand is due.
    OperandDue,
}

impl Spacing {
    fn wants_space_before(self, piece: &Piece) -> bool {
        match piece {
            Piece::Close | Piece::Comma | Piece::Dot => false,
            Piece::Open => !matches!(self, Self::Tight | Self::Call | Self::Sign),
            Piece::Operator(_) => self != Self::Tight,
            Piece::Number(number) if number.starts_with(['-', '+']) => self != Self::Tight,
            _ => matches!(self, Self::Operand | Self::OperandDue | Self::Call),
        }
    }

    fn advance(&mut self, piece: &Piece) {
        *self = match piece {
            Piece::Open | Piece::Dot => Self::Tight,
            Piece::Function(_) => Self::Call,
            Piece::Keyword(word) if matches!(word.as_str(), "CAST" | "EXTRACT") => Self::Call,
            Piece::Operator(operator) if matches!(operator.as_str(), "-" | "+") && *self != Self::Operand => {
                Self::Sign
            }
            Piece::Keyword(word) if is_value(word) => Self::Operand,
            Piece::Operator(_) | Piece::Comma | Piece::Keyword(_) => Self::OperandDue,
            _ => Self::Operand,
        };
    }
}

/// Keywords that are operands: a `-` after them is a minus and no sign.
fn is_value(keyword: &str) -> bool {
    matches!(keyword, "NULL" | "TRUE" | "FALSE" | "END") || keyword.starts_with("CURRENT_")
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::Plain;
    use super::*;
    use crate::dialect::Version;
    use crate::schema::DataType;
    use crate::schema::Name;

    fn name(text: &str) -> Piece {
        Piece::Name(Name::exact(text).unwrap())
    }

    fn keyword(text: &str) -> Piece {
        Piece::Keyword(text.to_owned())
    }

    fn operator(text: &str) -> Piece {
        Piece::Operator(text.to_owned())
    }

    fn number(text: &str) -> Piece {
        Piece::Number(text.to_owned())
    }

    fn function(text: &str) -> Piece {
        Piece::Function(text.to_owned())
    }

    fn written(pieces: Vec<Piece>) -> String {
        token_run(
            &Plain,
            &TokenRun(pieces),
            &RenderContext::new(Version::new(1, 0, 0)),
        )
        .unwrap()
    }

    #[test]
    fn statements_read_as_a_person_would_write_them() {
        let select = written(vec![
            keyword("SELECT"),
            name("a"),
            Piece::Dot,
            Piece::Star,
            Piece::Comma,
            function("count"),
            Piece::Open,
            Piece::Star,
            Piece::Close,
            keyword("FROM"),
            name("weird \"name"),
            name("a"),
            keyword("WHERE"),
            name("x"),
            keyword("IN"),
            Piece::Open,
            number("1"),
            Piece::Comma,
            Piece::String("it's".to_owned()),
            Piece::Close,
        ]);
        insta::assert_snapshot!(select, @r#"SELECT "a".*, count(*) FROM "weird ""name" "a" WHERE "x" IN (1, 'it''s')"#);

        let insert = written(vec![
            keyword("INSERT"),
            keyword("INTO"),
            name("t"),
            Piece::Open,
            name("a"),
            Piece::Close,
            keyword("VALUES"),
            Piece::Open,
            keyword("CAST"),
            Piece::Open,
            Piece::Bytes(vec![0, 255]),
            keyword("AS"),
            Piece::Type(DataType::Text),
            Piece::Close,
            Piece::Close,
        ]);
        insta::assert_snapshot!(insert, @r#"INSERT INTO "t" ("a") VALUES (CAST(X'00FF' AS TEXT))"#);
    }

    #[test]
    fn signs_stay_with_their_operand_and_never_make_a_comment() {
        let minus = || operator("-");
        assert_eq!(written(vec![minus(), number("1")]), "-1");
        assert_eq!(written(vec![minus(), minus(), number("1")]), "- -1");
        assert_eq!(
            written(vec![name("a"), minus(), minus(), number("1")]),
            "\"a\" - -1"
        );
        assert_eq!(
            written(vec![minus(), Piece::Open, minus(), number("-1")]),
            "-(- -1"
        );
        assert_eq!(
            written(vec![keyword("CURRENT_DATE"), minus(), number("1")]),
            "CURRENT_DATE - 1"
        );
    }
}
