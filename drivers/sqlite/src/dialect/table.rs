//! CREATE TABLE, DROP TABLE and the definitions of columns.

use limbeck_core::dialect::ColumnPlace;
use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::Guard;
use limbeck_core::dialect::NoteKind;
use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::Rendered;
use limbeck_core::dialect::render;
use limbeck_core::schema::Column;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Name;
use limbeck_core::schema::Table;

use super::name;
use super::refusal::refused;
use super::traits::SQLITE;
use super::types;

/// CREATE TABLE, with a note where a length is not enforced.
pub(super) fn create(table: &Table, context: &RenderContext<'_>) -> Result<Rendered, RenderError> {
    name::allow(&table.name)?;
    let rendered = render::create_table(&SQLITE, table, context)?;
    Ok(note_lengths(rendered, &table.name, &table.columns))
}

/// The rows of other tables that refer to this one would be deleted or emptied by their keys' actions, so a table in
/// use is not dropped, as on every other engine.
pub(super) fn drop(table: &Name, context: &RenderContext<'_>) -> Result<Rendered, RenderError> {
    let mut others = context.schema.iter().flat_map(|schema| schema.tables.values());
    let user = others.find(|other| {
        other.name != *table
            && other
                .foreign_keys
                .iter()
                .any(|key| key.referenced_table == *table)
    });
    if let Some(user) = user {
        return Err(refused(format!(
            "drop the table {table} while a foreign key of the table {} refers to it",
            user.name
        ))
        .with_hint(format!("drop the table {} or its foreign key first", user.name)));
    }
    Ok(render::dropped(&SQLITE, "TABLE", table).with_guard(unreferenced(table)))
}

/// An identity column is the rowid, and only a column declared INTEGER is that.
pub(super) fn column(
    column: &Column,
    place: ColumnPlace<'_>,
    context: &RenderContext<'_>,
) -> Result<String, RenderError> {
    if !column.identity {
        return render::column_definition(&SQLITE, column, place, context);
    }
    identity_type(place.table(), column)?;
    let mut rowid = column.clone();
    rowid.data_type = DataType::Integer;
    render::column_definition(&SQLITE, &rowid, place, context)
}

/// The type of a column that numbers its rows: only whole numbers do.
pub(super) fn identity_type(table: &Name, column: &Column) -> Result<String, RenderError> {
    match types::portable(&column.data_type) {
        Some(DataType::SmallInt | DataType::Integer | DataType::BigInt) => Ok("INTEGER".to_owned()),
        _ => Err(refused(format!(
            "number the rows of {table} by {}, which holds no whole numbers",
            column.name
        ))
        .with_hint("give the column the type BIGINT")),
    }
}

/// Without AUTOINCREMENT the numbers of deleted rows are given out again.
pub(super) fn identity(column: &Column, place: ColumnPlace<'_>) -> Result<String, RenderError> {
    match place {
        ColumnPlace::NewTable(Table {
            primary_key: Some(key),
            ..
        }) if key.columns == [column.name.clone()] => Ok(format!(
            "CONSTRAINT {} PRIMARY KEY AUTOINCREMENT",
            render::quoted(&SQLITE, &key.name)
        )),
        _ => Err(refused(format!(
            "number the rows of {} by {}, which is not the only column of its primary key",
            place.table(),
            column.name
        ))
        .with_hint("make the identity column the whole primary key")),
    }
}

/// Whether the primary key stands with the identity column.
pub(super) fn has_identity(table: &Table) -> bool {
    table.columns.iter().any(|column| column.identity)
}

/// Adds the note that lengths are not enforced, once for all columns.
pub(super) fn note_lengths(rendered: Rendered, table: &Name, columns: &[Column]) -> Rendered {
    let names: Vec<_> = columns
        .iter()
        .filter(|column| {
            matches!(
                types::portable(&column.data_type),
                Some(DataType::Char { .. } | DataType::Varchar { .. })
            )
        })
        .map(|column| column.name.as_str())
        .collect();
    if names.is_empty() {
        return rendered;
    }
    rendered.with_note(
        NoteKind::Portability,
        format!(
            "SQLite does not enforce the length of {} in {table}",
            names.join(", ")
        ),
    )
}

/// With foreign keys on, DROP TABLE deletes the rows first: `ON DELETE CASCADE` would empty the tables that refer to
/// it (<https://sqlite.org/foreignkeys.html>, section 5).
fn unreferenced(table: &Name) -> Guard {
    let name = SQLITE.string_literal(table.as_str());
    Guard::new(
        format!(
            "SELECT s.name FROM sqlite_schema AS s JOIN pragma_foreign_key_list(s.name) AS f \
             WHERE s.type = 'table' AND lower(f.\"table\") = lower({name}) AND lower(s.name) <> lower({name})"
        ),
        format!("the table {table} cannot be dropped while foreign keys refer to it, from"),
    )
}
