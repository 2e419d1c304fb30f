//! New names for tables and columns. What looks at them does not always follow, so it is written anew.

use limbeck_core::dialect::ColumnPlace;
use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::render;
use limbeck_core::operation::Operation;
use limbeck_core::schema::Check;
use limbeck_core::schema::Constraint;
use limbeck_core::schema::Expression;
use limbeck_core::schema::Index;
use limbeck_core::schema::IndexKey;
use limbeck_core::schema::Name;
use limbeck_core::schema::Schema;
use limbeck_core::schema::Table;
use limbeck_core::schema::View;

use super::alter;
use super::alteration::Alteration;
use super::alteration::Claim;
use super::alteration::Clause;
use super::alteration::Company;
use super::constraint;
use super::feature::Feature;
use super::flavour::Flavour;
use super::index;
use super::known;
use super::mention::mentions;
use super::name;
use super::table as tables;
use super::traits::MySqlDialect;

/// RENAME TO
pub(super) fn table(
    dialect: &MySqlDialect,
    from: &Name,
    to: &Name,
    context: &RenderContext<'_>,
) -> Result<Alteration, RenderError> {
    name::allow(dialect.flavour(), to)?;
    let what = format!("rename the table {from}");
    let rename = Operation::RenameTable {
        from: from.clone(),
        to: to.clone(),
    };
    let before = known::schema("what reads the table", context)?;
    known::table(from, context)?;
    let after = applied(dialect.flavour(), before, &rename, &what)?;
    let clause = format!("RENAME TO {}", render::quoted(dialect, to));
    let mut alteration = Alteration::text(from, clause, Vec::new()).keeping(Company::Nobody);
    alteration.after = views_again(dialect, before, &after, from, &what, context)?;
    Ok(alteration)
}

/// RENAME COLUMN
pub(super) fn column(
    dialect: &MySqlDialect,
    table: &Name,
    from: &Name,
    to: &Name,
    context: &RenderContext<'_>,
) -> Result<Alteration, RenderError> {
    let flavour = dialect.flavour();
    name::allow(flavour, to)?;
    let what = format!("rename the column {from} of the table {table}");
    Feature::Rename.require(flavour, &context.server, &what, "")?;
    let rename = Operation::RenameColumn {
        table: table.clone(),
        from: from.clone(),
        to: to.clone(),
    };
    let before = known::schema("what reads the column", context)?;
    known::column(known::table(table, context)?, from)?;
    let after = applied(flavour, before, &rename, &what)?;
    let clause = format!(
        "RENAME COLUMN {} TO {}",
        render::quoted(dialect, from),
        render::quoted(dialect, to)
    );
    let mut alteration = Alteration::text(
        table,
        clause,
        vec![Claim::Dropped(from.clone()), Claim::Added(to.clone())],
    )
    .keeping(Company::Renames);
    if flavour == Flavour::MySql
        && let (Some(old), Some(new)) = (before.table(table), after.table(table))
    {
        follow(dialect, &mut alteration, [old, new], from, &what, context)?;
    }
    alteration.after = views_again(dialect, before, &after, from, &what, context)?;
    if alteration.clauses.len() > 1 || !alteration.after.is_empty() {
        alteration.company = Company::Nobody;
    }
    Ok(alteration)
}

fn applied(
    flavour: Flavour,
    before: &Schema,
    operation: &Operation,
    what: &str,
) -> Result<Schema, RenderError> {
    let mut after = before.clone();
    match after.apply(operation) {
        Ok(()) => Ok(after),
        Err(error) => Err(flavour
            .refused(format!("{what}: {error}"))
            .with_hint("see that the names are right, or write the statement in native sections")),
    }
}

