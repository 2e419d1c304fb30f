//! DROP TABLE, DROP INDEX, DROP VIEW.

use crate::operation::Operation;
use crate::schema::Name;

use super::PortableError;
use super::cursor::Parser;

impl Parser<'_> {
    /// After DROP TABLE.
    pub(super) fn drop_table(&mut self) -> Result<Operation, PortableError> {
        let table = self.dropped("a table name", "TABLE")?;
        Ok(Operation::DropTable { table })
    }

    /// After DROP INDEX.
    pub(super) fn drop_index(&mut self) -> Result<Operation, PortableError> {
        let index = self.dropped("an index name", "INDEX")?;
        if self.is_word("ON") {
            return Err(PortableError::new(self.here(), "DROP INDEX names no table")
                .hint("leave ON out: names of indexes are unique"));
        }
        Ok(Operation::DropIndex { index })
    }

    /// After DROP VIEW.
    pub(super) fn drop_view(&mut self) -> Result<Operation, PortableError> {
        let view = self.dropped("a view name", "VIEW")?;
        Ok(Operation::DropView { view })
    }

    fn dropped(&mut self, what: &str, word: &str) -> Result<Name, PortableError> {
        if self.is_word("IF") && self.is_word_at(1, "EXISTS") || self.is_word("CONCURRENTLY") {
            return Err(self.expected(what));
        }
        let (name, _) = self.name(what)?;
        if self.is_symbol(",") {
            return Err(PortableError::new(
                self.here(),
                format!("DROP {word} drops one at a time in portable SQL"),
            )
            .hint("write a statement for each"));
        }
        Ok(name)
    }
}
