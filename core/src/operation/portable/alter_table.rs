//! ALTER TABLE.

use crate::operation::ColumnChange;
use crate::operation::Operation;
use crate::schema::Name;
use crate::sql::TokenKind;
use crate::sql::nearest;

use super::PortableError;
use super::create_table::finished_column;
use super::cursor::Parser;
use super::cursor::shown;
use super::error::NATIVE;

impl Parser<'_> {
    /// `name action, …`, after ALTER TABLE.
    pub(super) fn alter_table(&mut self) -> Result<Vec<Operation>, PortableError> {
        self.refuse_if()?;
        let (table, _) = self.name("a table name")?;
        let mut operations = Vec::new();
        loop {
            let start = self.here();
            operations.push(self.action(&table)?);
            if !self.take_symbol(",") {
                self.refuse_next_action()?;
                return Ok(operations);
            }
            if self.at_end() || self.is_symbol(",") {
                return Err(self.idle_comma());
            }
            if let Some(Operation::RenameTable { .. }) = operations.last() {
                return Err(PortableError::new(
                    start.to(self.previous()),
                    "RENAME TO is the last action of its statement",
                )
                .hint("put it at the end, or into a statement of its own"));
            }
        }
    }

    /// No action follows without a comma.
    fn refuse_next_action(&self) -> Result<(), PortableError> {
        let is_action = ["ADD", "DROP", "ALTER", "RENAME"]
            .iter()
            .any(|word| self.is_word(word));
        if is_action && !self.at_schema_statement() {
            let error = self.expected("`,` or the end of the statement");
            return Err(error.hint_if_none("is a `,` missing before it?"));
        }
        Ok(())
    }

    fn action(&mut self, table: &Name) -> Result<Operation, PortableError> {
        if self.take_word("ADD") {
            self.add(table)
        } else if self.take_word("DROP") {
            self.drop_part(table)
        } else if self.take_word("ALTER") {
            self.alter_column(table)
        } else if self.take_word("RENAME") {
            self.rename(table)
        } else {
            Err(self.unknown_action())
        }
    }

    fn add(&mut self, table: &Name) -> Result<Operation, PortableError> {
        if self.take_word("COLUMN") {
            return self.add_column(table);
        }
        if !self.at_table_constraint() {
            let known = ["INDEX", "KEY", "PARTITION", "FULLTEXT", "SPATIAL"];
            return Err(if known.iter().any(|word| self.is_word(word)) {
                PortableError::new(
                    self.here(),
                    format!("ADD {} is not portable", shown(self.slice(self.here()))),
                )
                .hint("write CREATE INDEX for an index; anything else goes in a native section")
            } else {
                self.expected("`COLUMN` or a constraint")
                    .hint_if_none("write ADD COLUMN name type")
            });
        }
        let draft = self.table_constraint(table)?;
        Ok(Operation::AddConstraint {
            table: table.clone(),
            constraint: draft.constraint,
        })
    }

    fn add_column(&mut self, table: &Name) -> Result<Operation, PortableError> {
        self.refuse_if()?;
        let draft = self.column_definition(table)?;
        if self.is_word("FIRST") || self.is_word("AFTER") {
            return Err(
                PortableError::new(self.here(), "the place of a new column is not portable")
                    .hint("leave it out: the column comes last"),
            );
        }
        let (column, constraints) = finished_column(draft)?;
        Ok(Operation::AddColumn {
            table: table.clone(),
            column,
            constraints,
        })
    }

    fn drop_part(&mut self, table: &Name) -> Result<Operation, PortableError> {
        let table = table.clone();
        if self.take_word("COLUMN") {
            self.refuse_if()?;
            let (column, _) = self.name("a column name")?;
            return Ok(Operation::DropColumn { table, column });
        }
        if self.take_word("CONSTRAINT") {
            self.refuse_if()?;
            let (constraint, _) = self.name("a constraint name")?;
            return Ok(Operation::DropConstraint { table, constraint });
        }
        let hint = if self.is_word("PRIMARY") {
            format!(
                "write DROP CONSTRAINT {}",
                self.options.naming.primary_key(&table)
            )
        } else if self.is_word("FOREIGN") || self.is_word("CHECK") || self.is_word("UNIQUE") {
            "write DROP CONSTRAINT name".to_owned()
        } else if self.is_word("INDEX") || self.is_word("KEY") {
            "write DROP INDEX name as a statement".to_owned()
        } else {
            "write DROP COLUMN name or DROP CONSTRAINT name".to_owned()
        };
        Err(self.expected("`COLUMN` or `CONSTRAINT`").hint_if_none(hint))
    }

    fn alter_column(&mut self, table: &Name) -> Result<Operation, PortableError> {
        self.expect_word("COLUMN")?;
        let (column, _) = self.name("a column name")?;
        let change = if self.take_words(&["SET", "DATA", "TYPE"]) {
            ColumnChange::SetType(self.data_type()?)
        } else if self.take_words(&["SET", "NOT", "NULL"]) {
            ColumnChange::SetNotNull
        } else if self.take_words(&["DROP", "NOT", "NULL"]) {
            ColumnChange::DropNotNull
        } else if self.take_words(&["SET", "DEFAULT"]) {
            ColumnChange::SetDefault(self.default_expression()?)
        } else if self.take_words(&["DROP", "DEFAULT"]) {
            ColumnChange::DropDefault
        } else if self.take_words(&["ADD", "GENERATED", "BY", "DEFAULT", "AS", "IDENTITY"]) {
            ColumnChange::AddIdentity
        } else if self.take_words(&["DROP", "IDENTITY"]) {
            ColumnChange::DropIdentity
        } else {
            let wanted = "`SET DATA TYPE`, `SET NOT NULL`, `DROP NOT NULL`, `SET DEFAULT`, `DROP DEFAULT`, \
                          `ADD GENERATED BY DEFAULT AS IDENTITY` or `DROP IDENTITY`";
            let hint = if self.is_word("TYPE") {
                "write SET DATA TYPE"
            } else {
                NATIVE
            };
            return Err(self.expected(wanted).hint_if_none(hint));
        };
        if self.is_word("USING") {
            return Err(PortableError::native(
                self.here(),
                "USING in ALTER COLUMN is not portable",
            ));
        }
        Ok(Operation::AlterColumn {
            table: table.clone(),
            column,
            change,
        })
    }

    fn rename(&mut self, table: &Name) -> Result<Operation, PortableError> {
        if self.take_word("TO") {
            let (to, _) = self.name("a table name")?;
            return Ok(Operation::RenameTable {
                from: table.clone(),
                to,
            });
        }
        let table = table.clone();
        if self.take_word("COLUMN") {
            let (from, to) = self.old_and_new("a column name")?;
            return Ok(Operation::RenameColumn { table, from, to });
        }
        if self.take_word("CONSTRAINT") {
            let (from, to) = self.old_and_new("a constraint name")?;
            return Ok(Operation::RenameConstraint { table, from, to });
        }
        let hint = if self.is_word("INDEX") || self.is_word("KEY") {
            "drop the index and create it with the new name"
        } else {
            "write RENAME COLUMN old TO new"
        };
        Err(self.expected("`TO`, `COLUMN` or `CONSTRAINT`").hint_if_none(hint))
    }

    fn old_and_new(&mut self, what: &str) -> Result<(Name, Name), PortableError> {
        let (from, _) = self.name(what)?;
        self.expect_word("TO")?;
        let (to, _) = self.name(what)?;
        Ok((from, to))
    }

    fn unknown_action(&self) -> PortableError {
        const ACTIONS: &[&str] = &["ADD", "ALTER", "DROP", "RENAME"];
        let error = self.expected("`ADD`, `DROP`, `ALTER COLUMN` or `RENAME`");
        let word = self.text_at(0, TokenKind::Word);
        match word.and_then(|word| nearest(word, ACTIONS.iter().copied())) {
            Some(known) => error.hint_if_none(format!("did you mean {known}?")),
            None if word.is_some() => error.hint_if_none(NATIVE),
            None => error,
        }
    }
}
