//! Rows of Rust values as INSERT statements.

mod error;
mod row;
mod value;

use std::borrow::Cow;

use serde::Serialize;

use self::row::Field;
use super::Identifier;
use crate::operation::Operation;
use crate::operation::inserts::Inserts;
use crate::operation::inserts::Literal;
use crate::operation::portable::Spellings;
use crate::schema::Name;
use crate::sql::Span;

pub use self::error::RowError;
pub use self::error::ValueFault;

/// Gathers rows into statements.
pub(super) struct Rows {
    table: Name,
    /// The fields of the first row, and the statements of the columns that they are.
    first: Option<(Vec<Cow<'static, str>>, Inserts)>,
    operations: Vec<Operation>,
}

impl Rows {
    pub(super) const fn new(table: Name) -> Self {
        Self {
            table,
            first: None,
            operations: Vec::new(),
        }
    }

    pub(super) fn add<R: Serialize>(&mut self, row: &R) -> Result<(), RowError> {
        let fields = row::read(row)?;
        let (names, mut inserts) = match self.first.take() {
            Some(first) => first,
            None => {
                let columns = columns(&fields, &self.table)?;
                let names = fields.iter().map(|(field, _)| field.clone()).collect();
                (names, Inserts::new(self.table.clone(), columns))
            }
        };
        let full = inserts.add(in_order(&names, fields)?);
        self.operations.extend(full);
        self.first = Some((names, inserts));
        Ok(())
    }

    pub(super) fn into_operations(mut self) -> Vec<Operation> {
        let last = self
            .first
            .as_mut()
            .and_then(|(_, inserts)| inserts.end_statement());
        self.operations.extend(last);
        self.operations
    }
}

/// The values in the order of the names.
fn in_order(names: &[Cow<'static, str>], mut fields: Vec<Field>) -> Result<Vec<Literal<'static>>, RowError> {
    for (place, wanted) in names.iter().enumerate() {
        let found = fields.iter().skip(place).position(|(field, _)| field == wanted);
        let Some(found) = found else {
            return Err(RowError::MissingField {
                field: wanted.clone().into_owned(),
            });
        };
        fields.swap(place, place + found);
    }
    if let Some((extra, _)) = fields.get(names.len()) {
        return Err(RowError::ExtraField {
            field: extra.clone().into_owned(),
        });
    }
    Ok(fields.into_iter().map(|(_, value)| value).collect())
}

/// The columns that the fields of the first row are.
fn columns(fields: &[Field], table: &Name) -> Result<Vec<Name>, RowError> {
    let mut spellings = Spellings::default();
    let mut columns: Vec<Name> = Vec::new();
    let nowhere = Span::new(0, 0);
    for (field, _) in fields {
        let read = Identifier::from(field.as_ref()).read().and_then(|name| {
            spellings.check(table, nowhere)?;
            spellings.check(&name, nowhere)?;
            Ok(name)
        });
        let message = match read {
            Ok(name) if columns.contains(&name) => format!("another field is the column `{name}` too"),
            Ok(name) => {
                columns.push(name);
                continue;
            }
            Err(error) => error.message,
        };
        return Err(RowError::BadField {
            field: field.clone().into_owned(),
            message,
        });
    }
    if columns.is_empty() {
        return Err(RowError::NoFields);
    }
    Ok(columns)
}
