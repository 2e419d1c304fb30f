//! CREATE INDEX.

use crate::operation::Operation;
use crate::schema::Expression;
use crate::schema::Index;
use crate::schema::IndexKey;
use crate::schema::Piece;
use crate::schema::SortOrder;
use crate::schema::TokenRun;
use crate::sql::Span;
use crate::sql::TokenKind;

use super::PortableError;
use super::cursor::Parser;
use super::error::NATIVE;
use super::run::Run;
use super::run::Standing;

/// Whether an index refuses equal rows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Uniqueness {
    Any,
    Unique,
}

impl Parser<'_> {
    /// `[name] ON table ( key, … ) [WHERE …]`, after CREATE [UNIQUE] INDEX.
    pub(super) fn create_index(&mut self, uniqueness: Uniqueness) -> Result<Operation, PortableError> {
        self.refuse_if()?;
        if self.is_word("CONCURRENTLY") {
            return Err(self.expected("an index name"));
        }
        let name = if self.is_word("ON") {
            None
        } else {
            Some(self.name("an index name or `ON`")?.0)
        };
        self.expect_word("ON")?;
        let (table, _) = self.name("a table name")?;
        if self.is_word("USING") {
            return Err(
                PortableError::new(self.here(), "the method of an index is not portable")
                    .hint("leave USING out, or write a native section"),
            );
        }
        let keys = self.parenthesised(Self::index_key)?;
        let name = name.unwrap_or_else(|| self.options.naming.index_of(&table, &keys));
        let mut index = Index::new(name, keys);
        index.unique = uniqueness == Uniqueness::Unique;
        if self.take_word("WHERE") {
            let mut run = Run::new(Standing::Row);
            self.expression(&mut run)?;
            index.filter = Some(run.into_expression());
        }
        Ok(Operation::CreateIndex { table, index })
    }

    fn index_key(&mut self) -> Result<(IndexKey, SortOrder), PortableError> {
        let mut run = Run::new(Standing::Row);
        let start = self.here();
        if self.is_symbol("(") {
            self.expect_symbol("(")?;
            self.expression(&mut run)?;
            self.expect_symbol(")")?;
        } else {
            self.refuse_prefix()?;
            self.primary(&mut run)?;
        }
        let key = key_of(run.into_run(), start.to(self.previous()))?;
        let order = if self.take_word("DESC") {
            SortOrder::Descending
        } else {
            self.take_word("ASC");
            SortOrder::Ascending
        };
        if self
            .text_at(0, TokenKind::Symbol)
            .is_some_and(|symbol| !matches!(symbol, "," | ")"))
        {
            return Err(PortableError::new(
                start.to(self.here()),
                "an expression of an index needs parentheses",
            )
            .hint("write ((a + b))"));
        }
        Ok((key, order))
    }

    /// `name(10)`, an index over the first characters.
    fn refuse_prefix(&self) -> Result<(), PortableError> {
        let is_prefix = self.is_symbol_at(1, "(")
            && self.text_at(2, TokenKind::Number).is_some()
            && self.is_symbol_at(3, ")");
        if !is_prefix {
            return Ok(());
        }
        let end = self.peek_at(3).map_or_else(|| self.here(), |token| token.span);
        Err(PortableError::new(
            self.here().to(end),
            "an index over the first characters is not portable",
        )
        .hint(NATIVE))
    }
}

/// The key that an expression over columns is: the name of a column alone is no expression.
pub(in crate::operation) fn key_of(run: TokenRun, span: Span) -> Result<IndexKey, PortableError> {
    if let [Piece::Name(column)] = run.0.as_slice() {
        return Ok(IndexKey::Column(column.clone()));
    }
    if run.0.iter().any(|piece| matches!(piece, Piece::Name(_))) {
        return Ok(IndexKey::Expression(Expression::Portable(run)));
    }
    Err(PortableError::new(span, "an index key reads at least one column"))
}
