//! Indexes that no constraint has.

use limbeck_core::catalogue::Kind;
use limbeck_core::catalogue::Object;
use limbeck_core::catalogue::ObjectId;
use serde::Deserialize;

use super::attribute;
use super::collected::Collected;
use super::entry;
use super::entry::Head;
use super::entry::Whole;

#[derive(Debug, Deserialize)]
struct IndexEntry {
    #[serde(flatten)]
    head: Head,
    table: u32,
    /// Where that is no table but a materialized view.
    whole: Option<Whole>,
    definition: String,
    valid: bool,
    state: Option<IndexState>,
}

/// What an index has that can be changed by itself.
#[derive(Debug, Deserialize)]
pub(super) struct IndexState {
    pub(super) sql: String,
    name: String,
    pub(super) options: Option<Vec<String>>,
    pub(super) tablespace: Option<String>,
    clustered: bool,
    identity: bool,
    statistics: Option<Vec<ColumnTarget>>,
}

/// How much the server learns of a key that is an expression.
#[derive(Debug, Deserialize)]
struct ColumnTarget {
    number: i32,
    target: i32,
}

/// The state of a row `x` of `pg_index`, `i` of `pg_class` in the schema `n`, and `s` of `pg_tablespace`; NULL where nothing of
/// it was set.
pub(super) const STATE: &str = "\
    CASE WHEN i.reloptions IS NOT NULL OR s.oid IS NOT NULL OR x.indisclustered OR x.indisreplident \
        OR x.indexprs IS NOT NULL THEN \
    json_build_object('sql', format('%I.%I', n.nspname, i.relname), 'name', quote_ident(i.relname), \
        'options', i.reloptions, 'tablespace', quote_ident(s.spcname), 'clustered', x.indisclustered, \
        'identity', x.indisreplident, 'statistics', \
        (SELECT json_agg(json_build_object('number', a.attnum, 'target', a.attstattarget) ORDER BY a.attnum) \
         FROM pg_attribute AS a WHERE a.attrelid = i.oid AND a.attstattarget >= 0 AND x.indexprs IS NOT NULL)) END";

pub(super) fn question() -> String {
    let head = entry::head("i", "relname");
    let (table, whole) = (entry::TABLE, entry::WHOLE);
    let (in_use, alone) = (entry::IN_USE, entry::stands_alone("c"));
    format!(
        "SELECT json_build_object({head}, {table}, 'whole', CASE WHEN c.relkind = 'm' THEN {whole} END, \
            'definition', pg_get_indexdef(x.indexrelid), 'valid', x.indisvalid AND x.indisready AND x.indislive, 'state', {STATE}) \
         FROM pg_index AS x JOIN pg_class AS i ON i.oid = x.indexrelid JOIN pg_class AS c ON c.oid = x.indrelid \
         JOIN pg_namespace AS n ON n.oid = c.relnamespace LEFT JOIN pg_tablespace AS s ON s.oid = i.reltablespace \
         LEFT JOIN pg_constraint AS k \
         ON k.conindid = x.indexrelid AND k.conrelid = x.indrelid AND k.contype IN ('p', 'u', 'x') \
         WHERE NOT i.relispartition AND k.oid IS NULL AND {in_use} AND {alone} ORDER BY i.oid"
    )
}

pub(super) fn take(document: &str, into: &mut Collected) -> Result<(), serde_json::Error> {
    let entry: IndexEntry = serde_json::from_str(document)?;
    let sql = &entry.head.sql;
    let Some(table) = entry.whole.or_else(|| into.tables.get(&entry.table).cloned()) else {
        // It was made after the tables were read.
        return Ok(());
    };
    let mut definition = entry.definition;
    if table.kind == 'p' && entry.valid {
        // Every partition has it, or it would not be valid.
        definition = definition.replacen(
            &format!(" ON ONLY {}", table.sql),
            &format!(" ON {}", table.sql),
            1,
        );
    }
    let state = entry.state.as_ref();
    if let Some(tablespace) = state.and_then(|state| state.tablespace.as_ref()) {
        definition = within(&definition, &format!(" TABLESPACE {tablespace}"));
    }
    if table.kind != 'p' && !entry.valid {
        // What an interrupted CREATE INDEX CONCURRENTLY leaves is not the index.
        definition.push_str(" /* not valid */");
    }
    let id = into.id(Kind::Index, &entry.head);
    let mut index = Object::new(id, definition, format!("DROP INDEX {sql}"));
    let whole = into.name(Some(&table.schema), &table.name);
    let kind = match table.kind {
        'm' => Kind::MaterializedView,
        _ => Kind::Table,
    };
    index.part_of = Some(ObjectId::new(kind, whole));
    entry::comment(&mut index, "INDEX", sql, entry.head.comment.as_deref());
    if let Some(state) = state {
        settings(&mut index, state, &table.sql);
    }
    into.add(&entry.head, index);
    Ok(())
}

/// The definition with a clause before its condition: the server writes none of the tablespace.
fn within(definition: &str, clause: &str) -> String {
    match definition.split_once(" WHERE ") {
        Some((before, after)) => format!("{before}{clause} WHERE {after}"),
        None => format!("{definition}{clause}"),
    }
}

/// What a table or its columns have from an index.
pub(super) fn settings(object: &mut Object, state: &IndexState, table: &str) {
    if state.clustered {
        entry::setting(
            object,
            "cluster",
            format!("ALTER TABLE {table} CLUSTER ON {}", state.name),
            format!("ALTER TABLE {table} SET WITHOUT CLUSTER"),
        );
    }
    if state.identity {
        let unset = format!("ALTER TABLE {table} REPLICA IDENTITY DEFAULT");
        // Without its index the table would have no identity at all.
        object.drop.insert(0, unset.clone());
        let set = format!("ALTER TABLE {table} REPLICA IDENTITY USING INDEX {}", state.name);
        entry::setting(object, attribute::REPLICA_IDENTITY, set, unset);
    }
    for column in state.statistics.iter().flatten() {
        let alter = format!(
            "ALTER INDEX {} ALTER COLUMN {} SET STATISTICS",
            state.sql, column.number
        );
        entry::setting(
            object,
            &format!("statistics of {}", column.number),
            format!("{alter} {}", column.target),
            format!("{alter} -1"),
        );
    }
}
