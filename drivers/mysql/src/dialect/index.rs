//! Indexes.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::NoteKind;
use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::Rendered;
use limbeck_core::dialect::render;
use limbeck_core::schema::Index;
use limbeck_core::schema::IndexKey;
use limbeck_core::schema::Name;
use limbeck_core::schema::SortOrder;
use limbeck_core::schema::Table;

use super::cover;
use super::feature::Feature;
use super::key;
use super::known;
use super::name;
use super::traits::MySqlDialect;

/// `CREATE [UNIQUE] INDEX`
pub(super) fn create(
    dialect: &MySqlDialect,
    table: &Name,
    index: &Index,
    context: &RenderContext<'_>,
) -> Result<Rendered, RenderError> {
    let keys = keys(dialect, known::table(table, context)?, index, context)?;
    let rendered = Rendered::statement(format!(
        "CREATE {}INDEX {} ON {} {keys}",
        if index.unique { "UNIQUE " } else { "" },
        render::quoted(dialect, &index.name),
        render::quoted(dialect, table),
    ));
    Ok(match note(dialect, index, context) {
        Some((kind, message)) => rendered.with_note(kind, message),
        None => rendered,
    })
}

/// `INDEX … (…)`, in CREATE TABLE and ALTER TABLE … ADD.
pub(super) fn clause(
    dialect: &MySqlDialect,
    table: &Table,
    index: &Index,
    context: &RenderContext<'_>,
) -> Result<String, RenderError> {
    Ok(format!(
        "{}INDEX {} {}",
        if index.unique { "UNIQUE " } else { "" },
        render::quoted(dialect, &index.name),
        keys(dialect, table, index, context)?
    ))
}

/// `DROP INDEX … ON …`: the name of an index is its table's.
pub(super) fn drop(
    dialect: &MySqlDialect,
    index: &Name,
    context: &RenderContext<'_>,
) -> Result<Rendered, RenderError> {
    let (table, _) = context
        .schema
        .and_then(|schema| schema.index(index))
        .ok_or_else(|| RenderError::Unknown {
            object: format!("the index {index}"),
        })?;
    let name = render::quoted(dialect, index);
    let around = cover::around(dialect, table, index, context)?;
    let Some(after) = around.after else {
        let table = render::quoted(dialect, &table.name);
        return Ok(Rendered::statement(format!("DROP INDEX {name} ON {table}")));
    };
    let mut clauses = around.before;
    clauses.push(format!("DROP INDEX {name}"));
    let mut rendered = Rendered::statement(render::alter_table(dialect, &table.name, &clauses.join(", ")));
    rendered.statements.push(after);
    Ok(rendered)
}

fn keys(
    dialect: &MySqlDialect,
    table: &Table,
    index: &Index,
    context: &RenderContext<'_>,
) -> Result<String, RenderError> {
    let flavour = dialect.flavour();
    name::allow(flavour, &index.name)?;
    if index.filter.is_some() {
        return Err(flavour
            .refused(format!("index a part of the rows ({})", index.name))
            .with_hint("leave the WHERE out, or keep the index from it with a section of its own"));
    }
    let mut columns = Vec::new();
    let mut keys = Vec::new();
    for (key, order) in &index.keys {
        let key = match key {
            IndexKey::Column(column) => {
                columns.push(column.clone());
                render::quoted(dialect, column)
            }
            IndexKey::Expression(expression) => {
                Feature::ExpressionIndex.require(
                    flavour,
                    &context.server,
                    &format!("index an expression ({})", index.name),
                    "add a generated column of the expression and index that",
                )?;
                format!("({})", dialect.expression(expression, context)?)
            }
            _ => return Err(flavour.refused(format!("make the index {}", index.name))),
        };
        keys.push(match order {
            SortOrder::Ascending => key,
            SortOrder::Descending => format!("{key} DESC"),
        });
    }
    let what = format!("the index {}", index.name);
    key::allow(flavour, table, &columns, &what, &context.server)?;
    Ok(format!("({})", keys.join(", ")))
}

/// Older servers read DESC and keep the index in ascending order. They read it backwards as well, so rows come in the
/// right order all the same.
pub(super) fn note(
    dialect: &MySqlDialect,
    index: &Index,
    context: &RenderContext<'_>,
) -> Option<(NoteKind, String)> {
    let descends = index
        .keys
        .iter()
        .any(|(_, order)| *order == SortOrder::Descending);
    if !descends || Feature::DescendingIndex.is_in(dialect.flavour(), &context.server) {
        return None;
    }
    Some((
        NoteKind::Portability,
        format!(
            "{} {} keeps the index {} in ascending order",
            dialect.flavour().label(),
            context.server,
            index.name
        ),
    ))
}
