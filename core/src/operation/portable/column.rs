//! Column definitions.

use crate::schema::Check;
use crate::schema::Column;
use crate::schema::Constraint;
use crate::schema::DataType;
use crate::schema::Expression;
use crate::schema::Generated;
use crate::schema::Name;
use crate::schema::Piece;
use crate::schema::PrimaryKey;
use crate::schema::Storage;
use crate::schema::Unique;
use crate::sql::Span;
use crate::sql::TokenKind;
use crate::sql::nearest;

use super::PortableError;
use super::constraint::Draft;
use super::cursor::Parser;
use super::run::Run;
use super::run::Standing;

/// A column as it was written.
pub(in crate::operation) struct ColumnDraft {
    pub(super) column: Column,
    pub(super) span: Span,
    /// Where NULL stands.
    pub(super) null: Option<Span>,
    pub(super) constraints: Vec<Draft>,
    not_null: bool,
    default: Option<Span>,
    value: Option<Span>,
}

impl ColumnDraft {
    /// A column that no text holds: `null` says that it was called nullable in so many words.
    pub(in crate::operation) fn built(
        column: Column,
        null: bool,
        constraints: Vec<Draft>,
    ) -> Result<Self, PortableError> {
        let nowhere = Span::new(0, 0);
        let there = |yes: bool| yes.then_some(nowhere);
        let draft = Self {
            span: nowhere,
            null: there(null),
            not_null: !column.nullable,
            default: there(column.default.is_some()),
            value: there(column.identity || column.generated.is_some()),
            column,
            constraints,
        };
        draft.check()?;
        Ok(draft)
    }

    pub(in crate::operation) fn name(&self) -> &Name {
        &self.column.name
    }
}

