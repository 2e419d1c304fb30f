//! The answer of the server as objects.

use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::Rows;
use limbeck_core::schema::Name;
use serde::Deserialize;

/// A table, or a view when it has a query.
#[derive(Debug, Deserialize)]
pub(super) struct Relation {
    pub(super) name: Name,
    pub(super) comment: Option<String>,
    pub(super) query: Option<String>,
    /// None when there is not one, as everywhere below.
    pub(super) columns: Option<Vec<ColumnEntry>>,
    pub(super) constraints: Option<Vec<ConstraintEntry>>,
    pub(super) indexes: Option<Vec<IndexEntry>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct ColumnEntry {
    pub(super) name: Name,
    #[serde(rename = "type")]
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
    pub(super) columns: Option<Vec<Name>>,
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
    pub(super) keys: Option<Vec<KeyEntry>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct KeyEntry {
    /// The column, when the key is nothing more.
    pub(super) column: Option<Name>,
    pub(super) text: String,
    /// Another collation than that of the column.
    pub(super) collation: Option<String>,
    pub(super) descending: bool,
}

/// The relations of an answer, in the order of their making.
pub(super) fn read(rows: &Rows) -> Result<Vec<Relation>, DriverError> {
    let documents = rows.rows.iter().map(|row| row.text(0).unwrap_or_default());
    documents
        .map(|document| serde_json::from_str(document).map_err(misread))
        .collect()
}

fn misread(error: serde_json::Error) -> DriverError {
    DriverError::new(
        DriverErrorKind::Other,
        format!("the catalogue of the database has something that this version cannot read: {error}"),
    )
    .with_hint("use a version of Limbeck that knows this version of PostgreSQL, and report what it says")
    .with_source(error)
}
