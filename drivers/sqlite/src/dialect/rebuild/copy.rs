//! Copying the rows.

use std::collections::BTreeMap;

use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::render;
use limbeck_core::operation::ColumnChange;
use limbeck_core::operation::Operation;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Name;
use limbeck_core::schema::Table;

use super::super::traits::SQLITE;
use super::super::types;
use super::text::DdlText;

/// The names of the rowid. A column of the name hides it.
const ROWID: [&str; 3] = ["rowid", "_rowid_", "oid"];

/// Which columns are copied, and what becomes of their values.
pub(super) struct Copy {
    /// The columns in the order of the table, each with the expression that gives its value.
    values: Vec<(Name, String)>,
    /// The name by which the rowid of the old table is asked for, when no column is it.
    rowid: Option<&'static str>,
}

impl Copy {
    /// A copy of everything but what the table computes.
    pub(super) fn of(text: &DdlText) -> Result<Self, RenderError> {
        let read = text.read()?;
        let columns = read.columns.iter().filter(|column| column.generated.is_none());
        let values = columns.map(|column| {
            let name = column.name.clone();
            let value = render::quoted(&SQLITE, &name);
            (name, value)
        });
        let has_rowid = !read.without_rowid && text.rowid_alias()?.is_none();
        Ok(Self {
            values: values.collect(),
            rowid: if has_rowid {
                free_rowid(&text.column_names()?)
            } else {
                None
            },
        })
    }

    /// Whether a column of the new table takes its values from the old one.
    pub(super) fn is_copied(&self, column: &Name) -> bool {
        self.values.iter().any(|(copied, _)| copied == column)
    }

    /// Follows an operation: a dropped column is not copied, a changed type may need other values.
    pub(super) fn follow(&mut self, operation: &Operation, before: &Table, after: &Table) {
        match operation {
            Operation::DropColumn { column, .. } => {
                self.values.retain(|(copied, _)| copied != column);
            }
            Operation::AlterColumn {
                column,
                change: ColumnChange::SetType(_),
                ..
            } => {
                let types = before.column(column).zip(after.column(column));
                let value = self.values.iter_mut().find(|(copied, _)| copied == column);
                if let (Some((before, after)), Some((_, value))) = (types, value) {
                    *value = converted(value, &before.data_type, &after.data_type);
                }
            }
            _ => {}
        }
    }

    /// `INSERT … SELECT`. What a constraint says with ON CONFLICT would let rows vanish, so the statement says otherwise.
    pub(super) fn statement(&self, old: &Name, new: &Name, text: &DdlText) -> Result<String, RenderError> {
        let names = text.column_names()?;
        let rowid = match (self.rowid, free_rowid(&names)) {
            (Some(from), Some(to)) if text.keeps_rowids()? => Some((to, from)),
            _ => None,
        };
        let values: BTreeMap<&Name, &String> =
            self.values.iter().map(|(name, value)| (name, value)).collect();
        let copied = names.iter().filter_map(|name| {
            let value = values.get(name)?;
            Some((render::quoted(&SQLITE, name), (*value).clone()))
        });
        let rowid = rowid.map(|(to, from)| (to.to_owned(), from.to_owned()));
        let (columns, values): (Vec<String>, Vec<String>) = rowid.into_iter().chain(copied).unzip();
        let (old, new) = (render::quoted(&SQLITE, old), render::quoted(&SQLITE, new));
        if columns.is_empty() {
            return Ok(format!("INSERT OR ABORT INTO {new} DEFAULT VALUES"));
        }
        Ok(format!(
            "INSERT OR ABORT INTO {new} ({}) SELECT {} FROM {old}",
            columns.join(", "),
            values.join(", ")
        ))
    }
}

/// A name of the rowid that no column hides.
fn free_rowid(columns: &[Name]) -> Option<&'static str> {
    let is_free = |rowid: &&&str| {
        !columns
            .iter()
            .any(|name| name.as_str().eq_ignore_ascii_case(rowid))
    };
    ROWID.iter().find(is_free).copied()
}

/// What gives a value of the new type, where taking the old one does not: the same as on other engines.
fn converted(value: &str, from: &DataType, to: &DataType) -> String {
    let (Some(from), Some(to)) = (types::portable(from), types::portable(to)) else {
        return value.to_owned();
    };
    let midnight = "' 00:00:00'";
    match (from, to) {
        (from, DataType::Blob) if is_text(from) => format!("CAST({value} AS BLOB)"),
        (DataType::Blob, to) if is_text(to) => format!("CAST({value} AS TEXT)"),
        (DataType::Boolean, to) if is_text(to) => {
            format!("CASE {value} WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE {value} END")
        }
        (DataType::Date, DataType::Timestamp | DataType::TimestampWithTimeZone) => {
            format!("{value} || {midnight}")
        }
        (DataType::Timestamp | DataType::TimestampWithTimeZone, DataType::Date) => {
            format!("CASE WHEN {value} = date({value}) || {midnight} THEN date({value}) ELSE {value} END")
        }
        _ => value.to_owned(),
    }
}

fn is_text(data_type: &DataType) -> bool {
    matches!(
        data_type,
        DataType::Char { .. } | DataType::Varchar { .. } | DataType::Text
    )
}
