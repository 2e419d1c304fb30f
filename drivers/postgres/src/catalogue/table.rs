//! Tables, also foreign ones and partitions.

use std::collections::HashMap;

use limbeck_core::catalogue::Keeps;
use limbeck_core::catalogue::Kind;
use limbeck_core::catalogue::Object;
use limbeck_core::catalogue::ObjectId;
use limbeck_core::driver::Rows;
use serde::Deserialize;

use super::attribute;
use super::collected::Collected;
use super::column::ColumnEntry;
use super::entry;
use super::entry::Head;
use super::entry::Whole;
use super::foreign;

#[derive(Debug, Deserialize)]
pub(super) struct TableEntry {
    #[serde(flatten)]
    pub(super) head: Head,
    kind: char,
    persistence: char,
    secured: bool,
    forced: bool,
    identity: char,
    options: Option<Vec<String>>,
    toast_options: Option<Vec<String>>,
    tablespace: Option<String>,
    method: Option<String>,
    row_type: Option<String>,
    parents: Option<Vec<Parent>>,
    bound: Option<String>,
    key: Option<String>,
    server: Option<String>,
    foreign_options: Option<Vec<String>>,
    /// In their order.
    #[serde(skip)]
    columns: Vec<ColumnEntry>,
}

/// A table of which another one has columns.
#[derive(Debug, Deserialize)]
struct Parent {
    oid: u32,
    schema: String,
    name: String,
    sql: String,
}

pub(super) fn question() -> String {
    let head = entry::head("c", "relname");
    let in_use = entry::IN_USE;
    let alone = entry::stands_alone("c");
    format!(
        "SELECT json_build_object({head}, \
            'kind', c.relkind, 'persistence', c.relpersistence, 'secured', c.relrowsecurity, \
            'forced', c.relforcerowsecurity, 'identity', c.relreplident, 'options', c.reloptions, \
            'toast_options', o.reloptions, \
            'tablespace', quote_ident(s.spcname), 'method', quote_ident(nullif(m.amname, 'heap')), \
            'row_type', CASE WHEN c.reloftype <> 0 THEN format_type(c.reloftype, -1) END, \
            'parents', (SELECT json_agg(json_build_object('oid', p.oid::bigint, 'schema', q.nspname, \
                'name', p.relname, 'sql', format('%I.%I', q.nspname, p.relname)) ORDER BY h.inhseqno) \
                FROM pg_inherits AS h JOIN pg_class AS p ON p.oid = h.inhparent \
                JOIN pg_namespace AS q ON q.oid = p.relnamespace WHERE h.inhrelid = c.oid), \
            'bound', pg_get_expr(c.relpartbound, c.oid), 'key', pg_get_partkeydef(c.oid), \
            'server', quote_ident(v.srvname), 'foreign_options', f.ftoptions) \
         FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace \
         LEFT JOIN pg_tablespace AS s ON s.oid = c.reltablespace LEFT JOIN pg_am AS m ON m.oid = c.relam \
         LEFT JOIN pg_class AS o ON o.oid = c.reltoastrelid \
         LEFT JOIN pg_foreign_table AS f ON f.ftrelid = c.oid LEFT JOIN pg_foreign_server AS v ON v.oid = f.ftserver \
         WHERE c.relkind IN ('r', 'p', 'f') AND {in_use} AND {alone} ORDER BY c.oid"
    )
}

/// Takes all tables in, with the columns of all: what a column inherits is known once all are read.
pub(super) fn take(tables: &Rows, columns: &Rows, into: &mut Collected) -> Result<(), serde_json::Error> {
    let mut columns_of: HashMap<u32, Vec<ColumnEntry>> = HashMap::new();
    for row in &columns.rows {
        if let (Some(Ok(table)), Some(document)) = (row.text(0).map(str::parse), row.text(1)) {
            let column = serde_json::from_str(document)?;
            columns_of.entry(table).or_default().push(column);
        }
    }
    let documents = tables.rows.iter().filter_map(|row| row.text(0));
    let read = documents.map(|document| {
        let mut entry: TableEntry = serde_json::from_str(document)?;
        entry.columns = columns_of.remove(&entry.head.oid).unwrap_or_default();
        Ok(entry)
    });
    let entries = read.collect::<Result<Vec<TableEntry>, serde_json::Error>>()?;
    let by_oid: HashMap<u32, &TableEntry> = entries.iter().map(|entry| (entry.head.oid, entry)).collect();
    for entry in &entries {
        for column in entry.columns.iter() {
            let place = (entry.head.oid, column.number);
            into.columns.insert(place, column.name.clone());
        }
        let parents = entry.parents.iter().flatten();
        let parents: Vec<&TableEntry> = parents
            .filter_map(|parent| by_oid.get(&parent.oid).copied())
            .collect();
        let object = table(entry, &parents, into);
        into.add(&entry.head, object);
        let whole = Whole {
            schema: entry.head.schema.clone().unwrap_or_default(),
            name: entry.head.name.clone(),
            sql: entry.head.sql.clone(),
            kind: entry.kind,
        };
        into.tables.insert(entry.head.oid, whole);
    }
    Ok(())
}

