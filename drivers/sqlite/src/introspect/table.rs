//! A table from what SQLite lists and what its text tells.

use limbeck_core::operation::Standing;
use limbeck_core::schema::Check;
use limbeck_core::schema::Column;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Expression;
use limbeck_core::schema::ForeignKey;
use limbeck_core::schema::Generated;
use limbeck_core::schema::Name;
use limbeck_core::schema::Piece;
use limbeck_core::schema::PrimaryKey;
use limbeck_core::schema::Storage;
use limbeck_core::schema::Table;
use limbeck_core::schema::Unique;

use super::catalogue::ColumnEntry;
use super::catalogue::TableEntry;
use super::data_type;
use super::expression;
use super::implied;
use crate::text::ColumnText;
use crate::text::ConstraintKind;
use crate::text::ConstraintText;
use crate::text::ForeignKeyText;
use crate::text::Misread;
use crate::text::TableText;
use crate::text::named;
use crate::text::spelling::all_spelt_as;

/// The table without its indexes.
pub(super) fn read(entry: &TableEntry) -> Result<Table, Misread> {
    let text = TableText::read(&entry.sql)?;
    let names = column_names(entry, &text.columns)?;
    let mut columns = Vec::new();
    let mut constraints = Vec::new();
    let mut descending = None;
    for (entry, text) in entry.columns.iter().zip(text.columns) {
        if text.is_descending_key {
            descending = Some(text.name.clone());
        }
        let mut column = column(entry, &text, &names)?;
        let mut own = text.constraints;
        take_implied(&mut column, &mut own);
        columns.push(column);
        constraints.extend(own);
    }
    constraints.extend(text.constraints);
    let mut table = Table::new(Name::exact(entry.name.as_str())?, columns);
    for (name, kind) in named(&table.name, &names, constraints) {
        let is_rowid = descending.is_none() && !text.without_rowid;
        place(&mut table, &names, name, kind, is_rowid);
    }
    if text.without_rowid {
        require_key(&mut table);
    }
    Ok(table)
}

/// The names of the columns, when both sources agree on them.
fn column_names(entry: &TableEntry, texts: &[ColumnText<'_>]) -> Result<Vec<Name>, Misread> {
    let listed = entry.columns.iter().map(|column| column.name.as_str());
    if !listed.eq(texts.iter().map(|text| text.name.as_str())) {
        return Err(Misread::Columns);
    }
    Ok(texts.iter().map(|text| text.name.clone()).collect())
}

fn column(entry: &ColumnEntry, text: &ColumnText<'_>, columns: &[Name]) -> Result<Column, Misread> {
    let data_type = data_type::read(&entry.declared_type, text.collation);
    let mut column = Column::new(text.name.clone(), data_type);
    column.nullable = !entry.not_null;
    if let Some(generated) = text.generated {
        let storage = if text.is_stored {
            Storage::Stored
        } else {
            Storage::Virtual
        };
        let expression = expression::read(generated, Standing::Row, columns);
        column.generated = Some(Generated::new(expression, storage));
    } else if let Some(default) = &entry.default {
        column.default = Some(default_value(default, &column.data_type));
    }
    Ok(column)
}

/// To portable SQL a number is no truth value.
fn default_value(text: &str, data_type: &DataType) -> Expression {
    let default = expression::read(text, Standing::Default, &[]);
    match &default {
        Expression::Portable(run)
            if *data_type == DataType::Boolean && matches!(run.0.last(), Some(Piece::Number(_))) =>
        {
            Expression::Native(text.to_owned())
        }
        _ => default,
    }
}

/// Gives a TEXT column the type for which the dialect has added one of its checks, and takes that check away.
fn take_implied(column: &mut Column, constraints: &mut Vec<ConstraintText<'_>>) {
    if column.data_type != DataType::Text {
        return;
    }
    let implied = constraints.iter().enumerate().find_map(|(at, constraint)| {
        implied::data_type(constraint, &column.name).map(|data_type| (at, data_type))
    });
    if let Some((at, data_type)) = implied {
        constraints.remove(at);
        column.data_type = data_type;
    }
}

fn place(table: &mut Table, columns: &[Name], name: Name, kind: ConstraintKind<'_>, is_rowid: bool) {
    match kind {
        ConstraintKind::PrimaryKey {
            columns: key,
            is_numbered,
        } => {
            let key = PrimaryKey::new(name, all_spelt_as(&key, columns));
            number(table, &key, is_numbered, is_rowid);
            table.primary_key = Some(key);
        }
        ConstraintKind::Unique(key) => {
            table.uniques.push(Unique::new(name, all_spelt_as(&key, columns)));
        }
        ConstraintKind::Check(text) => {
            let expression = expression::read(text, Standing::Row, columns);
            table.checks.push(Check::new(name, expression));
        }
        ConstraintKind::ForeignKey(text) => table.foreign_keys.push(foreign_key(name, text, columns)),
    }
}

/// A sole key column declared INTEGER is the rowid: it is never NULL, and with AUTOINCREMENT an identity.
fn number(table: &mut Table, key: &PrimaryKey, is_numbered: bool, is_rowid: bool) {
    let [name] = key.columns.as_slice() else {
        return;
    };
    let Some(column) = table.columns.iter_mut().find(|column| column.name == *name) else {
        return;
    };
    if is_numbered {
        column.data_type = DataType::BigInt;
        column.identity = true;
    }
    if is_numbered || (is_rowid && column.data_type == DataType::Integer) {
        column.nullable = false;
    }
}

/// Without a rowid the primary key holds no NULL.
fn require_key(table: &mut Table) {
    let key = table.primary_key.iter().flat_map(|key| &key.columns);
    for name in key {
        for column in table.columns.iter_mut().filter(|column| column.name == *name) {
            column.nullable = false;
        }
    }
}

fn foreign_key(name: Name, text: ForeignKeyText, columns: &[Name]) -> ForeignKey {
    let mut key = ForeignKey::new(
        name,
        all_spelt_as(&text.columns, columns),
        text.referenced_table,
        text.referenced_columns,
    );
    key.on_delete = text.on_delete;
    key.on_update = text.on_update;
    key.deferrable = text.deferrable;
    key
}
