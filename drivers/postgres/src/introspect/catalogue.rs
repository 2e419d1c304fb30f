//! The answer of the server as objects.

use std::collections::BTreeMap;

use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::Rows;
use limbeck_core::schema::Name;
use serde::Deserialize;

/// A table, or a view when it has a query.
#[derive(Debug)]
pub(super) struct Relation {
    pub(super) entry: RelationEntry,
    /// By their numbers.
    pub(super) columns: BTreeMap<i64, ColumnEntry>,
    /// In the order of their making.
    pub(super) constraints: BTreeMap<i64, ConstraintEntry>,
    /// In the order of their making, each with its keys.
    pub(super) indexes: BTreeMap<i64, (IndexEntry, BTreeMap<i32, KeyEntry>)>,
}

/// A document is a list: what stands where is the order of the members here.
#[derive(Debug, Deserialize)]
pub(super) struct RelationEntry {
    pub(super) name: Name,
    pub(super) comment: Option<String>,
    pub(super) query: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct ColumnEntry {
    pub(super) name: Name,
    pub(super) data_type: String,
    /// Another collation than that of the type.
    pub(super) collation: Option<String>,
    pub(super) not_null: bool,
    pub(super) identity: bool,
    pub(super) generated: Option<Computed>,
    /// The default, or what is computed.
    pub(super) default: Option<String>,
    pub(super) comment: Option<String>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) enum Computed {
    #[serde(rename = "s")]
    Stored,
    #[serde(rename = "v")]
    Virtual,
}

#[derive(Debug, Deserialize)]
pub(super) struct ConstraintEntry {
    pub(super) name: Name,
    pub(super) kind: ConstraintKind,
    /// The numbers of its columns.
    pub(super) columns: Option<Vec<i64>>,
    pub(super) table: Option<Name>,
    pub(super) referenced: Option<Vec<Name>>,
    pub(super) on_delete: Option<String>,
    pub(super) on_update: Option<String>,
    pub(super) deferrable: bool,
    pub(super) deferred: bool,
    pub(super) nulls_not_distinct: bool,
    pub(super) expression: Option<String>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) enum ConstraintKind {
    #[serde(rename = "p")]
    PrimaryKey,
    #[serde(rename = "u")]
    Unique,
    #[serde(rename = "f")]
    ForeignKey,
    #[serde(rename = "c")]
    Check,
}

#[derive(Debug, Deserialize)]
pub(super) struct IndexEntry {
    pub(super) name: Name,
    pub(super) unique: bool,
    pub(super) filter: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct KeyEntry {
    place: i32,
    /// The column, when the key is nothing more.
    pub(super) column: Option<Name>,
    /// The key as SQL, where it is more than a column.
    pub(super) text: Option<String>,
    /// Another collation than that of the column.
    pub(super) collation: Option<String>,
    pub(super) descending: bool,
}

/// The relations of an answer, in the order of their making.
pub(super) fn read(rows: &Rows) -> Result<Vec<Relation>, DriverError> {
    let mut relations = BTreeMap::new();
    for (part, document) in parts(rows, "relation") {
        let relation = Relation {
            entry: from_document(document)?,
            columns: BTreeMap::new(),
            constraints: BTreeMap::new(),
            indexes: BTreeMap::new(),
        };
        relations.insert(part.relation, relation);
    }
    for (part, document) in parts(rows, "column") {
        if let Some(relation) = relations.get_mut(&part.relation) {
            relation.columns.insert(part.place, from_document(document)?);
        }
    }
    for (part, document) in parts(rows, "constraint") {
        if let Some(relation) = relations.get_mut(&part.relation) {
            relation.constraints.insert(part.place, from_document(document)?);
        }
    }
    for (part, document) in parts(rows, "index") {
        if let Some(relation) = relations.get_mut(&part.relation) {
            let index = (from_document(document)?, BTreeMap::new());
            relation.indexes.insert(part.place, index);
        }
    }
    for (part, document) in parts(rows, "key") {
        let relation = relations.get_mut(&part.relation);
        // Those of constraints are said with these.
        if let Some((_, keys)) = relation.and_then(|relation| relation.indexes.get_mut(&part.place)) {
            let key: KeyEntry = from_document(document)?;
            keys.insert(key.place, key);
        }
    }
    Ok(relations.into_values().collect())
}

/// Where a thing of an answer belongs.
struct Part {
    relation: i64,
    place: i64,
}

/// The things of a kind, with their documents.
fn parts<'a>(rows: &'a Rows, kind: &'a str) -> impl Iterator<Item = (Part, &'a str)> {
    let rows = rows.rows.iter().filter(move |row| row.text(0) == Some(kind));
    rows.filter_map(|row| {
        let part = Part {
            relation: row.text(1)?.parse().ok()?,
            place: row.text(2)?.parse().ok()?,
        };
        Some((part, row.text(3)?))
    })
}

fn from_document<'a, T: Deserialize<'a>>(document: &'a str) -> Result<T, DriverError> {
    serde_json::from_str(document).map_err(misread)
}

fn misread(error: serde_json::Error) -> DriverError {
    DriverError::new(
        DriverErrorKind::Other,
        format!("the catalogue of the database has something that this version cannot read: {error}"),
    )
    .with_hint("use a version of Limbeck that knows this version of PostgreSQL, and report what it says")
    .with_source(error)
}
