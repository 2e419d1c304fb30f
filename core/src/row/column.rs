//! Columns whose values are written as text.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::FromValue;
use super::ToValue;
use super::ValueError;
use crate::dialect::Value;
use crate::models::ColumnValue;
use crate::schema::DataType;

/// A value of serde in a column of JSON. `#[column(json)]` reads a field like this.
///
/// ```
/// use limbeck_core::dialect::Value;
/// use limbeck_core::row::{FromValue, Json};
///
/// let Json(limits) = Json::<Vec<u32>>::from_value(&Value::from("[1, 2]"))?;
/// assert_eq!(limits, [1, 2]);
/// # Ok::<(), limbeck_core::row::ValueError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Json<T>(pub T);

impl<T> ColumnValue for Json<T> {
    fn data_type() -> DataType {
        DataType::Json
    }
}

impl<T: DeserializeOwned> FromValue for Json<T> {
    fn from_value(value: &Value) -> Result<Self, ValueError> {
        let wrong = |expected: String| ValueError::new(expected, value);
        let text = value.as_text().ok_or_else(|| wrong("JSON".to_owned()))?;
        let read = serde_json::from_str(text);
        read.map(Json)
            .map_err(|error| wrong(format!("JSON of `{}` ({error})", std::any::type_name::<T>())))
    }
}

/// What `#[column(json)]` writes.
#[doc(hidden)]
pub trait WriteJson {
    /// The text of its JSON.
    ///
    /// # Errors
    /// JSON cannot say it: a map whose keys are no texts.
    fn write_json(&self) -> Result<Value, ValueError>;
}

impl<T: Serialize + ?Sized> WriteJson for T {
    fn write_json(&self) -> Result<Value, ValueError> {
        let written = serde_json::to_string(self);
        written.map(Value::Text).map_err(|error| ValueError {
            expected: "what JSON can say".into(),
            found: error.to_string(),
        })
    }
}

/// JSON without a type of its own.
impl ColumnValue for serde_json::Value {
    fn data_type() -> DataType {
        DataType::Json
    }
}

impl FromValue for serde_json::Value {
    fn from_value(value: &Value) -> Result<Self, ValueError> {
        let read = value.as_text().and_then(|text| serde_json::from_str(text).ok());
        read.ok_or_else(|| ValueError::new("JSON", value))
    }
}

impl ToValue for serde_json::Value {
    fn to_value(&self) -> Value {
        Value::Text(self.to_string())
    }
}

/// A value that is written as text: by its `Display`, and read by its `FromStr`. `#[column(text)]` reads and writes a field
/// like this, for a day, an address, a UUID or a decimal number of another crate.
///
/// ```
/// use std::net::IpAddr;
///
/// use limbeck_core::dialect::Value;
/// use limbeck_core::row::{FromValue, Text, ToValue};
///
/// let Text(address) = Text::<IpAddr>::from_value(&"::1".into())?;
/// assert!(address.is_loopback());
/// assert_eq!(Text(address).to_value(), Value::from("::1"));
/// # Ok::<(), limbeck_core::row::ValueError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Text<T>(pub T);

impl<T> ColumnValue for Text<T> {
    fn data_type() -> DataType {
        DataType::Text
    }
}

impl<T: FromStr<Err: fmt::Display>> FromValue for Text<T> {
    fn from_value(value: &Value) -> Result<Self, ValueError> {
        let read = String::from_value(value)?.parse();
        read.map(Text).map_err(|error| {
            let expected = format!("a text of `{}` ({error})", std::any::type_name::<T>());
            ValueError::new(expected, value)
        })
    }
}

impl<T: fmt::Display> ToValue for Text<T> {
    fn to_value(&self) -> Value {
        Value::Text(self.0.to_string())
    }
}
