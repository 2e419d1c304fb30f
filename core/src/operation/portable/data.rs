//! INSERT, UPDATE, DELETE and SELECT as statements.

use crate::operation::DataKind;
use crate::operation::DataStatement;
use crate::operation::Operation;
use crate::schema::Name;
use crate::schema::Piece;
use crate::sql::Span;

use super::PortableError;
use super::cursor::Parser;
use super::query::push_names;
use super::run::Run;
use super::run::Standing;

impl Parser<'_> {
    pub(super) fn select_statement(&mut self) -> Result<Operation, PortableError> {
        let mut run = Run::new(Standing::Query);
        self.query(&mut run)?;
        Ok(statement(DataKind::Select, None, Vec::new(), run))
    }

    pub(super) fn insert(&mut self) -> Result<Operation, PortableError> {
        let mut run = Run::new(Standing::Query);
        self.expect_into(&mut run, "INSERT")?;
        if self.is_word("OR") || self.is_word("IGNORE") {
            return Err(PortableError::new(
                self.here(),
                "INSERT that skips or replaces rows is not portable",
            )
            .hint("write INSERT INTO … SELECT … FROM … WHERE NOT EXISTS (SELECT …)"));
        }
        self.expect_into(&mut run, "INTO")?;
        let (table, _) = self.name("a table name")?;
        run.push(Piece::Name(table.clone()));
        if !self.is_symbol("(") {
            return Err(PortableError::new(
                self.here(),
                "expected the list of columns after the table's name",
            )
            .hint("name the columns: INSERT INTO account (id, name) VALUES …"));
        }
        let columns: Vec<Name> = self.column_names()?.into_iter().map(|(name, _)| name).collect();
        push_names(&mut run, columns.iter().cloned());
        if self.take_into(&mut run, "VALUES") {
            self.own_table = Some(table.clone());
            self.rows(&mut run, columns.len())?;
        } else if self.is_word("SELECT") {
            let span = self.here();
            if let Some(width) = self.query(&mut run)? {
                check_width(width, columns.len(), span.to(self.previous()))?;
            }
        } else {
            return Err(self
                .expected("`VALUES` or `SELECT`")
                .hint_if_none("write the value of at least one column"));
        }
        Ok(statement(DataKind::Insert, Some(table), columns, run))
    }

    fn rows(&mut self, run: &mut Run, width: usize) -> Result<(), PortableError> {
        loop {
            let start = self.here();
            self.open(run)?;
            let values = self.expressions(run)?;
            self.close(run)?;
            check_width(values, width, start.to(self.previous()))?;
            if !self.take_symbol(",") {
                return Ok(());
            }
            run.push(Piece::Comma);
        }
    }

    pub(super) fn update(&mut self) -> Result<Operation, PortableError> {
        let mut run = Run::new(Standing::Query);
        self.expect_into(&mut run, "UPDATE")?;
        let (table, _) = self.name("a table name")?;
        run.push(Piece::Name(table.clone()));
        self.refuse_alias(&table)?;
        self.own_table = Some(table.clone());
        self.expect_into(&mut run, "SET")?;
        let mut columns = Vec::new();
        loop {
            self.assignment(&mut run, &table, &mut columns)?;
            if !self.take_symbol(",") {
                break;
            }
            run.push(Piece::Comma);
        }
        if self.is_word("FROM") {
            return Err(PortableError::new(self.here(), "UPDATE … FROM is not portable")
                .hint("write SET column = (SELECT …), and WHERE EXISTS (SELECT …)"));
        }
        self.where_of_change(&mut run)?;
        Ok(statement(DataKind::Update, Some(table), columns, run))
    }

    /// `column = expression`. The expression may not read a column that is assigned before it: engines differ in
    /// whether it sees the old value or the new one.
    fn assignment(
        &mut self,
        run: &mut Run,
        table: &Name,
        assigned: &mut Vec<Name>,
    ) -> Result<(), PortableError> {
        let (column, span) = self.name("a column name")?;
        if assigned.contains(&column) {
            return Err(PortableError::new(
                span,
                format!("the column `{column}` is set twice"),
            ));
        }
        run.push(Piece::Name(column.clone()));
        self.expect_symbol("=")?;
        run.push(Piece::Operator("=".to_owned()));
        let start = run.pieces.len();
        let value = self.here();
        self.expression(run)?;
        if let Some(read) = reads(run.since(start), table, assigned) {
            return Err(PortableError::new(
                value.to(self.previous()),
                format!("`{read}` is read after it was set: engines differ in which value that is"),
            )
            .hint(format!(
                "set `{read}` after `{column}`, or in a statement of its own"
            )));
        }
        assigned.push(column);
        Ok(())
    }

    pub(super) fn delete(&mut self) -> Result<Operation, PortableError> {
        let mut run = Run::new(Standing::Query);
        self.expect_into(&mut run, "DELETE")?;
        self.expect_into(&mut run, "FROM")?;
        let (table, _) = self.name("a table name")?;
        run.push(Piece::Name(table.clone()));
        self.refuse_alias(&table)?;
        self.own_table = Some(table.clone());
        if self.is_word("USING") {
            return Err(PortableError::new(self.here(), "DELETE … USING is not portable")
                .hint("write WHERE EXISTS (SELECT …)"));
        }
        self.where_of_change(&mut run)?;
        Ok(statement(DataKind::Delete, Some(table), Vec::new(), run))
    }

    fn refuse_alias(&self, table: &Name) -> Result<(), PortableError> {
        let clauses = ["SET", "WHERE", "USING", "ORDER", "LIMIT", "RETURNING"];
        let is_alias = self.is_word("AS")
            || self.peek().is_some_and(|token| {
                let word = self.slice(token.span);
                token.kind == crate::sql::TokenKind::Word
                    && !clauses.iter().any(|clause| word.eq_ignore_ascii_case(clause))
            });
        if is_alias && !self.at_schema_statement() {
            return Err(PortableError::new(
                self.here(),
                "an alias of the table that the statement changes is not portable",
            )
            .hint(format!("use the table's own name: {table}.column")));
        }
        Ok(())
    }

    fn where_of_change(&mut self, run: &mut Run) -> Result<(), PortableError> {
        if self.take_into(run, "WHERE") {
            self.expression(run)?;
        }
        if self.is_word("ORDER") || self.is_word("LIMIT") {
            return Err(PortableError::new(
                self.here(),
                "ORDER BY and LIMIT in UPDATE and DELETE are not portable",
            )
            .hint("choose the rows with WHERE, or write a native section"));
        }
        Ok(())
    }
}

fn statement(kind: DataKind, table: Option<Name>, columns: Vec<Name>, run: Run) -> Operation {
    Operation::Data(DataStatement::new(kind, table, columns, run.into_run()))
}

/// The first of the columns that the pieces read, leaving out those of other tables.
fn reads(pieces: &[Piece], table: &Name, columns: &[Name]) -> Option<Name> {
    let mut qualifier = None;
    for (index, piece) in pieces.iter().enumerate() {
        let Piece::Name(name) = piece else { continue };
        if matches!(pieces.get(index + 1), Some(Piece::Dot)) {
            qualifier = Some(name);
            continue;
        }
        if qualifier.take().is_none_or(|qualifier| qualifier == table) && columns.contains(name) {
            return Some(name.clone());
        }
    }
    None
}

fn check_width(values: usize, columns: usize, span: Span) -> Result<(), PortableError> {
    if values == columns {
        return Ok(());
    }
    Err(PortableError::new(
        span,
        format!("expected as many values as columns are named: {columns}, found {values}"),
    ))
}
