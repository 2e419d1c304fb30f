//! What SQLite tells of its tables and our reading of their texts must be the same, where it tells something.

use limbeck_core::schema::ForeignKey;
use limbeck_core::schema::IndexKey;
use limbeck_core::schema::Schema;
use limbeck_core::schema::SortOrder;
use limbeck_sqlite::rusqlite::Connection;

/// Primary keys, foreign keys and indexes, a line a column. A key that names a collation is an expression in the model; no
/// test here indexes a column that has one of its own.
const TOLD: &str = "
    WITH t AS (
        SELECT s.name FROM main.sqlite_schema AS s JOIN pragma_table_list AS l ON l.name = s.name AND l.schema = 'main'
        WHERE l.type = 'table' AND s.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND s.type = 'table'
    )
    SELECT 'key ' || t.name || ' ' || c.pk || ' ' || c.name FROM t JOIN pragma_table_xinfo(t.name, 'main') AS c WHERE c.pk > 0
    UNION ALL
    SELECT 'foreign ' || t.name || ' ' || lower(f.\"from\") || ' ' || lower(f.\"table\") || ' ' || f.on_delete || ' '
        || f.on_update
    FROM t JOIN pragma_foreign_key_list(t.name, 'main') AS f
    UNION ALL
    SELECT 'index ' || i.name || ' ' || i.\"unique\" || i.partial || ' ' || x.seqno || x.\"desc\" || ' '
        || iif(x.coll = 'BINARY' OR x.name IS NULL, ifnull(x.name, '?'), '?')
    FROM t JOIN pragma_index_list(t.name, 'main') AS i JOIN pragma_index_xinfo(i.name, 'main') AS x
    WHERE i.origin = 'c' AND x.key = 1
    ORDER BY 1";

/// What SQLite tells, sorted.
pub(super) fn told_by(database: &Connection) -> Vec<String> {
    let mut statement = database.prepare(TOLD).unwrap();
    let lines = statement.query_map([], |row| row.get(0)).unwrap();
    let mut lines: Vec<String> = lines.collect::<Result<_, _>>().unwrap();
    lines.sort();
    lines
}

/// The same of a schema that was read.
pub(super) fn told_of(schema: &Schema) -> Vec<String> {
    let mut lines = Vec::new();
    for table in schema.tables.values() {
        let key = table.primary_key.iter().flat_map(|key| &key.columns);
        for (at, column) in key.enumerate() {
            lines.push(format!("key {} {} {column}", table.name, at + 1));
        }
        for key in &table.foreign_keys {
            lines.extend(
                key.columns
                    .iter()
                    .map(|column| foreign_line(table.name.as_str(), column.as_str(), key)),
            );
        }
        for index in &table.indexes {
            let kind = format!("{}{}", u8::from(index.unique), u8::from(index.filter.is_some()));
            for (at, (key, order)) in index.keys.iter().enumerate() {
                let order = u8::from(*order == SortOrder::Descending);
                let key = match key {
                    IndexKey::Column(column) => column.as_str(),
                    _ => "?",
                };
                lines.push(format!("index {} {kind} {at}{order} {key}", index.name));
            }
        }
    }
    lines.sort();
    lines
}

fn foreign_line(table: &str, column: &str, key: &ForeignKey) -> String {
    format!(
        "foreign {table} {} {} {} {}",
        column.to_ascii_lowercase(),
        key.referenced_table.as_str().to_ascii_lowercase(),
        key.on_delete.sql(),
        key.on_update.sql()
    )
}