/// MySQL refuses to rename a column that a check, a generated column or the expression of an index reads (3959, 3108,
/// 3837), unless the same statement writes them anew.
fn follow(
    dialect: &MySqlDialect,
    alteration: &mut Alteration,
    [old, new]: [&Table; 2],
    column: &Name,
    what: &str,
    context: &RenderContext<'_>,
) -> Result<(), RenderError> {
    let mut first = Vec::new();
    let mut last = Vec::new();
    for (present, renamed) in old.checks.iter().zip(&new.checks) {
        if mentions(&present.expression, column) {
            allow_rewrite(dialect.flavour(), &renamed.expression, what)?;
            let dropped = Constraint::Check(Check::clone(present));
            first.push(Clause::Text(alter::dropped(dialect, &dropped)));
            let added = constraint::check(dialect, renamed, context)?;
            last.push(Clause::Text(format!("ADD {added}")));
        }
    }
    for renamed in &new.columns {
        let expression = old
            .columns
            .iter()
            .find(|present| present.name == renamed.name)
            .and_then(|present| present.generated.as_ref())
            .map(|generated| &generated.expression);
        if expression.is_some_and(|expression| mentions(expression, column)) {
            if let Some(generated) = &renamed.generated {
                allow_rewrite(dialect.flavour(), &generated.expression, what)?;
            }
            let place = ColumnPlace::NewTable(new);
            let definition = tables::column(dialect, renamed, place, context)?;
            last.push(Clause::Text(format!("MODIFY COLUMN {definition}")));
        }
    }
    for (present, renamed) in old.indexes.iter().zip(&new.indexes) {
        if reads_in_expression(present, column) {
            first.push(Clause::Text(format!(
                "DROP INDEX {}",
                render::quoted(dialect, &present.name)
            )));
            let added = index::clause(dialect, new, renamed, context)?;
            last.push(Clause::Text(format!("ADD {added}")));
        }
    }
    first.append(&mut alteration.clauses);
    first.append(&mut last);
    alteration.clauses = first;
    Ok(())
}

fn reads_in_expression(index: &Index, column: &Name) -> bool {
    index
        .keys
        .iter()
        .any(|(key, _)| matches!(key, IndexKey::Expression(expression) if mentions(expression, column)))
}

/// The engine's own text cannot be given the new name.
fn allow_rewrite(flavour: Flavour, expression: &Expression, what: &str) -> Result<(), RenderError> {
    match expression {
        Expression::Native(text) => Err(flavour
            .refused(format!("{what}: {text} reads it"))
            .with_hint("write the statement in a native section, with what reads the name")),
        _ => Ok(()),
    }
}

/// A view keeps the old names and no longer works, so each one that reads them is made again, those that others read
/// first.
fn views_again(
    dialect: &MySqlDialect,
    before: &Schema,
    after: &Schema,
    name: &Name,
    what: &str,
    context: &RenderContext<'_>,
) -> Result<Vec<String>, RenderError> {
    let mut waiting: Vec<&View> = Vec::new();
    for (present, renamed) in before.views.values().zip(after.views.values()) {
        if matches!(present.query, Expression::Native(_)) && mentions(&present.query, name) {
            allow_rewrite(dialect.flavour(), &present.query, what)?;
        }
        if present != renamed {
            waiting.push(renamed);
        }
    }
    let mut statements = Vec::new();
    while !waiting.is_empty() {
        let (later, now): (Vec<&View>, Vec<&View>) = waiting.iter().copied().partition(|view| {
            waiting
                .iter()
                .any(|other| other.name != view.name && mentions(&view.query, &other.name))
        });
        // Two views never read each other; a column of a view's name could make it look so.
        let (now, later) = if now.is_empty() {
            (later, now)
        } else {
            (now, later)
        };
        for view in now {
            let columns = if view.columns.is_empty() {
                String::new()
            } else {
                format!(" ({})", render::quoted_list(dialect, &view.columns))
            };
            statements.push(format!(
                "CREATE OR REPLACE VIEW {}{columns} AS {}",
                render::quoted(dialect, &view.name),
                dialect.expression(&view.query, context)?
            ));
        }
        waiting = later;
    }
    Ok(statements)
}
