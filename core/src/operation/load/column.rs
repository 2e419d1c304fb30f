//! The columns of a file as those of a table.

use crate::data_file::DataError;
use crate::data_file::DataFault;
use crate::data_file::Field;
use crate::data_file::Records;
use crate::operation::inserts::Literal;
use crate::schema::Column;
use crate::schema::DataType;
use crate::schema::Name;
use crate::schema::Table;
use crate::sql::nearest;

use super::value;

/// A column that a file has values for.
pub(super) struct LoadColumn {
    pub(super) name: Name,
    /// The portable type; none of a driver's own.
    data_type: Option<DataType>,
    nullable: bool,
}

impl LoadColumn {
    fn new(column: &Column, words: &[&str]) -> Self {
        let is_native = column.data_type.native_for(words).is_some();
        Self {
            name: column.name.clone(),
            data_type: (!is_native).then(|| column.data_type.base().clone()),
            nullable: column.nullable,
        }
    }

    /// A field as a value of the column.
    pub(super) fn literal<'f>(&self, field: Field<'f>) -> Result<Literal<'f>, DataFault> {
        if field == Field::Null {
            return if self.nullable {
                Ok(Literal::Null)
            } else {
                Err(DataFault::Null)
            };
        }
        value::literal(field, self.data_type.as_ref())
    }
}

/// The columns that a file names, in its order. A name is that of the column, or of one in lower case, as a name without
/// quotes is in SQL.
pub(super) fn columns(
    records: &Records,
    table: &Table,
    words: &[&str],
) -> Result<Vec<LoadColumn>, DataError> {
    let mut columns: Vec<LoadColumn> = Vec::with_capacity(records.columns().len());
    for text in records.columns() {
        let found = column(table, text).and_then(|column| {
            if columns.iter().any(|other| other.name == column.name) {
                Err(DataFault::ColumnTwice)
            } else if column.generated.is_some() {
                Err(DataFault::Generated)
            } else {
                Ok(LoadColumn::new(column, words))
            }
        });
        columns.push(found.map_err(|fault| records.column_fault(text, fault))?);
    }
    Ok(columns)
}

fn column<'a>(table: &'a Table, text: &str) -> Result<&'a Column, DataFault> {
    let of = |name: Name| table.column(&name);
    let exact = Name::exact(text).ok().and_then(of);
    let found = exact.or_else(|| Name::folded(text).ok().and_then(of));
    found.ok_or_else(|| DataFault::NoColumn {
        table: table.name.to_string(),
        near: nearest(text, table.columns.iter().map(|column| column.name.as_str())).map(str::to_owned),
    })
}
