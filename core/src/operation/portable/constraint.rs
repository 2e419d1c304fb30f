//! Constraints: of a table, of a column, with a name or without.

use crate::schema::Check;
use crate::schema::Constraint;
use crate::schema::Deferrable;
use crate::schema::Expression;
use crate::schema::ForeignKey;
use crate::schema::Name;
use crate::schema::PrimaryKey;
use crate::schema::ReferentialAction;
use crate::schema::Unique;
use crate::sql::Span;

use super::PortableError;
use super::cursor::Parser;
use super::run::Run;
use super::run::Standing;

/// A constraint as it was written; one without a name has the convention's until the statement is known.
#[derive(Clone, Debug)]
pub(in crate::operation) struct Draft {
    pub(super) constraint: Constraint,
    pub(super) named: bool,
    pub(super) span: Span,
}

impl Draft {
    /// A constraint that no text holds.
    pub(in crate::operation) fn built(constraint: Constraint, named: bool) -> Self {
        Self {
            constraint,
            named,
            span: Span::new(0, 0),
        }
    }

    /// The constraint alone, outside of a statement in which others could have its name.
    pub(in crate::operation) fn into_constraint(self) -> Constraint {
        self.constraint
    }
}

impl Parser<'_> {
    /// Whether a table constraint comes next.
    pub(super) fn at_table_constraint(&self) -> bool {
        ["CONSTRAINT", "PRIMARY", "UNIQUE", "FOREIGN", "CHECK"]
            .iter()
            .any(|word| self.is_word(word))
    }

    /// `[CONSTRAINT name]`
    pub(super) fn constraint_name(&mut self) -> Result<Option<Name>, PortableError> {
        if !self.take_word("CONSTRAINT") {
            return Ok(None);
        }
        self.name("a constraint name").map(|(name, _)| Some(name))
    }

    /// `[CONSTRAINT name] PRIMARY KEY (…) | UNIQUE (…) | FOREIGN KEY (…) REFERENCES … | CHECK (…)`
    pub(super) fn table_constraint(&mut self, table: &Name) -> Result<Draft, PortableError> {
        let start = self.here();
        let name = self.constraint_name()?;
        let named = name.is_some();
        let naming = &self.options.naming;
        let constraint = if self.take_words(&["PRIMARY", "KEY"]) {
            let columns = self.names_only()?;
            let name = name.unwrap_or_else(|| naming.primary_key(table));
            Constraint::PrimaryKey(PrimaryKey::new(name, columns))
        } else if self.take_word("UNIQUE") {
            let nulls_not_distinct = self.take_words(&["NULLS", "NOT", "DISTINCT"]);
            let columns = self.names_only()?;
            let name = name.unwrap_or_else(|| naming.unique(table, &columns));
            let mut unique = Unique::new(name, columns);
            unique.nulls_not_distinct = nulls_not_distinct;
            Constraint::Unique(unique)
        } else if self.take_words(&["FOREIGN", "KEY"]) {
            let columns = self.names_only()?;
            let name = name.unwrap_or_else(|| naming.foreign_key(table, &columns));
            Constraint::ForeignKey(self.references(name, columns)?)
        } else if self.is_word("CHECK") {
            let expression = self.check_expression()?;
            let name = name.unwrap_or_else(|| naming.check_of(table, &expression, &[]));
            Constraint::Check(Check::new(name, expression))
        } else {
            return Err(self.expected("`PRIMARY KEY`, `UNIQUE`, `FOREIGN KEY` or `CHECK`"));
        };
        Ok(Draft {
            constraint,
            named,
            span: start.to(self.previous()),
        })
    }

    fn names_only(&mut self) -> Result<Vec<Name>, PortableError> {
        Ok(self.column_names()?.into_iter().map(|(name, _)| name).collect())
    }

    /// `CHECK ( expression )`
    pub(super) fn check_expression(&mut self) -> Result<Expression, PortableError> {
        self.expect_word("CHECK")?;
        self.row_expression()
    }

    /// `( expression )` over the columns of one row; the parentheses are not part of it.
    pub(super) fn row_expression(&mut self) -> Result<Expression, PortableError> {
        self.expect_symbol("(")?;
        let mut run = Run::new(Standing::Row);
        self.expression(&mut run)?;
        self.expect_symbol(")")?;
        Ok(run.into_expression())
    }

    /// `REFERENCES table [(…)]` with its actions.
    pub(super) fn references(&mut self, name: Name, columns: Vec<Name>) -> Result<ForeignKey, PortableError> {
        self.expect_word("REFERENCES")?;
        let (table, _) = self.name("a table name")?;
        let mut referenced = Vec::new();
        if self.is_symbol("(") {
            let start = self.here();
            referenced = self.names_only()?;
            check_referenced(&columns, &referenced, start.to(self.previous()))?;
        }
        let mut key = ForeignKey::new(name, columns, table, referenced);
        self.referential_actions(&mut key)?;
        key.deferrable = self.deferrable()?;
        Ok(key)
    }

    fn referential_actions(&mut self, key: &mut ForeignKey) -> Result<(), PortableError> {
        let (mut deleted, mut updated) = (false, false);
        loop {
            let start = self.here();
            let (seen, action) = if self.take_words(&["ON", "DELETE"]) {
                (&mut deleted, &mut key.on_delete)
            } else if self.take_words(&["ON", "UPDATE"]) {
                (&mut updated, &mut key.on_update)
            } else {
                return Ok(());
            };
            if *seen {
                return Err(PortableError::new(
                    start.to(self.previous()),
                    "this action is given twice",
                ));
            }
            *seen = true;
            *action = self.referential_action()?;
        }
    }

    fn referential_action(&mut self) -> Result<ReferentialAction, PortableError> {
        let actions: [(&[&str], ReferentialAction); 5] = [
            (&["NO", "ACTION"], ReferentialAction::NoAction),
            (&["RESTRICT"], ReferentialAction::Restrict),
            (&["CASCADE"], ReferentialAction::Cascade),
            (&["SET", "NULL"], ReferentialAction::SetNull),
            (&["SET", "DEFAULT"], ReferentialAction::SetDefault),
        ];
        for (words, action) in actions {
            if self.take_words(words) {
                return Ok(action);
            }
        }
        Err(self.expected("`NO ACTION`, `RESTRICT`, `CASCADE`, `SET NULL` or `SET DEFAULT`"))
    }

    /// `[NOT DEFERRABLE | DEFERRABLE [INITIALLY IMMEDIATE | INITIALLY DEFERRED]]`
    fn deferrable(&mut self) -> Result<Deferrable, PortableError> {
        if self.take_words(&["NOT", "DEFERRABLE"]) || !self.take_word("DEFERRABLE") {
            return Ok(Deferrable::No);
        }
        if !self.take_word("INITIALLY") || self.take_word("IMMEDIATE") {
            return Ok(Deferrable::InitiallyImmediate);
        }
        if self.take_word("DEFERRED") {
            return Ok(Deferrable::InitiallyDeferred);
        }
        Err(self.expected("`IMMEDIATE` or `DEFERRED`"))
    }
}

/// A foreign key names as many columns of the other table as it has itself.
pub(in crate::operation) fn check_referenced(
    columns: &[Name],
    referenced: &[Name],
    span: Span,
) -> Result<(), PortableError> {
    if referenced.len() == columns.len() {
        return Ok(());
    }
    Err(PortableError::new(
        span,
        format!(
            "a foreign key refers to as many columns as it has: {}, found {}",
            columns.len(),
            referenced.len()
        ),
    ))
}
