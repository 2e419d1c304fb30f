//! What a value of a column can be read as.

use super::ValueError;
use super::text::hexadecimal;
use crate::dialect::Value;

/// What a value of a column can be read as.
///
/// | Rust | what it takes |
/// |---|---|
/// | `i8` to `i64`, `u8` to `u64` | whole numbers, and texts that are one, as long as they fit |
/// | `f32`, `f64` | all numbers, and texts that are one |
/// | `bool` | `TRUE` and `FALSE`, 1 and 0, `t` and `f` |
/// | `String` | texts, and numbers as their digits |
/// | `Vec<u8>` | bytes, and texts that write them as `\x…` |
/// | `SystemTime` | `TIMESTAMP`, with or without a time zone; without one it is UTC |
/// | `serde_json::Value`, [`Json<T>`](super::Json) | `JSON`, or a text of JSON |
/// | [`Text<T>`](super::Text) | a text, by `FromStr` |
/// | an `enum` that derives [`ColumnEnum`](derive@crate::models::ColumnEnum) | the names of its variants |
/// | `Option<T>` | NULL, and what `T` takes |
///
/// Drivers that get every value as text give it as text, and this is why texts count where a number is wanted. A value
/// that does not fit is an error, never another value.
///
/// ```
/// use limbeck_core::dialect::Value;
/// use limbeck_core::row::FromValue;
///
/// assert_eq!(u8::from_value(&"200".into()), Ok(200));
/// let error = u8::from_value(&Value::from(300)).unwrap_err();
/// assert_eq!(error.to_string(), "expected a whole number from 0 to 255, found 300");
/// ```
#[diagnostic::on_unimplemented(
    message = "a value of a column cannot be read as `{Self}`",
    label = "what can be read is in the table of `limbeck_core::row::FromValue`",
    note = "`#[column(text)]` reads a type by its `FromStr`, `#[column(json)]` one of serde"
)]
pub trait FromValue: Sized {
    /// Reads a value.
    ///
    /// # Errors
    /// It is none of this type.
    fn from_value(value: &Value) -> Result<Self, ValueError>;
}

macro_rules! whole_numbers {
    ($($rust:ty),*) => {
        $(impl FromValue for $rust {
            fn from_value(value: &Value) -> Result<Self, ValueError> {
                let number = match value {
                    Value::Integer(number) => Self::try_from(*number).ok(),
                    // Beyond 64 bits with a sign, numbers are given as text.
                    Value::Text(text) => text.parse().ok(),
                    _ => None,
                };
                number.ok_or_else(|| {
                    let range = format!("a whole number from {} to {}", Self::MIN, Self::MAX);
                    ValueError::new(range, value)
                })
            }
        })*
    };
}

whole_numbers!(i8, i16, i32, i64, u8, u16, u32, u64);

impl FromValue for f64 {
    fn from_value(value: &Value) -> Result<Self, ValueError> {
        let number = match value {
            Value::Real(number) => Some(*number),
            // What a column holds without a fraction may come as a whole number.
            Value::Integer(number) => number.to_string().parse().ok(),
            Value::Text(text) => text.parse().ok(),
            _ => None,
        };
        number.ok_or_else(|| ValueError::new("a number", value))
    }
}

impl FromValue for f32 {
    fn from_value(value: &Value) -> Result<Self, ValueError> {
        let number = f64::from_value(value)?;
        #[allow(
            clippy::cast_possible_truncation,
            reason = "the nearest number of 32 bits is what a column of such numbers holds"
        )]
        let nearest = number as Self;
        match nearest.is_finite() == number.is_finite() {
            true => Ok(nearest),
            false => Err(ValueError::new("a number of 32 bits", value)),
        }
    }
}

impl FromValue for bool {
    fn from_value(value: &Value) -> Result<Self, ValueError> {
        match value {
            Value::Boolean(truth) => Ok(*truth),
            Value::Integer(1) => Ok(true),
            Value::Integer(0) => Ok(false),
            Value::Text(text) => match text.as_str() {
                "t" | "true" | "1" => Ok(true),
                "f" | "false" | "0" => Ok(false),
                _ => Err(ValueError::new("a truth value", value)),
            },
            _ => Err(ValueError::new("a truth value", value)),
        }
    }
}

