//! Indexes.

use super::super::Dialect;
use super::super::RenderContext;
use super::super::RenderError;
use super::super::Rendered;
use super::quoted;
use crate::schema::Index;
use crate::schema::IndexKey;
use crate::schema::Name;
use crate::schema::SortOrder;

/// `CREATE [UNIQUE] INDEX`
pub fn create_index<D: Dialect + ?Sized>(
    dialect: &D,
    table: &Name,
    index: &Index,
    context: &RenderContext<'_>,
) -> Result<Rendered, RenderError> {
    let capabilities = dialect.capabilities(&context.server);
    let unique = if index.unique { "UNIQUE " } else { "" };
    let mut keys = Vec::new();
    for (key, order) in &index.keys {
        let key = match key {
            IndexKey::Column(column) => quoted(dialect, column),
            IndexKey::Expression(_) if !capabilities.expression_indexes => {
                return Err(refused(dialect, index, "index an expression"));
            }
            IndexKey::Expression(expression) => format!("({})", dialect.expression(expression, context)?),
        };
        keys.push(match order {
            SortOrder::Ascending => key,
            SortOrder::Descending => format!("{key} DESC"),
        });
    }
    let mut statement = format!(
        "CREATE {unique}INDEX {} ON {} ({})",
        quoted(dialect, &index.name),
        quoted(dialect, table),
        keys.join(", ")
    );
    if let Some(filter) = &index.filter {
        if !capabilities.partial_indexes {
            return Err(refused(dialect, index, "index a part of the rows"));
        }
        statement.push_str(" WHERE ");
        statement.push_str(&dialect.expression(filter, context)?);
    }
    Ok(Rendered::statement(statement))
}

fn refused<D: Dialect + ?Sized>(dialect: &D, index: &Index, what: &str) -> RenderError {
    RenderError::unsupported(
        dialect.name(),
        format!("{what}, as the index {} does", index.name),
    )
    .with_hint(format!(
        "leave {name} out of this section (-- limbeck:upgrade except {name}) and write a native one for it",
        name = dialect.name()
    ))
}
