//! The operands of expressions: literals, columns, parentheses, CASE, CAST, sub-queries.

use crate::schema::Piece;
use crate::sql::Span;
use crate::sql::TokenKind;

use super::PortableError;
use super::cursor::Parser;
use super::cursor::shown;
use super::error::NATIVE;
use super::run::Run;
use super::run::Standing;
use super::vocabulary::is_reserved;

const MOMENTS: &[&str] = &["CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP"];

impl Parser<'_> {
    pub(super) fn primary(&mut self, run: &mut Run) -> Result<(), PortableError> {
        if self.is_string() {
            let piece = self.string_piece()?;
            run.push(piece);
            return Ok(());
        }
        match self.peek().map(|token| token.kind) {
            Some(TokenKind::Number) => {
                let number = self.number()?;
                run.push(Piece::Number(number));
                Ok(())
            }
            Some(TokenKind::Word) => self.word_operand(run),
            Some(TokenKind::QuotedName) => self.column(run),
            Some(TokenKind::Symbol) if self.is_symbol("(") => self.group(run),
            _ => Err(self.expected("an expression")),
        }
    }

    fn word_operand(&mut self, run: &mut Run) -> Result<(), PortableError> {
        for word in ["NULL", "TRUE", "FALSE"] {
            if self.take_into(run, word) {
                return Ok(());
            }
        }
        if let Some(word) = MOMENTS.iter().find(|word| self.is_word(word)) {
            return self.moment(run, word);
        }
        if self.is_word("CASE") {
            return self.case(run);
        }
        if self.is_word("CAST") {
            return self.cast(run);
        }
        if self.is_word("EXISTS") && self.is_symbol_at(1, "(") {
            self.expect_into(run, "EXISTS")?;
            return self.sub_query(run);
        }
        let span = self.here();
        let word = self.slice(span);
        if self.is_symbol_at(1, "(") && (!is_reserved(word) || self.is_function_word(word)) {
            return self.call(run);
        }
        if self.is_word("DEFAULT") {
            return Err(PortableError::new(span, "`DEFAULT` as a value is not portable")
                .hint("leave the column out of the statement, or write its value"));
        }
        if self.is_word("SELECT") && run.standing == Standing::Query {
            return Err(PortableError::new(span, "a sub-query needs parentheses").hint("write (SELECT …)"));
        }
        if self.is_word("SELECT") {
            return Err(misplaced_sub_query(span));
        }
        self.refuse_prefix_of_string()?;
        if is_special_word(word) {
            return Err(PortableError::native(
                span,
                format!("{} is not portable", shown(word)),
            ));
        }
        self.column(run)
    }

    /// `DATE '…'`, `U&'…'`.
    fn refuse_prefix_of_string(&self) -> Result<(), PortableError> {
        let span = self.here();
        let unicode = self.is_word("U") && self.is_symbol_at(1, "&");
        let string = self.peek_at(if unicode { 2 } else { 1 });
        let Some(string) = string.filter(|token| token.kind == TokenKind::String) else {
            return Ok(());
        };
        let error = PortableError::new(
            span.to(string.span),
            format!("{} before a string is not portable", shown(self.slice(span))),
        );
        Err(if self.is_word("INTERVAL") {
            error.hint(NATIVE)
        } else {
            error.hint("write the string alone, or CAST('…' AS type)")
        })
    }

    /// `CURRENT_TIMESTAMP` and its kin: not where a value must stay the same.
    fn moment(&mut self, run: &mut Run, word: &str) -> Result<(), PortableError> {
        let span = self.here();
        if run.standing == Standing::Row {
            return Err(PortableError::new(
                span,
                format!("`{word}` cannot stand here: the result must not change with time"),
            ));
        }
        self.expect_into(run, word)?;
        if self.is_symbol("(") {
            return Err(
                PortableError::new(self.here(), format!("a precision of `{word}` is not portable"))
                    .hint("leave the parentheses out"),
            );
        }
        Ok(())
    }

    /// `column` or `table.column`.
    fn column(&mut self, run: &mut Run) -> Result<(), PortableError> {
        if run.standing == Standing::Default
            && let Some(text) = self.text_at(0, TokenKind::QuotedName)
        {
            return Err(PortableError::new(
                self.here(),
                format!("{text} is a name, and a default cannot read a column"),
            )
            .hint("a string stands between single quotes"));
        }
        let (name, span) = self.identifier("an expression")?;
        if run.standing == Standing::Default {
            return Err(PortableError::new(
                span,
                format!("`{name}` is a name, and a default cannot read a column"),
            )
            .hint("write a literal, CURRENT_TIMESTAMP or an expression without columns"));
        }
        if self.is_symbol("(") {
            return Err(
                PortableError::new(span, format!("`{name}` is not a portable function"))
                    .hint("a function is written without quotes"),
            );
        }
        run.push(Piece::Name(name));
        if !self.is_symbol(".") {
            return Ok(());
        }
        if run.standing == Standing::Row {
            return Err(
                PortableError::new(span.to(self.here()), "a column is not qualified here")
                    .hint("write the column alone"),
            );
        }
        self.advance();
        run.push(Piece::Dot);
        let (column, column_span) = self.identifier("a column name")?;
        run.push(Piece::Name(column));
        if self.is_symbol(".") {
            return Err(qualified_by_schema(span.to(column_span)));
        }
        Ok(())
    }

    /// `( expression )` or `( SELECT … )`.
    fn group(&mut self, run: &mut Run) -> Result<(), PortableError> {
        if self.is_word_at(1, "SELECT") {
            return self.sub_query(run);
        }
        self.open(run)?;
        self.expression(run)?;
        if self.is_symbol(",") {
            return Err(
                PortableError::new(self.here(), "a row of several values is not portable here")
                    .hint("compare the columns one by one, joined by AND"),
            );
        }
        self.close(run)
    }

    fn case(&mut self, run: &mut Run) -> Result<(), PortableError> {
        self.expect_into(run, "CASE")?;
        if !self.is_word("WHEN") {
            self.expression(run)?;
        }
        self.expect_into(run, "WHEN")?;
        loop {
            self.expression(run)?;
            self.expect_into(run, "THEN")?;
            self.expression(run)?;
            if !self.take_into(run, "WHEN") {
                break;
            }
        }
        if self.take_into(run, "ELSE") {
            self.expression(run)?;
        }
        if self.is_word("END") {
            return self.expect_into(run, "END");
        }
        Err(self.expected("`WHEN`, `ELSE` or `END`"))
    }

    fn cast(&mut self, run: &mut Run) -> Result<(), PortableError> {
        self.expect_into(run, "CAST")?;
        self.open(run)?;
        self.expression(run)?;
        self.expect_into(run, "AS")?;
        let data_type = self.data_type()?;
        run.push(Piece::Type(data_type));
        self.close(run)
    }

    pub(super) fn open(&mut self, run: &mut Run) -> Result<(), PortableError> {
        self.expect_symbol("(")?;
        run.push(Piece::Open);
        Ok(())
    }

    pub(super) fn close(&mut self, run: &mut Run) -> Result<(), PortableError> {
        self.expect_symbol(")")?;
        run.push(Piece::Close);
        Ok(())
    }
}

pub(super) fn misplaced_sub_query(span: Span) -> PortableError {
    PortableError::new(
        span,
        "a sub-query cannot stand in a default, check, generated column or index",
    )
}

/// Words that some engines read as a value although they have no parentheses.
pub(super) fn is_special_word(word: &str) -> bool {
    matches!(
        word.to_ascii_uppercase().as_str(),
        "CURRENT_USER" | "SESSION_USER" | "SYSTEM_USER" | "LOCALTIME" | "LOCALTIMESTAMP"
    )
}

pub(super) fn qualified_by_schema(span: Span) -> PortableError {
    PortableError::new(span, "a name qualified by a schema is not portable")
        .hint("leave the schema out: the connection decides it")
}
