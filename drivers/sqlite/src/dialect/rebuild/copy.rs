//! Copying the rows.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::render;
use limbeck_core::operation::ColumnChange;
use limbeck_core::operation::Operation;
use limbeck_core::schema::Column;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Name;
use limbeck_core::schema::Table;

use super::super::traits::SQLITE;
use super::super::types;
use super::text::DdlText;
use crate::text::spelling;

/// The names of the rowid. A column of the name hides it.
const ROWID: [&str; 3] = ["rowid", "_rowid_", "oid"];

/// What stands in a column that nobody has given a value.
const NOTHING: &str = "NULL";

/// Which columns get values, and from where.
pub(super) struct Copy {
    sources: Vec<Source>,
    /// The columns that the old table computes, and the new one again.
    computed: Vec<Name>,
    /// The name by which the rowid of the old table is asked for, when no column is it.
    rowid: Option<&'static str>,
}

/// Where the values of a column of the new table come from.
struct Source {
    column: Name,
    /// The expression in the old table.
    value: String,
    origin: Origin,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Origin {
    /// The old table has the column.
    Old,
    /// The old table has it with another type.
    Converted,
    /// The column is new: rows that are there get what its default was when it was added.
    New,
}

impl Copy {
    /// A copy of everything but what the table computes.
    pub(super) fn of(text: &DdlText) -> Result<Self, RenderError> {
        let read = text.read()?;
        let (columns, computed): (Vec<_>, Vec<_>) =
            read.columns.iter().partition(|column| column.generated.is_none());
        let sources = columns.into_iter().map(|column| Source {
            value: render::quoted(&SQLITE, &column.name),
            column: column.name.clone(),
            origin: Origin::Old,
        });
        Ok(Self {
            sources: sources.collect(),
            computed: computed.into_iter().map(|column| column.name.clone()).collect(),
            rowid: if read.without_rowid {
                None
            } else {
                free_rowid(&text.column_names()?)
            },
        })
    }

    /// A copy of the columns of a table that another one has too, by their names. A column that the new table computes gets
    /// no values, and one that is the rowid and new gets what the rowid was.
    pub(super) fn between(old: &DdlText, new: &DdlText) -> Result<Self, RenderError> {
        let all = Self::of(old)?;
        let (old_names, alias) = (old.column_names()?, new.rowid_alias()?);
        let written = new
            .read()?
            .columns
            .into_iter()
            .filter(|column| column.generated.is_none());
        let sources = written.filter_map(|column| {
            let known =
                spelling::find(column.name.as_str(), &old_names).map(|old| render::quoted(&SQLITE, old));
            let is_alias = alias.as_ref() == Some(&column.name);
            let value = known.or_else(|| all.rowid.filter(|_| is_alias).map(str::to_owned))?;
            Some(Source {
                column: column.name,
                value,
                origin: Origin::Old,
            })
        });
        Ok(Self {
            sources: sources.collect(),
            computed: Vec::new(),
            rowid: all.rowid,
        })
    }

    /// Whether no value of a row would be copied, so that none of the rows can be kept.
    pub(super) fn is_empty(&self, new: &DdlText) -> Result<bool, RenderError> {
        Ok(self.sources.is_empty() && self.rowids(new)?.is_none())
    }

    /// Whether the new table gets values for the column.
    pub(super) fn takes(&self, column: &Name) -> bool {
        self.sources
            .iter()
            .any(|source| source.column.eq_ignore_case(column))
    }

    /// The rowid of the new table and that of the old one, when the rows keep it.
    fn rowids(&self, new: &DdlText) -> Result<Option<(&'static str, &'static str)>, RenderError> {
        Ok(match (self.rowid, free_rowid(&new.column_names()?)) {
            (Some(from), Some(to)) if new.keeps_rowids()? => Some((to, from)),
            _ => None,
        })
    }

    /// Whether the old table has the column.
    pub(super) fn is_old(&self, column: &Name) -> bool {
        let is_old = |source: &Source| source.origin != Origin::New;
        self.source(column).is_some_and(is_old) || self.computed.contains(column)
    }

    /// Whether the old table has the column with the same values, so that it can be asked about them.
    pub(super) fn is_unchanged(&self, column: &Name) -> bool {
        let is_converted = |source: &Source| source.origin == Origin::Converted;
        match self.source(column) {
            Some(source) => source.origin == Origin::Old,
            None => self.computed.contains(column) && !self.sources.iter().any(is_converted),
        }
    }

    /// Whether every row gets NULL in the column.
    pub(super) fn is_nothing(&self, column: &Name) -> bool {
        self.source(column).is_some_and(|source| source.value == NOTHING)
    }

    fn source(&self, column: &Name) -> Option<&Source> {
        self.sources.iter().find(|source| source.column == *column)
    }

    /// Follows an operation: a new column is filled, a dropped one is not copied, a changed type may need other values.
    pub(super) fn follow(
        &mut self,
        operation: &Operation,
        before: &Table,
        after: &Table,
        context: &RenderContext<'_>,
    ) -> Result<(), RenderError> {
        match operation {
            Operation::AddColumn { column, .. } => self.fill(column, context)?,
            Operation::DropColumn { column, .. } => {
                self.sources.retain(|source| source.column != *column);
                self.computed.retain(|computed| computed != column);
            }
            Operation::AlterColumn {
                column,
                change: ColumnChange::SetType(_),
                ..
            } => {
                let types = before.column(column).zip(after.column(column));
                let source = self.sources.iter_mut().find(|source| source.column == *column);
                if let (Some((before, after)), Some(source)) = (types, source) {
                    source.value = converted(&source.value, &before.data_type, &after.data_type);
                    if source.origin == Origin::Old {
                        source.origin = Origin::Converted;
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Gives the rows that are there what ADD COLUMN gives them: what its default is later is for later rows. NULL in a
    /// column that numbers the rows is the next number.
    fn fill(&mut self, column: &Column, context: &RenderContext<'_>) -> Result<(), RenderError> {
        if column.generated.is_none() {
            let default = column.default.as_ref();
            let value = default
                .map(|default| SQLITE.expression(default, context))
                .transpose()?;
            self.sources.push(Source {
                column: column.name.clone(),
                value: value.unwrap_or_else(|| NOTHING.to_owned()),
                origin: Origin::New,
            });
        }
        Ok(())
    }

    /// `INSERT … SELECT`. What a constraint says with ON CONFLICT would let rows vanish, so the statement says otherwise.
    pub(super) fn statement(&self, old: &Name, new: &Name, text: &DdlText) -> Result<String, RenderError> {
        let rowid = self.rowids(text)?;
        let copied = self
            .sources
            .iter()
            .map(|source| (render::quoted(&SQLITE, &source.column), source.value.clone()));
        let rowid = rowid.map(|(to, from)| (to.to_owned(), from.to_owned()));
        let (columns, values): (Vec<String>, Vec<String>) = rowid.into_iter().chain(copied).unzip();
        let (old, new) = (render::quoted(&SQLITE, old), render::quoted(&SQLITE, new));
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
        (from, DataType::Boolean) if is_text(from) => {
            format!("CASE {value} WHEN 'true' THEN 1 WHEN 'false' THEN 0 ELSE {value} END")
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
