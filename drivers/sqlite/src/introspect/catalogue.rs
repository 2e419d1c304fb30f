//! The one question to SQLite, and its answer as objects.

use limbeck_core::dialect::Value;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::Row;
use limbeck_core::driver::Rows;
use limbeck_core::driver::Scope;
use limbeck_core::schema::Name;

/// One statement sees one state of the schema. The text of a table stands with its first column alone. A virtual table has
/// no root page; its module may be missing, so it is not asked for its columns, nor is a view, which may be broken. Of
/// SQLite's own tables those of ANALYZE are read.
const QUESTION: &str = "\
    SELECT s.type, s.name, s.tbl_name, CASE WHEN c.cid > 0 THEN NULL ELSE s.sql END, c.name, c.type, \
    c.\"notnull\", c.dflt_value \
    FROM main.sqlite_schema AS s \
    LEFT JOIN pragma_table_xinfo(CASE s.type WHEN 'table' THEN s.name END, 'main') AS c \
    WHERE s.type IN ('table', 'index', 'view', 'trigger') AND s.sql IS NOT NULL \
    AND (s.type IN ('view', 'trigger') OR s.rootpage > 0) \
    AND (s.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' OR s.name IN ('sqlite_stat1', 'sqlite_stat4')) \
    AND s.tbl_name NOT IN (SELECT l.name FROM pragma_table_list AS l WHERE l.schema = 'main' AND l.type = 'shadow') \
    AND (?1 IS NULL OR s.name IN ('sqlite_stat1', 'sqlite_stat4') OR (s.type <> 'view' AND lower(s.tbl_name) IN (SELECT lower(value) FROM json_each(?1)))) \
    ORDER BY s.rowid, c.cid";

/// The statement that reads a part of the catalogue, with its parameter: the names of the tables as JSON, or NULL.
pub(crate) fn question(scope: Scope<'_>) -> (&'static str, [Value; 1]) {
    let names = match scope {
        Scope::Tables(names) => {
            let names: Vec<_> = names.iter().map(|name| name.as_str()).collect();
            Value::Text(serde_json::Value::from(names).to_string())
        }
        _ => Value::Null,
    };
    (QUESTION, [names])
}

/// What the catalogue holds, in the order of its making.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    pub(super) tables: Vec<TableEntry>,
    pub(super) indexes: Vec<Entry>,
    pub(super) views: Vec<Entry>,
    /// Indexes and triggers: what goes with its table.
    pub(super) dependents: Vec<Entry>,
    /// The tables in which ANALYZE has written.
    pub(super) statistics: Vec<String>,
}

/// An object with the text that made it.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) table: String,
    pub(crate) sql: String,
}

/// A table with the columns that SQLite lists.
#[derive(Debug)]
pub(super) struct TableEntry {
    pub(super) name: String,
    pub(super) sql: String,
    pub(super) columns: Vec<ColumnEntry>,
}

/// A column as SQLite lists it.
#[derive(Debug)]
pub(super) struct ColumnEntry {
    pub(super) name: String,
    pub(super) declared_type: String,
    pub(super) not_null: bool,
    /// The default's text, without the parentheses around it.
    pub(super) default: Option<String>,
}

impl Entry {
    /// The table that an index or a trigger is of.
    pub(crate) fn owner(&self) -> Option<Name> {
        Name::exact(self.table.as_str()).ok()
    }
}

impl Catalogue {
    pub(super) fn read(rows: &Rows) -> Result<Self, DriverError> {
        let mut catalogue = Self::default();
        for row in &rows.rows {
            match row.text(0) {
                Some("table") if text(row, 1)?.starts_with("sqlite_stat") => {
                    let name = text(row, 1)?;
                    if !catalogue.statistics.contains(&name) {
                        catalogue.statistics.push(name);
                    }
                }
                Some("table") => catalogue.table(row)?,
                Some("index") => {
                    let index = entry(row)?;
                    catalogue.dependents.push(index.clone());
                    catalogue.indexes.push(index);
                }
                Some("trigger") => catalogue.dependents.push(entry(row)?),
                _ => catalogue.views.push(entry(row)?),
            }
        }
        Ok(catalogue)
    }

    /// A table has a row for each of its columns.
    fn table(&mut self, row: &Row) -> Result<(), DriverError> {
        let column = ColumnEntry {
            name: text(row, 4)?,
            declared_type: text(row, 5)?,
            not_null: row.integer(6) == Some(1),
            default: row.text(7).map(str::to_owned),
        };
        match self.tables.last_mut() {
            Some(table) if row.text(1) == Some(table.name.as_str()) => table.columns.push(column),
            _ => {
                let Entry { name, sql, .. } = entry(row)?;
                self.tables.push(TableEntry {
                    name,
                    sql,
                    columns: vec![column],
                });
            }
        }
        Ok(())
    }
}

/// The name, the table and the text, which stand behind the type.
pub(crate) fn entry(row: &Row) -> Result<Entry, DriverError> {
    Ok(Entry {
        name: text(row, 1)?,
        table: text(row, 2)?,
        sql: text(row, 3)?,
    })
}

fn text(row: &Row, column: usize) -> Result<String, DriverError> {
    row.text(column).map(str::to_owned).ok_or_else(|| {
        DriverError::new(
            DriverErrorKind::Other,
            "the catalogue of the database holds something other than text",
        )
        .with_hint("check the file with PRAGMA integrity_check")
    })
}
