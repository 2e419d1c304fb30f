//! Column types.

use serde::Deserialize;
use serde::Serialize;

/// The type of a column in portable SQL, or a driver's own.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DataType {
    /// 16-bit integer.
    SmallInt,
    /// 32-bit integer.
    Integer,
    /// 64-bit integer.
    BigInt,
    /// Exact decimal number.
    Numeric {
        /// Digits in all, 1 to 38.
        precision: u8,
        /// Digits after the point, 0 to 30 and not above `precision`.
        scale: u8,
    },
    /// 32-bit binary floating-point number.
    Real,
    /// 64-bit binary floating-point number.
    DoublePrecision,
    /// Truth value.
    Boolean,
    /// Text of a fixed length.
    Char {
        /// Characters.
        length: u32,
    },
    /// Text of a bounded length.
    Varchar {
        /// Characters at most.
        length: u32,
    },
    /// Text of any length.
    Text,
    /// Bytes of any length.
    Blob,
    /// Calendar day.
    Date,
    /// Time of day, microseconds.
    Time,
    /// Day and time without a zone, microseconds.
    Timestamp,
    /// Moment in time, microseconds.
    TimestampWithTimeZone,
    /// UUID.
    Uuid,
    /// JSON document.
    Json,
    /// One of a closed list of words.
    Enum {
        /// The words, in their order.
        values: Vec<String>,
    },
    /// A driver's own type, written `<driver>(<native type>)`, with a portable type for the others where one is given.
    Native {
        /// Driver or dialect word.
        driver: String,
        /// The type, verbatim.
        sql: String,
    },
}
