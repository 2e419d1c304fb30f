//! A new table as portable SQL, as it was given: what was given no name has none.

use super::BuildError;
use super::CreateTable;
use super::Identifier;
use super::Operations;
use super::parts::Part;
use super::scope::Read;
use super::scope::Scope;
use crate::operation::Operation;
use crate::operation::PortableError;
use crate::operation::PortableOptions;
use crate::operation::PrintError;
use crate::operation::portable::column_item;
use crate::operation::portable::constraint_item;
use crate::operation::portable::index_sql;
use crate::operation::portable::portable_name;
use crate::operation::portable::portable_sql;
use crate::schema::Name;

impl CreateTable {
    /// The statements that make the table, each without a mark at its end.
    ///
    /// # Errors
    /// Everything in the definition that is not portable, or does not go together.
    pub(crate) fn statements(self, table: &str) -> Result<Vec<String>, BuildError> {
        let options = PortableOptions::default();
        // What does not go together is found by making it.
        let made = |new: &mut Self| new.clone_from(&self);
        Operations::new(options.clone()).create_table(table, made)?;
        let mut scope = Scope::new(&options);
        let name = Identifier::from(table);
        let written = scope.name(&name).and_then(|name| self.write(&mut scope, &name));
        scope.finish(format!("table `{table}`"), written)
    }

    fn write(self, scope: &mut Scope<'_>, table: &Name) -> Read<Vec<String>> {
        let (mut items, mut indexes, mut comments) = (Vec::new(), Vec::new(), Vec::new());
        for part in self.parts.placed().into_values() {
            match part {
                Part::Column(builder) => {
                    let (column, comment) = builder.read(scope, table)?;
                    items.push(printed(scope, column_item(&column))?);
                    comments.extend(comment.map(|text| Operation::CommentOnColumn {
                        table: table.clone(),
                        column: column.name().clone(),
                        comment: Some(text),
                    }));
                }
                Part::Constraint(builder) => {
                    let constraint = builder.read(scope, table, &[])?;
                    items.push(printed(scope, constraint_item(&constraint))?);
                }
                Part::Index(builder) => {
                    let index = builder.read(scope, table)?;
                    indexes.push(printed(scope, index_sql(table, &index, builder.is_named()))?);
                }
            }
        }
        let whole = self.comment.map(|text| Operation::CommentOnTable {
            table: table.clone(),
            comment: Some(text),
        });
        let create = format!(
            "CREATE TABLE {} (\n    {}\n)",
            portable_name(table),
            items.join(",\n    ")
        );
        let mut statements = vec![create];
        statements.append(&mut indexes);
        for comment in whole.iter().chain(&comments) {
            statements.push(printed(scope, portable_sql(comment))?);
        }
        Ok(statements)
    }
}

fn printed(scope: &mut Scope<'_>, text: Result<String, PrintError>) -> Read<String> {
    scope.kept(text.map_err(|error| PortableError::nowhere(error.to_string())))
}
