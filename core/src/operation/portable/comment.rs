//! COMMENT ON.

use crate::operation::Operation;
use crate::schema::Name;

use super::PortableError;
use super::cursor::Parser;
use super::error::NATIVE;
use super::operand::qualified_by_schema;

impl Parser<'_> {
    /// `TABLE table IS …` or `COLUMN table.column IS …`, after COMMENT ON.
    pub(super) fn comment_on(&mut self) -> Result<Operation, PortableError> {
        if self.take_word("TABLE") {
            let (table, _) = self.name("a table name")?;
            let comment = self.comment()?;
            return Ok(Operation::CommentOnTable { table, comment });
        }
        if self.take_word("COLUMN") {
            let (table, column) = self.table_and_column()?;
            let comment = self.comment()?;
            return Ok(Operation::CommentOnColumn {
                table,
                column,
                comment,
            });
        }
        Err(self.expected("`TABLE` or `COLUMN`").hint_if_none(NATIVE))
    }

    fn table_and_column(&mut self) -> Result<(Name, Name), PortableError> {
        let (table, start) = self.identifier("a table name")?;
        if !self.take_symbol(".") {
            return Err(self
                .expected("`.` and the column's name")
                .hint_if_none("write table.column"));
        }
        let (column, end) = self.identifier("a column name")?;
        if self.is_symbol(".") {
            return Err(qualified_by_schema(start.to(end)));
        }
        Ok((table, column))
    }

    fn comment(&mut self) -> Result<Option<String>, PortableError> {
        self.expect_word("IS")?;
        if self.take_word("NULL") {
            return Ok(None);
        }
        self.string("a string or `NULL`").map(Some)
    }
}
