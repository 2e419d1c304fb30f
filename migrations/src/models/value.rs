//! What columns hold beside numbers and texts.

use std::fmt;
use std::time::SystemTime;

use limbeck_core::dialect::Value;
use limbeck_core::models::ColumnValue;
use limbeck_core::row::FromValue;
use limbeck_core::row::ToValue;
use limbeck_core::row::ValueError;
use limbeck_core::schema::DataType;

/// The public name of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Uuid(pub [u8; 16]);

impl Uuid {
    /// A new one, which tells nothing.
    pub fn random() -> Self {
        let random = fastrand::u128(..);
        let version = 4_u128 << 76;
        let variant = 0b10_u128 << 62;
        let free = !(0xf_u128 << 76) & !(0b11_u128 << 62);
        Self((random & free | version | variant).to_be_bytes())
    }
}

impl fmt::Display for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, byte) in self.0.iter().enumerate() {
            if matches!(index, 4 | 6 | 8 | 10) {
                f.write_str("-")?;
            }
            write!(f, "{byte:02x}")?;
        }
        Ok(())
    }
}

impl ColumnValue for Uuid {
    fn data_type() -> DataType {
        DataType::Uuid
    }
}

impl FromValue for Uuid {
    fn from_value(value: &Value) -> Result<Self, ValueError> {
        let read = |text: &str| {
            let digits = text.replace('-', "");
            let number = u128::from_str_radix(&digits, 16).ok();
            number.filter(|_| digits.len() == 32 && text.len() == 36)
        };
        let number = value.as_text().and_then(read);
        let number = number.ok_or_else(|| ValueError::new("a UUID", value))?;
        Ok(Self(number.to_be_bytes()))
    }
}

impl ToValue for Uuid {
    fn to_value(&self) -> Value {
        Value::Text(self.to_string())
    }
}

/// A moment in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(pub SystemTime);

impl ColumnValue for Moment {
    fn data_type() -> DataType {
        DataType::TimestampWithTimeZone
    }
}

impl FromValue for Moment {
    fn from_value(value: &Value) -> Result<Self, ValueError> {
        SystemTime::from_value(value).map(Self)
    }
}

impl ToValue for Moment {
    fn to_value(&self) -> Value {
        self.0.to_value()
    }
}

/// A document whose parts no query asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Json(pub serde_json::Value);

impl ColumnValue for Json {
    fn data_type() -> DataType {
        DataType::Json
    }
}

impl FromValue for Json {
    fn from_value(value: &Value) -> Result<Self, ValueError> {
        serde_json::Value::from_value(value).map(Self)
    }
}

impl ToValue for Json {
    fn to_value(&self) -> Value {
        self.0.to_value()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_is_read_as_it_was_written() {
        let uuid = Uuid::random();
        let text = uuid.to_string();
        assert_eq!(Uuid::from_value(&text.as_str().into()), Ok(uuid));
        assert_eq!((text.get(14..15), text.len()), (Some("4"), 36));
        assert!(matches!(text.get(19..20), Some("8" | "9" | "a" | "b")));
        for wrong in ["", "x", &text.replace('-', ""), &format!("{text}0")] {
            assert!(Uuid::from_value(&wrong.into()).is_err(), "{wrong}");
        }
    }
}
