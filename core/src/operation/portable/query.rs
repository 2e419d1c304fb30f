//! SELECT, at the top and nested.

use crate::schema::Name;
use crate::schema::Piece;
use crate::sql::Span;
use crate::sql::TokenKind;

use super::PortableError;
use super::cursor::Parser;
use super::operand::misplaced_sub_query;
use super::operand::qualified_by_schema;
use super::refusals::begins_clause;
use super::run::Run;
use super::run::Standing;
use super::vocabulary::is_reserved;

/// How many columns a SELECT list gives; unknown with a `*`.
pub(super) type Width = Option<usize>;

impl Parser<'_> {
    /// `( SELECT … )`
    pub(super) fn sub_query(&mut self, run: &mut Run) -> Result<(), PortableError> {
        if run.standing != Standing::Query {
            self.expect_symbol("(")?;
            return Err(misplaced_sub_query(self.here()));
        }
        self.open(run)?;
        self.query(run)?;
        self.close(run)
    }

    /// `( SELECT … )` of IN, which not every engine takes with LIMIT.
    pub(super) fn sub_query_of_in(&mut self, run: &mut Run) -> Result<(), PortableError> {
        if run.standing != Standing::Query {
            return self.sub_query(run);
        }
        self.open(run)?;
        self.deeper(|parser| parser.unlimited_query(run))?;
        if self.is_word("LIMIT") {
            return Err(
                PortableError::new(self.here(), "LIMIT directly in IN (SELECT …) is not portable")
                    .hint("write IN (SELECT x FROM (SELECT … LIMIT n) AS t)"),
            );
        }
        self.close(run)
    }

    /// A whole query.
    pub(super) fn query(&mut self, run: &mut Run) -> Result<Width, PortableError> {
        self.deeper(|parser| {
            let width = parser.unlimited_query(run)?;
            parser.limit(run)?;
            Ok(width)
        })
    }

    fn unlimited_query(&mut self, run: &mut Run) -> Result<Width, PortableError> {
        let width = self.select(run)?;
        while self.take_into(run, "UNION") {
            self.take_into(run, "ALL");
            let span = self.here();
            let other = self.select(run)?;
            if let (Some(width), Some(other)) = (width, other)
                && width != other
            {
                return Err(PortableError::new(
                    span,
                    format!("this SELECT gives {other} columns, the first one {width}"),
                ));
            }
        }
        if self.is_word("ORDER") {
            self.order_by(run)?;
        }
        Ok(width)
    }

    fn select(&mut self, run: &mut Run) -> Result<Width, PortableError> {
        self.expect_into(run, "SELECT")?;
        self.take_into(run, "DISTINCT");
        let width = self.select_list(run)?;
        if self.take_into(run, "FROM") {
            self.from(run)?;
        } else if self.is_word("WHERE") {
            return Err(
                PortableError::new(self.here(), "WHERE without FROM is not portable")
                    .hint("write SELECT … FROM (SELECT 1 AS one) AS one_row WHERE …"),
            );
        }
        if self.take_into(run, "WHERE") {
            self.expression(run)?;
        }
        if self.take_into(run, "GROUP") {
            self.expect_into(run, "BY")?;
            self.expressions(run)?;
        }
        if self.take_into(run, "HAVING") {
            self.expression(run)?;
        }
        Ok(width)
    }

    fn select_list(&mut self, run: &mut Run) -> Result<Width, PortableError> {
        let mut width = Some(0);
        loop {
            let columns = self.select_item(run)?;
            width = width.zip(columns).map(|(width, columns)| width + columns);
            if !self.take_symbol(",") {
                return Ok(width);
            }
            run.push(Piece::Comma);
        }
    }

    fn select_item(&mut self, run: &mut Run) -> Result<Width, PortableError> {
        if self.take_symbol("*") {
            run.push(Piece::Star);
            return Ok(None);
        }
        if self.is_symbol_at(1, ".") && self.is_symbol_at(2, "*") {
            let (table, _) = self.identifier("a table name")?;
            self.expect_symbol(".")?;
            self.expect_symbol("*")?;
            run.pieces.extend([Piece::Name(table), Piece::Dot, Piece::Star]);
            return Ok(None);
        }
        self.expression(run)?;
        if self.take_into(run, "AS") {
            let (alias, _) = self.name("an alias")?;
            run.push(Piece::Name(alias));
        } else if self.bare_alias() {
            return Err(self
                .expected("`,`, `AS` or `FROM`")
                .hint_if_none("a column alias is written with AS"));
        }
        Ok(Some(1))
    }

    fn from(&mut self, run: &mut Run) -> Result<(), PortableError> {
        self.joined_table(run)?;
        loop {
            if self.is_symbol(",") {
                return Err(PortableError::new(
                    self.here(),
                    "a list of tables is not portable: engines rank its comma and JOIN differently",
                )
                .hint("write CROSS JOIN, or JOIN … ON …"));
            }
            if self.take_into(run, "CROSS") {
                self.expect_into(run, "JOIN")?;
                self.joined_table(run)?;
                continue;
            }
            let outer = self.take_into(run, "LEFT");
            if outer {
                self.take_into(run, "OUTER");
            } else if !self.take_into(run, "INNER") && !self.is_word("JOIN") {
                return Ok(());
            }
            self.expect_into(run, "JOIN")?;
            self.joined_table(run)?;
            self.join_condition(run)?;
        }
    }

    fn join_condition(&mut self, run: &mut Run) -> Result<(), PortableError> {
        if self.take_into(run, "ON") {
            return self.expression(run);
        }
        if !self.take_into(run, "USING") {
            return Err(self.expected("`ON` or `USING`"));
        }
        let columns = self.column_names()?;
        push_names(run, columns.into_iter().map(|(name, _)| name));
        Ok(())
    }

    fn joined_table(&mut self, run: &mut Run) -> Result<(), PortableError> {
        if self.is_symbol("(") {
            if !self.is_word_at(1, "SELECT") {
                self.expect_symbol("(")?;
                return Err(self.expected("`SELECT`"));
            }
            let open = self.here();
            self.sub_query(run)?;
            if !self.alias(run)? {
                return Err(PortableError::new(
                    open.to(self.previous()),
                    "a sub-query in FROM needs an alias",
                )
                .hint("write (SELECT …) AS name"));
            }
            return Ok(());
        }
        let (table, span) = self.identifier("a table name or `(`")?;
        self.refuse_qualified(span)?;
        if self.own_table.as_ref() == Some(&table) {
            return Err(PortableError::new(
                span,
                format!("a sub-query cannot read `{table}`, the table that the statement changes"),
            )
            .hint("fill a table of its own with INSERT … SELECT first, or write a native section"));
        }
        run.push(Piece::Name(table));
        self.alias(run)?;
        Ok(())
    }

    fn refuse_qualified(&mut self, span: Span) -> Result<(), PortableError> {
        if self.is_symbol(".") {
            self.advance();
            return Err(qualified_by_schema(span.to(self.here())));
        }
        Ok(())
    }

    fn alias(&mut self, run: &mut Run) -> Result<bool, PortableError> {
        if !self.take_into(run, "AS") && !self.bare_alias() {
            return Ok(false);
        }
        let (alias, _) = self.name("an alias")?;
        run.push(Piece::Name(alias));
        Ok(true)
    }

    fn bare_alias(&self) -> bool {
        match self.peek() {
            Some(token) if token.kind == TokenKind::Word => {
                let word = self.slice(token.span);
                !is_reserved(word) && !begins_clause(word) && !self.at_schema_statement()
            }
            Some(token) => token.kind == TokenKind::QuotedName,
            None => false,
        }
    }

    pub(super) fn order_by(&mut self, run: &mut Run) -> Result<(), PortableError> {
        self.expect_into(run, "ORDER")?;
        self.expect_into(run, "BY")?;
        loop {
            self.expression(run)?;
            if !self.take_into(run, "ASC") {
                self.take_into(run, "DESC");
            }
            if !self.take_symbol(",") {
                return Ok(());
            }
            run.push(Piece::Comma);
        }
    }

    fn limit(&mut self, run: &mut Run) -> Result<(), PortableError> {
        if self.is_word("OFFSET") {
            return Err(
                PortableError::new(self.here(), "OFFSET without LIMIT is not portable")
                    .hint("write LIMIT n OFFSET m"),
            );
        }
        for word in ["LIMIT", "OFFSET"] {
            if self.take_into(run, word) {
                let count = self.whole_number("a number of rows", 0, u32::MAX)?;
                run.push(Piece::Number(count.to_string()));
            }
        }
        if self.is_symbol(",") && matches!(run.pieces.last(), Some(Piece::Number(_))) && run.ends_with_limit()
        {
            return Err(
                PortableError::new(self.here(), "LIMIT with two numbers is not portable")
                    .hint("write LIMIT n OFFSET m"),
            );
        }
        Ok(())
    }
}

impl Run {
    fn ends_with_limit(&self) -> bool {
        let word = self.pieces.iter().rev().nth(1);
        matches!(word, Some(Piece::Keyword(word)) if word == "LIMIT")
    }
}

/// `( name, … )`
pub(super) fn push_names(run: &mut Run, names: impl Iterator<Item = Name>) {
    run.push(Piece::Open);
    for (index, name) in names.enumerate() {
        if index > 0 {
            run.push(Piece::Comma);
        }
        run.push(Piece::Name(name));
    }
    run.push(Piece::Close);
}
