//! CREATE TABLE, and columns as a part of it.

use limbeck_core::dialect::ColumnPlace;
use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::Rendered;
use limbeck_core::dialect::Version;
use limbeck_core::dialect::render;
use limbeck_core::schema::Column;
use limbeck_core::schema::Constraint;
use limbeck_core::schema::Name;
use limbeck_core::schema::Table;

use super::computed;
use super::constraint;
use super::feature::Feature;
use super::flavour::Flavour;
use super::index;
use super::literal;
use super::name;
use super::traits::MySqlDialect;
use super::types;

/// The longest comments, in characters.
const LONGEST_COLUMN_COMMENT: usize = 1024;
const LONGEST_TABLE_COMMENT: usize = 2048;

/// The table with its indexes and comments in one statement, which happens as a whole or not at all.
pub(super) fn create(
    dialect: &MySqlDialect,
    table: &Table,
    context: &RenderContext<'_>,
) -> Result<Rendered, RenderError> {
    let flavour = dialect.flavour();
    name::allow(flavour, &table.name)?;
    Feature::BinaryCollation.require(
        flavour,
        &context.server,
        &format!("compare the text of the table {} byte by byte", table.name),
        "",
    )?;
    let place = ColumnPlace::NewTable(table);
    let mut clauses = Vec::new();
    for column in &table.columns {
        computed::allow_column(flavour, table, column)?;
        clauses.push(dialect.column_definition(column, place, context)?);
    }
    let keys = table.primary_key.iter().cloned().map(Constraint::PrimaryKey);
    let uniques = table.uniques.iter().cloned().map(Constraint::Unique);
    for made in keys.chain(uniques) {
        clauses.push(constraint::clause(dialect, table, &made, context)?);
    }
    for made in &table.indexes {
        clauses.push(index::clause(dialect, table, made, context)?);
    }
    let checks = table.checks.iter().cloned().map(Constraint::Check);
    let foreign_keys = table.foreign_keys.iter().cloned().map(Constraint::ForeignKey);
    for made in checks.chain(foreign_keys) {
        clauses.push(constraint::clause(dialect, table, &made, context)?);
    }
    let mut statement = format!(
        "CREATE TABLE {} (\n    {}\n) {}",
        render::quoted(dialect, &table.name),
        clauses.join(",\n    "),
        suffix(flavour)
    );
    if let Some(comment) = &table.comment {
        statement.push(' ');
        statement.push_str(&table_comment(flavour, &table.name, comment)?);
    }
    let mut rendered = Rendered::statement(statement);
    rendered.notes.extend(
        table
            .indexes
            .iter()
            .filter_map(|made| index::note(dialect, made, context)),
    );
    Ok(rendered)
}

/// The server's own defaults may be another engine and another character set.
pub(super) fn suffix(flavour: Flavour) -> &'static str {
    match flavour {
        Flavour::MySql => "ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin",
        Flavour::MariaDb => "ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin",
    }
}

/// `COMMENT='…'`
pub(super) fn table_comment(flavour: Flavour, table: &Name, comment: &str) -> Result<String, RenderError> {
    if comment.chars().count() > LONGEST_TABLE_COMMENT {
        return Err(flavour
            .refused(format!("keep the comment on the table {table}"))
            .with_hint(format!("write at most {LONGEST_TABLE_COMMENT} characters")));
    }
    Ok(format!("COMMENT={}", literal::comment(comment)))
}

/// A column in full, as CREATE TABLE, ADD, MODIFY and CHANGE take it: what is left out, MODIFY takes away.
pub(super) fn column(
    dialect: &MySqlDialect,
    column: &Column,
    place: ColumnPlace<'_>,
    context: &RenderContext<'_>,
) -> Result<String, RenderError> {
    let flavour = dialect.flavour();
    name::allow(flavour, &column.name)?;
    let mut clauses = vec![
        render::quoted(dialect, &column.name),
        dialect.type_name(&column.data_type, &context.server)?,
    ];
    let is_required = !column.nullable || place.is_primary_key(&column.name);
    if let Some(generated) = &column.generated {
        clauses.push(dialect.generated_clause(generated, context)?);
        if is_required {
            allow_required_generated(flavour, column, &context.server)?;
        }
    }
    if is_required {
        clauses.push("NOT NULL".to_owned());
    } else if types::portable(flavour, &column.data_type).is_none() && column.generated.is_none() {
        // A TIMESTAMP can be NOT NULL when nothing is said.
        clauses.push("NULL".to_owned());
    }
    if column.identity {
        clauses.push(dialect.identity_clause(column, place)?);
    } else if let Some(default) = &column.default {
        clauses.push(dialect.default_clause(column, default, context)?);
    }
    if let Some(comment) = &column.comment {
        if comment.chars().count() > LONGEST_COLUMN_COMMENT {
            return Err(flavour
                .refused(format!("keep the comment on the column {}", column.name))
                .with_hint(format!("write at most {LONGEST_COLUMN_COMMENT} characters")));
        }
        clauses.push(format!("COMMENT {}", literal::comment(comment)));
    }
    Ok(clauses.join(" "))
}

fn allow_required_generated(flavour: Flavour, column: &Column, server: &Version) -> Result<(), RenderError> {
    Feature::GeneratedNotNull.require(
        flavour,
        server,
        &format!("hold the generated column {} to NOT NULL", column.name),
        &format!("leave NOT NULL out and write CHECK ({} IS NOT NULL)", column.name),
    )
}
