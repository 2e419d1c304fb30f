//! The fields of a row.

use std::borrow::Cow;

use serde::Serialize;
use serde::Serializer;
use serde::ser::Impossible;
use serde::ser::SerializeMap;
use serde::ser::SerializeStruct;

use super::RowError;
use super::value;
use crate::operation::inserts::Literal;

/// A field's name and value.
pub(super) type Field = (Cow<'static, str>, Literal<'static>);

/// The fields of a struct in their order, those of a map in the order of their names.
pub(super) fn read<R: Serialize>(row: &R) -> Result<Vec<Field>, RowError> {
    row.serialize(RowSerializer)
}

struct RowSerializer;

struct Fields {
    fields: Vec<Field>,
    /// The key of a map whose value comes next.
    key: Option<String>,
}

impl Fields {
    fn with_capacity(length: usize) -> Self {
        Self {
            fields: Vec::with_capacity(length),
            key: None,
        }
    }

    fn add<T: Serialize + ?Sized>(&mut self, name: Cow<'static, str>, value: &T) -> Result<(), RowError> {
        let literal = value::read(value).map_err(|fault| RowError::Value {
            field: name.clone().into_owned(),
            fault,
        })?;
        self.fields.push((name, literal));
        Ok(())
    }
}

impl SerializeStruct for Fields {
    type Ok = Vec<Field>;
    type Error = RowError;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), RowError> {
        self.add(Cow::Borrowed(name), value)
    }

    fn end(self) -> Result<Vec<Field>, RowError> {
        Ok(self.fields)
    }
}

impl SerializeMap for Fields {
    type Ok = Vec<Field>;
    type Error = RowError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), RowError> {
        match serde_json::to_value(key) {
            Ok(serde_json::Value::String(key)) => {
                self.key = Some(key);
                Ok(())
            }
            _ => Err(RowError::KeyNotText),
        }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), RowError> {
        let key = self.key.take().ok_or(RowError::KeyNotText)?;
        self.add(Cow::Owned(key), value)
    }

    fn end(mut self) -> Result<Vec<Field>, RowError> {
        // A map may have any order, and the statement must not.
        self.fields.sort_by(|(one, _), (other, _)| one.cmp(other));
        Ok(self.fields)
    }
}

type Answer = Result<Vec<Field>, RowError>;
type NoRow = Impossible<Vec<Field>, RowError>;

fn no_row<T>(found: &'static str) -> Result<T, RowError> {
    Err(RowError::NotARow { found })
}

macro_rules! no_rows {
    ($($method:ident($value:ty) = $found:literal;)*) => {
        $(fn $method(self, _: $value) -> Answer {
            no_row($found)
        })*
    };
}

impl Serializer for RowSerializer {
    type Ok = Vec<Field>;
    type Error = RowError;
    type SerializeSeq = NoRow;
    type SerializeTuple = NoRow;
    type SerializeTupleStruct = NoRow;
    type SerializeTupleVariant = NoRow;
    type SerializeMap = Fields;
    type SerializeStruct = Fields;
    type SerializeStructVariant = NoRow;

    no_rows! {
        serialize_bool(bool) = "a truth value";
        serialize_i8(i8) = "a number";
        serialize_i16(i16) = "a number";
        serialize_i32(i32) = "a number";
        serialize_i64(i64) = "a number";
        serialize_i128(i128) = "a number";
        serialize_u8(u8) = "a number";
        serialize_u16(u16) = "a number";
        serialize_u32(u32) = "a number";
        serialize_u64(u64) = "a number";
        serialize_u128(u128) = "a number";
        serialize_f32(f32) = "a number";
        serialize_f64(f64) = "a number";
        serialize_char(char) = "a text";
        serialize_str(&str) = "a text";
        serialize_bytes(&[u8]) = "bytes";
        serialize_unit_struct(&'static str) = "a struct without fields";
    }

    fn serialize_none(self) -> Answer {
        no_row("nothing")
    }

    fn serialize_unit(self) -> Answer {
        no_row("nothing")
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Answer {
        no_row("an enum")
    }

    fn serialize_some<T: Serialize + ?Sized>(self, row: &T) -> Answer {
        row.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, row: &T) -> Answer {
        row.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Answer {
        no_row("an enum")
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<NoRow, RowError> {
        no_row("a list")
    }

    fn serialize_tuple(self, _: usize) -> Result<NoRow, RowError> {
        no_row("a tuple")
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<NoRow, RowError> {
        no_row("a tuple")
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<NoRow, RowError> {
        no_row("an enum")
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Fields, RowError> {
        Ok(Fields::with_capacity(length.unwrap_or_default().min(64)))
    }

    fn serialize_struct(self, _: &'static str, length: usize) -> Result<Fields, RowError> {
        Ok(Fields::with_capacity(length.min(64)))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<NoRow, RowError> {
        no_row("an enum")
    }
}