impl Parser<'_> {
    /// `name type [clause …]`
    pub(super) fn column_definition(&mut self, table: &Name) -> Result<ColumnDraft, PortableError> {
        let (name, span) = self.name("a column name")?;
        let data_type = self.data_type()?;
        let mut draft = ColumnDraft {
            column: Column::new(name, data_type),
            span,
            null: None,
            constraints: Vec::new(),
            not_null: false,
            default: None,
            value: None,
        };
        while self.column_clause(table, &mut draft)? {}
        self.refuse_misspelt_clause()?;
        draft.check()?;
        Ok(draft)
    }

    fn column_clause(&mut self, table: &Name, draft: &mut ColumnDraft) -> Result<bool, PortableError> {
        let start = self.here();
        if self.take_words(&["NOT", "NULL"]) {
            once(draft.not_null, start.to(self.previous()))?;
            draft.not_null = true;
            draft.column.nullable = false;
        } else if self.take_word("NULL") {
            once(draft.null.is_some(), start)?;
            draft.null = Some(start);
        } else if self.take_word("DEFAULT") {
            once(draft.default.is_some(), start)?;
            draft.column.default = Some(self.default_expression()?);
            draft.default = Some(start.to(self.previous()));
        } else if self.take_word("GENERATED") {
            once(draft.value.is_some(), start)?;
            self.generated(draft)?;
            draft.value = Some(start.to(self.previous()));
        } else {
            return self.column_constraint(table, draft);
        }
        Ok(true)
    }

    /// What follows a column is not nearly a clause of it, unless it is a column itself whose comma is missing.
    fn refuse_misspelt_clause(&self) -> Result<(), PortableError> {
        const CLAUSES: [&str; 9] = [
            "CHECK",
            "CONSTRAINT",
            "DEFAULT",
            "GENERATED",
            "NOT",
            "NULL",
            "PRIMARY",
            "REFERENCES",
            "UNIQUE",
        ];
        let word = self.text_at(0, TokenKind::Word);
        match word.and_then(|word| nearest(word, CLAUSES)) {
            Some(clause) if !self.is_type_at(1) => {
                let wanted = "a clause of the column, `,` or `)`";
                Err(self
                    .expected(wanted)
                    .hint_if_none(format!("did you mean {clause}?")))
            }
            _ => Ok(()),
        }
    }

    /// What may follow DEFAULT: a literal, a moment, or any expression without columns in parentheses.
    pub(super) fn default_expression(&mut self) -> Result<Expression, PortableError> {
        let mut run = Run::new(Standing::Default);
        if self.take_symbol("(") {
            self.expression(&mut run)?;
            self.expect_symbol(")")?;
            return Ok(run.into_expression());
        }
        let start = self.here();
        self.operand(&mut run)?;
        if !matches!(
            run.pieces.as_slice(),
            [_] | [Piece::Operator(_), Piece::Number(_)]
        ) {
            return Err(PortableError::new(
                start.to(self.previous()),
                "a default that is not a literal needs parentheses",
            )
            .hint("write DEFAULT (expression)"));
        }
        Ok(run.into_expression())
    }

    /// `BY DEFAULT AS IDENTITY`, or `ALWAYS AS (expression) STORED | VIRTUAL`.
    fn generated(&mut self, draft: &mut ColumnDraft) -> Result<(), PortableError> {
        if self.take_words(&["BY", "DEFAULT"]) {
            self.expect_word("AS")?;
            self.identity(draft)?;
            return Ok(());
        }
        if !self.take_word("ALWAYS") {
            return Err(self.expected("`BY DEFAULT AS IDENTITY` or `ALWAYS AS (…)`"));
        }
        self.expect_word("AS")?;
        if self.is_word("IDENTITY") {
            return Err(
                PortableError::new(self.here(), "GENERATED ALWAYS AS IDENTITY is not portable")
                    .hint("write GENERATED BY DEFAULT AS IDENTITY"),
            );
        }
        let expression = self.row_expression()?;
        let storage = if self.take_word("STORED") {
            Storage::Stored
        } else if self.take_word("VIRTUAL") {
            Storage::Virtual
        } else {
            return Err(self.expected("`STORED` or `VIRTUAL`"));
        };
        draft.column.generated = Some(Generated::new(expression, storage));
        Ok(())
    }

    fn identity(&mut self, draft: &mut ColumnDraft) -> Result<(), PortableError> {
        if !self.take_word("IDENTITY") {
            return Err(self.expected("`IDENTITY`"));
        }
        if self.is_symbol("(") {
            return Err(
                PortableError::new(self.here(), "options of an identity column are not portable")
                    .hint("leave the parentheses out"),
            );
        }
        draft.column.identity = true;
        draft.column.nullable = false;
        Ok(())
    }

    fn column_constraint(&mut self, table: &Name, draft: &mut ColumnDraft) -> Result<bool, PortableError> {
        let start = self.here();
        let name = self.constraint_name()?;
        let named = name.is_some();
        let naming = &self.options.naming;
        let columns = vec![draft.column.name.clone()];
        let constraint = if self.take_words(&["PRIMARY", "KEY"]) {
            let name = name.unwrap_or_else(|| naming.primary_key(table));
            Constraint::PrimaryKey(PrimaryKey::new(name, columns))
        } else if self.take_word("UNIQUE") {
            let nulls_not_distinct = self.take_words(&["NULLS", "NOT", "DISTINCT"]);
            let name = name.unwrap_or_else(|| naming.unique(table, &columns));
            let mut unique = Unique::new(name, columns);
            unique.nulls_not_distinct = nulls_not_distinct;
            Constraint::Unique(unique)
        } else if self.is_word("REFERENCES") {
            let name = name.unwrap_or_else(|| naming.foreign_key(table, &columns));
            Constraint::ForeignKey(self.references(name, columns)?)
        } else if self.is_word("CHECK") {
            let expression = self.check_expression()?;
            let name = name.unwrap_or_else(|| naming.check_of(table, &expression, &columns));
            Constraint::Check(Check::new(name, expression))
        } else if named {
            return Err(self
                .expected("`PRIMARY KEY`, `UNIQUE`, `REFERENCES` or `CHECK`")
                .hint_if_none("only these have names"));
        } else {
            return Ok(false);
        };
        draft.constraints.push(Draft {
            constraint,
            named,
            span: start.to(self.previous()),
        });
        Ok(true)
    }
}

impl ColumnDraft {
    /// Whether the clauses of the column go together.
    fn check(&self) -> Result<(), PortableError> {
        let column = &self.column;
        if let Some(null) = self.null
            && !column.nullable
        {
            return Err(
                PortableError::new(null, format!("`{}` cannot be NULL", column.name)).hint("leave NULL out"),
            );
        }
        if let (Some(default), Some(_)) = (self.default, self.value) {
            return Err(PortableError::new(
                default,
                format!("`{}` is generated and cannot have a default", column.name),
            ));
        }
        if let Some(value) = self.value
            && column.identity
            && !matches!(
                column.data_type.base(),
                DataType::SmallInt | DataType::Integer | DataType::BigInt
            )
        {
            return Err(PortableError::new(value, "an identity column is a whole number")
                .hint("write SMALLINT, INTEGER or BIGINT"));
        }
        if let (Some(default), DataType::Boolean, Some(Expression::Portable(run))) =
            (self.default, &column.data_type, &column.default)
            && let [Piece::Number(number)] = run.0.as_slice()
        {
            let word = if number == "0" { "FALSE" } else { "TRUE" };
            return Err(
                PortableError::new(default, "a number is not a truth value on every engine")
                    .hint(format!("write DEFAULT {word}")),
            );
        }
        Ok(())
    }
}

fn once(seen: bool, span: Span) -> Result<(), PortableError> {
    if seen {
        return Err(PortableError::new(span, "this is said twice"));
    }
    Ok(())
}
