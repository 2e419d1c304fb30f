//! Expressions: operators, strongest last. What engines rank differently needs parentheses.

use crate::schema::Piece;
use crate::sql::TokenKind;

use super::PortableError;
use super::cursor::Parser;
use super::run::Run;
use super::vocabulary::COMPARISONS;

impl Parser<'_> {
    /// A whole expression.
    pub(super) fn expression(&mut self, run: &mut Run) -> Result<(), PortableError> {
        self.deeper(|parser| {
            parser.conjunction(run)?;
            while parser.take_into(run, "OR") {
                parser.conjunction(run)?;
            }
            Ok(())
        })
    }

    fn conjunction(&mut self, run: &mut Run) -> Result<(), PortableError> {
        self.negation(run)?;
        while self.take_into(run, "AND") {
            self.negation(run)?;
        }
        Ok(())
    }

    fn negation(&mut self, run: &mut Run) -> Result<(), PortableError> {
        while self.take_into(run, "NOT") {}
        self.predicate(run)
    }

    fn predicate(&mut self, run: &mut Run) -> Result<(), PortableError> {
        let start = run.pieces.len();
        self.operand(run)?;
        if self.comparison(run, start)? && self.at_comparison() {
            return Err(PortableError::new(
                self.here(),
                "a second comparison needs parentheses: engines read a chain differently",
            )
            .hint("write (a = b) = c, or a = b AND b = c"));
        }
        Ok(())
    }

    fn at_comparison(&self) -> bool {
        let symbol = self.text_at(0, TokenKind::Symbol);
        symbol.is_some_and(|symbol| COMPARISONS.contains(&symbol))
            || ["IS", "IN", "BETWEEN", "LIKE", "NOT"]
                .iter()
                .any(|word| self.is_word(word))
    }

    /// The comparison after the operand whose pieces begin at `start`; false when there is none.
    fn comparison(&mut self, run: &mut Run, start: usize) -> Result<bool, PortableError> {
        if let Some(symbol) = self.text_at(0, TokenKind::Symbol)
            && COMPARISONS.contains(&symbol)
        {
            self.advance();
            run.push(Piece::Operator(symbol.to_owned()));
            self.operand(run)?;
            return Ok(true);
        }
        if self.take_into(run, "IS") {
            self.take_into(run, "NOT");
            return match ["NULL", "TRUE", "FALSE"].iter().find(|word| self.is_word(word)) {
                Some(word) => self.expect_into(run, word).map(|()| true),
                None if self.is_word("DISTINCT") => Err(self
                    .expected("`NULL`, `TRUE` or `FALSE`")
                    .hint_if_none("write a = b OR (a IS NULL AND b IS NULL)")),
                None => Err(self
                    .expected("`NULL`, `TRUE` or `FALSE`")
                    .hint_if_none("write = or <>")),
            };
        }
        let negated = self.take_into(run, "NOT");
        if self.take_into(run, "IN") {
            self.in_list(run)?;
        } else if self.take_into(run, "BETWEEN") {
            self.operand(run)?;
            self.expect_into(run, "AND")?;
            self.operand(run)?;
        } else if self.is_word("LIKE") {
            self.like(run, start)?;
        } else if negated {
            return Err(self.expected("`IN`, `BETWEEN` or `LIKE`"));
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    fn in_list(&mut self, run: &mut Run) -> Result<(), PortableError> {
        if self.is_symbol("(") && self.is_word_at(1, "SELECT") {
            return self.sub_query_of_in(run);
        }
        self.open(run)?;
        loop {
            self.expression(run)?;
            if !self.take_symbol(",") {
                break;
            }
            run.push(Piece::Comma);
        }
        self.close(run)
    }

    /// LIKE ignores case on some engines, so both of its sides must be lower case.
    fn like(&mut self, run: &mut Run, start: usize) -> Result<(), PortableError> {
        let operator = self.here();
        let negated = matches!(run.pieces.last(), Some(Piece::Keyword(word)) if word == "NOT");
        let end = run.pieces.len() - usize::from(negated);
        if !run.pieces.get(start..end).is_some_and(is_call_of_lower) {
            return Err(PortableError::new(
                operator,
                "LIKE is portable only on lower(x): some engines ignore case",
            )
            .hint("write lower(x) LIKE 'a%', or x LIKE … in a native section"));
        }
        self.expect_into(run, "LIKE")?;
        let pattern_span = self.here();
        let pattern_start = run.pieces.len();
        self.operand(run)?;
        let pattern = run.since(pattern_start).to_vec();
        let escaped = self.take_into(run, "ESCAPE");
        if escaped {
            let span = self.here();
            let escape = self.string("a string of one character")?;
            if escape.chars().count() != 1 {
                return Err(PortableError::new(span, "ESCAPE takes a string of one character"));
            }
            run.push(Piece::String(escape));
        }
        match pattern.as_slice() {
            [Piece::String(text)] if text.to_lowercase() != *text => Err(PortableError::new(
                pattern_span,
                "a pattern with upper-case letters never matches lower(x) on some engines",
            )
            .hint("write the pattern in lower case")),
            [Piece::String(text)] if text.contains('\\') && !escaped => Err(PortableError::new(
                pattern_span,
                "a backslash in a pattern escapes on some engines only",
            )
            .hint("name another escape: LIKE '50!%' ESCAPE '!'")),
            [Piece::String(_)] => Ok(()),
            call if is_call_of_lower(call) => Ok(()),
            _ => Err(PortableError::new(
                pattern_span,
                "a pattern is a string in lower case or lower(…)",
            )),
        }
    }

    /// Terms joined by arithmetic, or by `||`, but not by both.
    pub(super) fn operand(&mut self, run: &mut Run) -> Result<(), PortableError> {
        self.term(run)?;
        let mut first: Option<&str> = None;
        while let Some(symbol) = self.text_at(0, TokenKind::Symbol) {
            if !matches!(symbol, "+" | "-" | "*" | "%" | "||") {
                break;
            }
            let span = self.advance();
            if first.is_some_and(|first| (first == "||") != (symbol == "||")) {
                return Err(PortableError::new(
                    span,
                    "`||` beside an arithmetic operator: engines differ in which one comes first",
                )
                .hint("write parentheses around one of them"));
            }
            first = Some(symbol);
            run.push(Piece::Operator(symbol.to_owned()));
            self.term(run)?;
        }
        if self.is_symbol("/") {
            return Err(self.expected("an operator"));
        }
        Ok(())
    }

    fn term(&mut self, run: &mut Run) -> Result<(), PortableError> {
        let sign = self
            .text_at(0, TokenKind::Symbol)
            .filter(|text| matches!(*text, "+" | "-"));
        if let Some(sign) = sign {
            self.advance();
            run.push(Piece::Operator(sign.to_owned()));
            if self.is_symbol("+") || self.is_symbol("-") {
                return Err(PortableError::new(self.here(), "a second sign needs parentheses"));
            }
        }
        self.primary(run)
    }
}

/// Whether the pieces are `lower(…)` and nothing else.
fn is_call_of_lower(pieces: &[Piece]) -> bool {
    let [Piece::Function(name), Piece::Open, rest @ .., Piece::Close] = pieces else {
        return false;
    };
    let mut depth = 1_usize;
    for piece in rest {
        match piece {
            Piece::Open => depth += 1,
            Piece::Close => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return false;
        }
    }
    name == "lower"
}
