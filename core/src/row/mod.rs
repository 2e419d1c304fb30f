//! Rows as structs, tuples and values of Rust.
//!
//! [`FromRow`] is what a row is read as: a struct that derives it or [`Table`](derive@crate::models::Table), or a tuple.
//! [`FromValue`] and [`ToValue`] are for one value of it. [`Transaction`] and [`Session`] read their rows with them, and
//! [`NewRow`] is what a transaction inserts.
//!
//! [`Session`]: crate::driver::Session
//! [`Transaction`]: crate::driver::Transaction

mod column;
mod error;
mod fields;
mod from_row;
mod from_value;
mod insert;
mod query;
mod text;
mod time;
mod to_value;

pub use self::column::Json;
pub use self::column::Text;
#[doc(hidden)]
pub use self::column::WriteJson;
pub use self::error::RowError;
pub use self::error::ValueError;
pub use self::fields::Fields;
pub use self::from_row::FromRow;
pub use self::from_value::FromValue;
pub use self::insert::NewRow;
pub use self::to_value::ToValue;
pub use limbeck_derive::FromRow;
pub use limbeck_derive::NewRow;
