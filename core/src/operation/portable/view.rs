//! CREATE VIEW.

use crate::operation::Operation;
use crate::schema::View;

use super::PortableError;
use super::cursor::Parser;
use super::run::Run;
use super::run::Standing;

impl Parser<'_> {
    /// `name [( column, … )] AS SELECT …`, after CREATE VIEW.
    pub(super) fn create_view(&mut self) -> Result<Operation, PortableError> {
        self.refuse_if()?;
        let (name, _) = self.name("a view name")?;
        let mut columns = Vec::new();
        let start = self.here();
        if self.is_symbol("(") {
            columns = self.column_names()?.into_iter().map(|(name, _)| name).collect();
        }
        let list = start.to(self.previous());
        self.expect_word("AS")?;
        let mut run = Run::new(Standing::Query);
        let width = self.query(&mut run)?;
        if let Some(width) = width
            && !columns.is_empty()
            && columns.len() != width
        {
            return Err(PortableError::new(
                list,
                format!(
                    "the view names {} columns, its query gives {width}",
                    columns.len()
                ),
            ));
        }
        Ok(Operation::CreateView(View::new(
            name,
            columns,
            run.into_expression(),
        )))
    }
}
