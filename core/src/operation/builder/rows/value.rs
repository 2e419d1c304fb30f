//! The value of a field.

use std::fmt::Display;

use serde::Serialize;
use serde::Serializer;
use serde::ser::Impossible;

use super::ValueFault;
use crate::operation::inserts::Literal;

/// Reads a value; one made of others becomes its JSON.
pub(super) fn read<T: Serialize + ?Sized>(value: &T) -> Result<Literal<'static>, ValueFault> {
    match value.serialize(ValueSerializer) {
        Ok(literal) => Ok(literal),
        Err(NoLiteral::Fault(fault)) => Err(fault),
        Err(NoLiteral::Nested) => serde_json::to_string(value)
            .map(|json| Literal::Text(json.into()))
            .map_err(|error| ValueFault::Serialize(error.to_string())),
    }
}

/// Why a value is not one of SQL's own.
#[derive(Debug, thiserror::Error)]
enum NoLiteral {
    #[error("it is made of other values")]
    Nested,
    #[error("it {0}")]
    Fault(ValueFault),
}

impl serde::ser::Error for NoLiteral {
    fn custom<T: Display>(message: T) -> Self {
        Self::Fault(ValueFault::Serialize(message.to_string()))
    }
}

type Answer = Result<Literal<'static>, NoLiteral>;
type Nested = Impossible<Literal<'static>, NoLiteral>;

fn whole<N: Display + Copy + TryInto<i64>>(number: N) -> Answer {
    match number.try_into() {
        Ok(number) => Ok(Literal::Number(number.to_string().into())),
        Err(_) => Err(NoLiteral::Fault(ValueFault::TooLarge(number.to_string()))),
    }
}

/// `shortest` is the shortest text that is read as the same number again.
fn real(shortest: String, finite: bool) -> Answer {
    if finite {
        Ok(Literal::Number(shortest.into()))
    } else {
        Err(NoLiteral::Fault(ValueFault::NotFinite(shortest)))
    }
}

struct ValueSerializer;

macro_rules! whole_numbers {
    ($($method:ident($number:ty);)*) => {
        $(fn $method(self, number: $number) -> Answer {
            whole(number)
        })*
    };
}

impl Serializer for ValueSerializer {
    type Ok = Literal<'static>;
    type Error = NoLiteral;
    type SerializeSeq = Nested;
    type SerializeTuple = Nested;
    type SerializeTupleStruct = Nested;
    type SerializeTupleVariant = Nested;
    type SerializeMap = Nested;
    type SerializeStruct = Nested;
    type SerializeStructVariant = Nested;

    whole_numbers! {
        serialize_i8(i8);
        serialize_i16(i16);
        serialize_i32(i32);
        serialize_i64(i64);
        serialize_i128(i128);
        serialize_u8(u8);
        serialize_u16(u16);
        serialize_u32(u32);
        serialize_u64(u64);
        serialize_u128(u128);
    }

    fn serialize_bool(self, truth: bool) -> Answer {
        Ok(Literal::Boolean(truth))
    }

    fn serialize_f32(self, number: f32) -> Answer {
        real(format!("{number:?}"), number.is_finite())
    }

    fn serialize_f64(self, number: f64) -> Answer {
        real(format!("{number:?}"), number.is_finite())
    }

    fn serialize_char(self, character: char) -> Answer {
        self.serialize_str(character.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Answer {
        if text.contains('\0') {
            return Err(NoLiteral::Fault(ValueFault::Nul));
        }
        Ok(Literal::Text(text.to_owned().into()))
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Answer {
        Ok(Literal::Bytes(bytes.to_owned().into()))
    }

    fn serialize_none(self) -> Answer {
        Ok(Literal::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Answer {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Answer {
        Ok(Literal::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Answer {
        Ok(Literal::Null)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Answer {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Answer {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Answer {
        Err(NoLiteral::Nested)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Nested, NoLiteral> {
        Err(NoLiteral::Nested)
    }

    fn serialize_tuple(self, _: usize) -> Result<Nested, NoLiteral> {
        Err(NoLiteral::Nested)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Nested, NoLiteral> {
        Err(NoLiteral::Nested)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Nested, NoLiteral> {
        Err(NoLiteral::Nested)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Nested, NoLiteral> {
        Err(NoLiteral::Nested)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Nested, NoLiteral> {
        Err(NoLiteral::Nested)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Nested, NoLiteral> {
        Err(NoLiteral::Nested)
    }
}
