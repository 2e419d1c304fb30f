//! Types of columns as portable ones.

use limbeck_core::schema::DataType;

use crate::dialect::NAME;

/// The longest text and the most digits that portable SQL has.
const LONGEST: u32 = 16383;
const DIGITS: u8 = 38;
const DECIMALS: u8 = 30;

/// The portable type that the dialect writes so, else PostgreSQL's own words. The model has no other place for a
/// collation.
pub(super) fn read(text: &str, collation: Option<&str>) -> DataType {
    let portable = portable(text).filter(|_| collation.is_none());
    portable.unwrap_or_else(|| DataType::Native {
        driver: NAME.to_owned(),
        sql: match collation {
            Some(collation) => format!("{text} COLLATE {collation}"),
            None => text.to_owned(),
        },
    })
}

/// The portable type of what `format_type` says.
pub(super) fn portable(text: &str) -> Option<DataType> {
    Some(match text {
        "smallint" => DataType::SmallInt,
        "integer" => DataType::Integer,
        "bigint" => DataType::BigInt,
        "real" => DataType::Real,
        "double precision" => DataType::DoublePrecision,
        "boolean" => DataType::Boolean,
        "text" => DataType::Text,
        "bytea" => DataType::Blob,
        "date" => DataType::Date,
        "time without time zone" => DataType::Time,
        "timestamp without time zone" => DataType::Timestamp,
        "timestamp with time zone" => DataType::TimestampWithTimeZone,
        "uuid" => DataType::Uuid,
        "jsonb" => DataType::Json,
        _ => return with_numbers(text),
    })
}

fn with_numbers(text: &str) -> Option<DataType> {
    let (word, numbers) = text.strip_suffix(')')?.split_once('(')?;
    if word == "numeric" {
        let (precision, scale) = numbers.split_once(',')?;
        let (precision, scale) = (precision.parse().ok()?, scale.parse().ok()?);
        let is_portable = (1..=DIGITS).contains(&precision) && scale <= DECIMALS && scale <= precision;
        return is_portable.then_some(DataType::Numeric { precision, scale });
    }
    let length = numbers
        .parse()
        .ok()
        .filter(|length| (1..=LONGEST).contains(length))?;
    match word {
        "character" => Some(DataType::Char { length }),
        "character varying" => Some(DataType::Varchar { length }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_dialect_writes_is_portable() {
        for (text, data_type) in [
            ("character(2)", DataType::Char { length: 2 }),
            ("character varying(16383)", DataType::Varchar { length: 16383 }),
            (
                "numeric(15,3)",
                DataType::Numeric {
                    precision: 15,
                    scale: 3,
                },
            ),
            ("timestamp with time zone", DataType::TimestampWithTimeZone),
        ] {
            assert_eq!(read(text, None), data_type);
        }
    }

    #[test]
    fn other_words_stay_as_they_are() {
        for text in [
            "numeric",
            "numeric(39,2)",
            "numeric(5,-2)",
            "numeric(38,31)",
            "character varying",
            "character varying(16384)",
            "timestamp(3) without time zone",
            "json",
            "integer[]",
            "\"Mood\"",
            "bit(3)",
        ] {
            let native = DataType::Native {
                driver: "postgres".to_owned(),
                sql: text.to_owned(),
            };
            assert_eq!(read(text, None), native);
        }
    }

    #[test]
    fn a_collation_is_part_of_the_type() {
        let native = DataType::Native {
            driver: "postgres".to_owned(),
            sql: "text COLLATE \"C\"".to_owned(),
        };
        assert_eq!(read("text", Some("\"C\"")), native);
    }
}
