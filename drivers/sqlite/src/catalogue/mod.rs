//! Everything that a database holds, in SQLite's own words.
//!
//! SQLite keeps the text of each object as it was written, so texts are compared by [what they say](canonical). Columns,
//! constraints and foreign keys are parts of the text of their table.
//!
//! Left out are temporary objects, what SQLite makes for itself (`sqlite_sequence`, `sqlite_stat1`, the indexes of keys) and
//! the shadow tables of virtual tables, as far as their modules are there.

pub(crate) mod canonical;
mod mention;
mod reference;

use std::collections::BTreeMap;

use limbeck_core::catalogue::Catalogue;
use limbeck_core::catalogue::Keeps;
use limbeck_core::catalogue::Kind;
use limbeck_core::catalogue::Need;
use limbeck_core::catalogue::Object;
use limbeck_core::catalogue::ObjectId;
use limbeck_core::dialect::Dialect;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::Row;
use limbeck_core::driver::Rows;
use limbeck_core::schema::Name;

use self::canonical::Body;
use self::mention::Named;
use self::reference::References;
use crate::dialect::SQLITE;
use crate::dialect::without_foreign_keys;
use crate::introspect::Entry;
use crate::introspect::entry;
use crate::text::TableText;
use crate::text::bare;
use crate::text::significant;

pub(crate) use self::reference::has_foreign_key;
pub(crate) use self::reference::refers_to;

/// One statement sees one state of the schema.
pub(crate) const QUESTION: &str = "\
    SELECT s.type, s.name, s.tbl_name, s.sql \
    FROM main.sqlite_schema AS s \
    WHERE s.type IN ('table', 'index', 'view', 'trigger') AND s.sql IS NOT NULL \
    AND s.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
    AND s.tbl_name NOT IN (SELECT l.name FROM pragma_table_list AS l WHERE l.schema = 'main' AND l.type = 'shadow') \
    ORDER BY s.rowid";

/// The same for triggers, for which the schema model has no words.
pub(crate) const TRIGGERS: &str = "\
    SELECT s.type, s.name, s.tbl_name, s.sql \
    FROM main.sqlite_schema AS s \
    WHERE s.type = 'trigger' AND s.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
    AND s.tbl_name NOT IN (SELECT l.name FROM pragma_table_list AS l WHERE l.schema = 'main' AND l.type = 'shadow') \
    ORDER BY s.rowid";

/// The objects that the answer to [`QUESTION`] describes.
pub(crate) fn catalogue(rows: &Rows) -> Result<Catalogue, DriverError> {
    let entries = rows.rows.iter().map(|row| Ok((kind(row), entry(row)?)));
    let entries = entries.collect::<Result<Vec<_>, DriverError>>()?;
    let relations = entries
        .iter()
        .filter(|(kind, _)| matches!(kind, Kind::Table | Kind::View));
    let named = Named::new(relations.map(|(kind, entry)| ObjectId::new(*kind, entry.name.as_str())));
    // A text that is not understood is compared as it is.
    let texts: BTreeMap<&str, TableText<'_>> = entries
        .iter()
        .filter(|(kind, entry)| *kind == Kind::Table && !is_virtual(&entry.sql))
        .filter_map(|(_, entry)| Some((entry.name.as_str(), TableText::read(&entry.sql).ok()?)))
        .collect();
    let references = References::of(texts.values());
    let objects = entries.iter().map(|(kind, entry)| match kind {
        Kind::Table => table(entry, texts.get(entry.name.as_str()), &references),
        Kind::Index => index(entry, texts.get(entry.table.as_str())),
        Kind::Trigger => with_body(*kind, entry, Body::Trigger, &named),
        _ => with_body(*kind, entry, Body::View, &named),
    });
    Ok(Catalogue::from_iter(objects))
}

fn kind(row: &Row) -> Kind {
    match row.text(0) {
        Some("table") => Kind::Table,
        Some("index") => Kind::Index,
        Some("trigger") => Kind::Trigger,
        _ => Kind::View,
    }
}

fn object(kind: Kind, entry: &Entry) -> Object {
    let id = ObjectId::new(kind, entry.name.as_str());
    let word = kind.as_str().to_ascii_uppercase();
    let drop = format!("DROP {word} {}", SQLITE.quote_identifier(&entry.name));
    Object::new(id, bare(&entry.sql), drop)
}

fn table(entry: &Entry, text: Option<&TableText<'_>>, references: &References) -> Object {
    let mut table = object(Kind::Table, entry);
    table.keeps = Keeps::Rows;
    table.canonical = match text {
        Some(text) => canonical::of_read_table(&entry.sql, text).ok(),
        None => is_virtual(&entry.sql).then(|| canonical::of_virtual(&entry.sql)),
    };
    if references.lead_to(&entry.name) {
        table.drop = without_foreign_keys(std::mem::take(&mut table.drop));
    }
    table
}

/// Whether the text is that of a virtual table.
pub(crate) fn is_virtual(sql: &str) -> bool {
    significant(sql)
        .nth(1)
        .is_some_and(|(_, word)| word.eq_ignore_ascii_case("VIRTUAL"))
}

fn index(entry: &Entry, table: Option<&TableText<'_>>) -> Object {
    let mut index = object(Kind::Index, entry);
    let columns = table.iter().flat_map(|text| &text.columns);
    let columns = columns.map(|column| column.name.clone());
    let known: Vec<Name> = columns.chain(entry.owner()).collect();
    index.canonical = Some(Body::Index.canonical_of(&entry.sql, &known));
    let table = ObjectId::new(Kind::Table, entry.table.as_str());
    index.needs.insert(Need::whole(table.clone()));
    index.part_of = Some(table);
    index
}

fn with_body(kind: Kind, entry: &Entry, body: Body, named: &Named) -> Object {
    let mut object = object(kind, entry);
    object.canonical = Some(body.canonical(&entry.sql));
    object.needs = named
        .mentioned(&entry.sql)
        .filter(|id| *id != object.id)
        .map(Need::whole)
        .collect();
    if kind == Kind::Trigger
        && let Some(owner) = named.get(&entry.table)
    {
        object.needs.insert(Need::whole(owner.clone()));
        object.part_of = Some(owner.clone());
    }
    object
}
