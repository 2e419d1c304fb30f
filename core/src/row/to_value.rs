//! What can be sent as the value of a parameter or a column.

use crate::dialect::Value;

/// What can be sent as the value of a parameter or a column: all that [`FromValue`](super::FromValue) reads but for `u64`,
/// which no engine has, and [`Json<T>`](super::Json), whose writing can fail.
///
/// [`values!`](crate::values) makes the parameters of a query of such things.
///
/// ```
/// use limbeck_core::dialect::Value;
/// use limbeck_core::row::ToValue;
///
/// assert_eq!(7_u8.to_value(), Value::Integer(7));
/// assert_eq!(Some("x").to_value(), Value::from("x"));
/// assert_eq!(None::<bool>.to_value(), Value::Null);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be sent as a value",
    note = "`#[column(text)]` writes a type by its `Display`, `#[column(json)]` one of serde"
)]
pub trait ToValue {
    /// The value.
    fn to_value(&self) -> Value;
}

/// The parameters of a query, of whatever can be [sent as a value](crate::row::ToValue).
///
/// ```
/// use limbeck_core::dialect::Value;
/// use limbeck_core::values;
///
/// let (name, age) = ("Ann", Some(40_u8));
/// assert_eq!(values![name, age], ["Ann".into(), Value::Integer(40)]);
/// ```
#[macro_export]
macro_rules! values {
    ($($value:expr),* $(,)?) => {
        [$($crate::row::ToValue::to_value(&$value)),*]
    };
}

macro_rules! whole_numbers {
    ($($rust:ty),*) => {
        $(impl ToValue for $rust {
            fn to_value(&self) -> Value {
                Value::Integer(i64::from(*self))
            }
        })*
    };
}

whole_numbers!(i8, i16, i32, i64, u8, u16, u32);

impl ToValue for f64 {
    fn to_value(&self) -> Value {
        Value::Real(*self)
    }
}

impl ToValue for f32 {
    fn to_value(&self) -> Value {
        Value::Real(f64::from(*self))
    }
}

impl ToValue for bool {
    fn to_value(&self) -> Value {
        Value::Boolean(*self)
    }
}

impl ToValue for str {
    fn to_value(&self) -> Value {
        Value::Text(self.to_owned())
    }
}

impl ToValue for String {
    fn to_value(&self) -> Value {
        Value::Text(self.clone())
    }
}

impl ToValue for [u8] {
    fn to_value(&self) -> Value {
        Value::Bytes(self.to_owned())
    }
}

impl ToValue for Vec<u8> {
    fn to_value(&self) -> Value {
        Value::Bytes(self.clone())
    }
}

impl ToValue for Value {
    fn to_value(&self) -> Value {
        self.clone()
    }
}

impl<T: ToValue> ToValue for Option<T> {
    fn to_value(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::to_value)
    }
}

impl<T: ToValue + ?Sized> ToValue for &T {
    fn to_value(&self) -> Value {
        T::to_value(self)
    }
}