fn table(entry: &TableEntry, parents: &[&TableEntry], names: &Collected) -> Object {
    let sql = &entry.head.sql;
    let is_partition = entry.bound.is_some();
    let word = match entry.kind {
        'f' => "FOREIGN TABLE",
        _ => "TABLE",
    };
    let mut create = vec![create(entry, is_partition, word)];
    let id = names.id(Kind::Table, &entry.head);
    let mut table = Object::new(id, String::new(), format!("DROP {word} {sql}"));
    for column in entry.columns.iter() {
        create.extend(column.afterwards(sql));
        let mut above = parents.iter().flat_map(|parent| parent.columns.iter());
        let above = above.find(|other| column.inherited && other.name == column.name);
        let Some(above) = above else {
            table.columns.push(column.text(&entry.head.name));
            continue;
        };
        if let Some(text) = column.differing(above) {
            create.extend(column.overriding(above, sql));
            table.columns.push(text);
        }
    }
    table.create = create;
    table.keeps = match entry.kind {
        'f' => Keeps::Nothing,
        _ => Keeps::Rows,
    };
    attributes(&mut table, entry);
    if is_partition && let Some(parent) = entry.parents.iter().flatten().next() {
        let name = names.name(Some(&parent.schema), &parent.name);
        table.part_of = Some(ObjectId::new(Kind::Table, name));
        // A foreign key to the whole table keeps its partitions.
        table
            .drop
            .insert(0, format!("ALTER TABLE {} DETACH PARTITION {sql}", parent.sql));
    }
    settings(&mut table, entry, word);
    table
}

fn create(entry: &TableEntry, is_partition: bool, word: &str) -> String {
    let unlogged = match entry.persistence {
        'u' => "UNLOGGED ",
        _ => "",
    };
    let mut text = format!("CREATE {unlogged}{word} {}", entry.head.sql);
    let parents: Vec<&str> = entry
        .parents
        .iter()
        .flatten()
        .map(|parent| parent.sql.as_str())
        .collect();
    if is_partition {
        text.push_str(&format!(
            " PARTITION OF {} {}",
            parents.join(", "),
            entry.bound.as_deref().unwrap_or_default()
        ));
    } else {
        let columns = entry.columns.iter().filter(|column| column.local);
        let columns: Vec<String> = columns
            .map(|column| format!("\n    {}", column.in_table(&entry.head.name)))
            .collect();
        text.push_str(&format!(" ({}\n)", columns.join(",")));
        if !parents.is_empty() {
            text.push_str(&format!(" INHERITS ({})", parents.join(", ")));
        }
    }
    if let Some(key) = &entry.key {
        text.push_str(&format!(" PARTITION BY {key}"));
    }
    if let Some(method) = &entry.method {
        text.push_str(&format!(" USING {method}"));
    }
    if let Some(server) = &entry.server {
        text.push_str(&format!(" SERVER {server}"));
        text.push_str(&foreign::options(entry.foreign_options.as_deref()));
    }
    text
}

/// What is compared beside the columns.
fn attributes(table: &mut Object, entry: &TableEntry) {
    let mut put = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            table.attributes.insert(name.to_owned(), value);
        }
    };
    put(attribute::TABLE, Some(entry.head.sql.clone()));
    put("name", Some(entry.head.name.clone()));
    put(
        attribute::UNLOGGED,
        (entry.persistence == 'u').then(|| "yes".to_owned()),
    );
    let parents = entry.parents.as_ref();
    let parents = parents.map(|parents| {
        let parents = parents.iter().map(|parent| parent.sql.as_str());
        parents.collect::<Vec<_>>().join("\n")
    });
    put(attribute::PARENTS, parents);
    put(attribute::BOUND, entry.bound.clone());
    put(attribute::PARTITION_KEY, entry.key.clone());
    put(attribute::METHOD, entry.method.clone());
    let server = entry.server.as_ref();
    put(
        attribute::SERVER,
        server.map(|server| {
            let options = foreign::options(entry.foreign_options.as_deref());
            format!("{server}{options}")
        }),
    );
}

fn settings(table: &mut Object, entry: &TableEntry, word: &str) {
    let sql = &entry.head.sql;
    let alter = format!("ALTER {word} {sql}");
    entry::comment(table, word, sql, entry.head.comment.as_deref());
    entry::options(table, &alter, "", entry.options.as_deref());
    entry::options(table, &alter, "toast.", entry.toast_options.as_deref());
    let mut put = |name: &str, set: &str, unset: &str| {
        entry::setting(table, name, format!("{alter} {set}"), format!("{alter} {unset}"));
    };
    if entry.secured {
        put(
            "row security",
            "ENABLE ROW LEVEL SECURITY",
            "DISABLE ROW LEVEL SECURITY",
        );
    }
    if entry.forced {
        put(
            "forced row security",
            "FORCE ROW LEVEL SECURITY",
            "NO FORCE ROW LEVEL SECURITY",
        );
    }
    // That of an index is said where the index is.
    let identity = match entry.identity {
        _ if entry.kind == 'f' => None,
        'f' => Some("FULL"),
        'n' => Some("NOTHING"),
        _ => None,
    };
    if let Some(identity) = identity {
        put(
            attribute::REPLICA_IDENTITY,
            &format!("REPLICA IDENTITY {identity}"),
            "REPLICA IDENTITY DEFAULT",
        );
    }
    if let Some(tablespace) = &entry.tablespace {
        put(
            "tablespace",
            &format!("SET TABLESPACE {tablespace}"),
            "SET TABLESPACE pg_default",
        );
    }
    if let Some(row_type) = &entry.row_type {
        put("type", &format!("OF {row_type}"), "NOT OF");
    }
}
