//! The types of columns.

use crate::schema::DataType;

/// A Rust type that a column of its own type holds.
///
/// | Rust | column |
/// |---|---|
/// | `i16`, `i32`, `i64` | `SMALLINT`, `INTEGER`, `BIGINT` |
/// | `f32`, `f64` | `REAL`, `DOUBLE PRECISION` |
/// | `bool` | `BOOLEAN` |
/// | `String`, `str` | `TEXT` |
/// | `Vec<u8>`, `[u8]` | `BLOB` |
/// | `SystemTime` | `TIMESTAMP WITH TIME ZONE` |
/// | `serde_json::Value`, [`Json<T>`](crate::row::Json) | `JSON` |
/// | [`Text<T>`](crate::row::Text) | `TEXT` |
/// | an `enum` that derives [`ColumnEnum`](derive@crate::models::ColumnEnum) | `ENUM(…)` |
///
/// A field of any other type says with `#[column(sql = "…")]` what its column is. `Option` is no type of a column: it says
/// that the column can be NULL.
#[diagnostic::on_unimplemented(
    message = "which type the column of a `{Self}` has is not known",
    label = "say it: `#[column(sql = \"TIMESTAMP\")]` above this field, with any type of portable SQL",
    note = "known are i16, i32, i64, f32, f64, bool, String, Vec<u8>, SystemTime, serde_json::Value, and an enum with `#[derive(ColumnEnum)]`"
)]
pub trait ColumnValue {
    /// The type of the column.
    fn data_type() -> DataType;
}

macro_rules! values {
    ($($rust:ty => $variant:ident,)*) => {
        $(impl ColumnValue for $rust {
            fn data_type() -> DataType {
                DataType::$variant
            }
        })*
    };
}

values! {
    i16 => SmallInt,
    i32 => Integer,
    i64 => BigInt,
    f32 => Real,
    f64 => DoublePrecision,
    bool => Boolean,
    str => Text,
    String => Text,
    [u8] => Blob,
    Vec<u8> => Blob,
}

impl<T: ColumnValue + ?Sized> ColumnValue for &T {
    fn data_type() -> DataType {
        T::data_type()
    }
}

impl<T: ColumnValue + ?Sized> ColumnValue for Box<T> {
    fn data_type() -> DataType {
        T::data_type()
    }
}
