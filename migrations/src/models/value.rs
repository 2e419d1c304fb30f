//! What columns hold beside numbers and texts.

use std::time::SystemTime;

use limbeck_core::models::ColumnValue;
use limbeck_core::schema::DataType;

/// The public name of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Uuid(pub [u8; 16]);

impl ColumnValue for Uuid {
    fn data_type() -> DataType {
        DataType::Uuid
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

/// A document whose parts no query asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Json(pub serde_json::Value);

impl ColumnValue for Json {
    fn data_type() -> DataType {
        DataType::Json
    }
}
