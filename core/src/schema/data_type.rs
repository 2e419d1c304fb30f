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
    /// A driver's own type, written `<driver>(<native type>)`: no other driver has the column.
    Native {
        /// Driver or dialect word.
        driver: String,
        /// The type, verbatim.
        sql: String,
    },
    /// A type that some drivers write in their own way, as in `NUMERIC(20, 4) sqlite(TEXT)`.
    Overridden {
        /// The type for all others; [`DataType::Native`] when only the named drivers have one.
        base: Box<DataType>,
        /// The named drivers' types, each driver once.
        natives: Vec<NativeType>,
    },
}

/// A driver's own type.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NativeType {
    /// Driver or dialect word, lower case.
    pub driver: String,
    /// The type, verbatim.
    pub sql: String,
}

impl NativeType {
    /// This driver's type of this text.
    pub fn new(driver: impl Into<String>, sql: impl Into<String>) -> Self {
        Self {
            driver: driver.into(),
            sql: sql.into(),
        }
    }
}

impl DataType {
    /// A type with drivers' own ones; without a portable one, the first driver's type is the base.
    pub fn overridden(portable: Option<Self>, natives: Vec<NativeType>) -> Self {
        let mut natives = natives.into_iter();
        let base = portable.or_else(|| {
            natives.next().map(|native| Self::Native {
                driver: native.driver,
                sql: native.sql,
            })
        });
        let base = base.unwrap_or(Self::Text);
        let natives: Vec<_> = natives.collect();
        if natives.is_empty() {
            return base;
        }
        Self::Overridden {
            base: Box::new(base),
            natives,
        }
    }

    /// The type for all drivers that no override names.
    pub fn base(&self) -> &Self {
        match self {
            Self::Overridden { base, .. } => base.base(),
            other => other,
        }
    }

    /// What a driver writes word for word, when the type names it. `words` are the names it answers to, its dialect's
    /// before the driver's: an override for the dialect wins.
    ///
    /// ```
    /// use limbeck_core::schema::{DataType, NativeType};
    ///
    /// let natives = vec![NativeType::new("sqlite", "TEXT")];
    /// let price = DataType::overridden(Some(DataType::Numeric { precision: 20, scale: 4 }), natives);
    /// assert_eq!(price.native_for(&["sqlite"]), Some("TEXT"));
    /// assert_eq!(price.native_for(&["postgres"]), None);
    /// ```
    pub fn native_for(&self, words: &[&str]) -> Option<&str> {
        words.iter().find_map(|word| self.native_of(word))
    }

    /// The words of the drivers and dialects that the type names.
    pub fn drivers(&self) -> Vec<&str> {
        match self {
            Self::Native { driver, .. } => vec![driver],
            Self::Overridden { base, natives } => {
                let natives = natives.iter().map(|native| native.driver.as_str());
                base.drivers().into_iter().chain(natives).collect()
            }
            _ => Vec::new(),
        }
    }

    fn native_of(&self, word: &str) -> Option<&str> {
        match self {
            Self::Native { driver, sql } if driver == word => Some(sql),
            Self::Overridden { base, natives } => natives
                .iter()
                .find(|native| native.driver == word)
                .map(|native| native.sql.as_str())
                .or_else(|| base.native_of(word)),
            _ => None,
        }
    }
}