impl FromValue for String {
    fn from_value(value: &Value) -> Result<Self, ValueError> {
        match value {
            Value::Text(text) => Ok(text.clone()),
            Value::Integer(number) => Ok(number.to_string()),
            Value::Real(number) => Ok(number.to_string()),
            _ => Err(ValueError::new("a text", value)),
        }
    }
}

impl FromValue for Vec<u8> {
    fn from_value(value: &Value) -> Result<Self, ValueError> {
        match value {
            Value::Bytes(bytes) => Ok(bytes.clone()),
            Value::Text(text) => hexadecimal(text).ok_or_else(|| ValueError::new("bytes", value)),
            _ => Err(ValueError::new("bytes", value)),
        }
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: &Value) -> Result<Self, ValueError> {
        match value {
            Value::Null => Ok(None),
            value => T::from_value(value).map(Some),
        }
    }
}

/// The value as it came.
impl FromValue for Value {
    fn from_value(value: &Value) -> Result<Self, ValueError> {
        Ok(value.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong<T: FromValue + std::fmt::Debug>(value: impl Into<Value>) -> String {
        T::from_value(&value.into()).unwrap_err().to_string()
    }

    #[test]
    fn numbers_fit_or_are_errors() {
        assert_eq!(i16::from_value(&Value::Integer(-32768)), Ok(i16::MIN));
        assert_eq!(u64::from_value(&"18446744073709551615".into()), Ok(u64::MAX));
        assert_eq!(f64::from_value(&"-0.5".into()), Ok(-0.5));
        assert_eq!(f64::from_value(&Value::Integer(3)), Ok(3.0));
        assert_eq!(
            wrong::<i16>(32768),
            "expected a whole number from -32768 to 32767, found 32768"
        );
        assert_eq!(
            wrong::<u64>(-1),
            "expected a whole number from 0 to 18446744073709551615, found -1"
        );
        assert_eq!(
            wrong::<i8>("x"),
            "expected a whole number from -128 to 127, found 'x'"
        );
        assert_eq!(
            wrong::<f32>("1e300"),
            "expected a number of 32 bits, found '1e300'"
        );
        assert_eq!(
            wrong::<i64>(Value::Real(1.5)),
            format!(
                "expected a whole number from {} to {}, found 1.5",
                i64::MIN,
                i64::MAX
            )
        );
        assert_eq!(wrong::<f64>(Value::Null), "expected a number, found NULL");
    }

    #[test]
    fn truth_is_one_of_two() {
        for (value, truth) in [("t", true), ("f", false), ("true", true), ("0", false)] {
            assert_eq!(bool::from_value(&value.into()), Ok(truth), "{value}");
        }
        assert_eq!(bool::from_value(&Value::Integer(1)), Ok(true));
        assert_eq!(wrong::<bool>(2), "expected a truth value, found 2");
        assert_eq!(wrong::<bool>("yes"), "expected a truth value, found 'yes'");
    }

    #[test]
    fn bytes_come_as_such_or_as_digits() {
        assert_eq!(Vec::from_value(&"\\x00ff41".into()), Ok(vec![0, 255, 65]));
        assert_eq!(Vec::from_value(&"\\x".into()), Ok(Vec::<u8>::new()));
        for text in ["", "00", "\\x0", "\\xzz", "\\x+1", "\\xé"] {
            assert!(Vec::<u8>::from_value(&text.into()).is_err(), "{text}");
        }
    }

    #[test]
    fn only_an_option_can_be_null() {
        assert_eq!(Option::<String>::from_value(&Value::Null), Ok(None));
        assert_eq!(
            Option::<String>::from_value(&"x".into()),
            Ok(Some("x".to_owned()))
        );
        assert_eq!(wrong::<String>(Value::Null), "expected a text, found NULL");
        assert_eq!(wrong::<Vec<u8>>(Value::Null), "expected bytes, found NULL");
    }
}
