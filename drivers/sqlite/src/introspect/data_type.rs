//! Declared types as portable ones.

use limbeck_core::schema::DataType;
use limbeck_core::sql::Lexer;

use crate::dialect::NAME;
use crate::dialect::RULES;
use crate::dialect::column_type;

/// The portable type that the dialect writes so, else SQLite's own words. The model has no other place for a collation.
pub(super) fn read(declared: &str, collation: Option<&str>) -> DataType {
    let words: Vec<String> = Lexer::new(declared, &RULES)
        .filter(|token| !token.kind.is_trivia())
        .map(|token| token.span.slice(declared).to_ascii_uppercase())
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let portable = portable(&words).filter(|data_type| {
        collation.is_none() && column_type(data_type).is_ok_and(|text| text == written(&words))
    });
    portable.unwrap_or_else(|| DataType::Native {
        driver: NAME.to_owned(),
        sql: match collation {
            Some(collation) => format!("{declared} COLLATE {collation}").trim_start().to_owned(),
            None => declared.to_owned(),
        },
    })
}

fn portable(words: &[&str]) -> Option<DataType> {
    Some(match words {
        ["SMALLINT"] => DataType::SmallInt,
        ["INTEGER"] => DataType::Integer,
        ["BIGINT"] => DataType::BigInt,
        ["REAL"] => DataType::Real,
        ["DOUBLE", "PRECISION"] => DataType::DoublePrecision,
        ["BOOLEAN"] => DataType::Boolean,
        ["TEXT"] => DataType::Text,
        ["BLOB"] => DataType::Blob,
        ["DATE"] => DataType::Date,
        ["TIME"] => DataType::Time,
        ["TIMESTAMP"] => DataType::Timestamp,
        ["CHAR", "(", length, ")"] => DataType::Char {
            length: length.parse().ok().filter(|length| *length > 0)?,
        },
        ["VARCHAR", "(", length, ")"] => DataType::Varchar {
            length: length.parse().ok().filter(|length| *length > 0)?,
        },
        ["NUMERIC", "(", precision, ",", scale, ")"] => {
            let (precision, scale) = (precision.parse().ok()?, scale.parse().ok()?);
            (precision > 0 && scale <= precision).then_some(DataType::Numeric { precision, scale })?
        }
        _ => return None,
    })
}

/// The words as the dialect spaces them.
fn written(words: &[&str]) -> String {
    let mut text = String::new();
    for word in words {
        let is_tight = matches!(*word, "(" | ")" | ",") || text.ends_with('(');
        if !text.is_empty() && !is_tight {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn native(sql: &str) -> DataType {
        DataType::Native {
            driver: "sqlite".to_owned(),
            sql: sql.to_owned(),
        }
    }

    #[test]
    fn what_the_dialect_writes_is_portable() {
        for data_type in [
            DataType::SmallInt,
            DataType::DoublePrecision,
            DataType::Char { length: 2 },
            DataType::Varchar { length: 16383 },
            DataType::Numeric {
                precision: 15,
                scale: 3,
            },
            DataType::Timestamp,
        ] {
            assert_eq!(read(&column_type(&data_type).unwrap(), None), data_type);
        }
        assert_eq!(read("varchar ( 9 )", None), DataType::Varchar { length: 9 });
    }

    #[test]
    fn other_words_stay_as_they_are() {
        for declared in [
            "",
            "INT",
            "NUMERIC",
            "NUMERIC(16, 2)",
            "DECIMAL(5,2)",
            "VARCHAR",
            "VARCHAR(0)",
            "VARCHAR(01)",
            "DATETIME",
            "ANY",
            "long words (1, 2)",
        ] {
            assert_eq!(read(declared, None), native(declared));
        }
    }

    #[test]
    fn a_collation_is_part_of_the_type() {
        assert_eq!(read("TEXT", Some("NOCASE")), native("TEXT COLLATE NOCASE"));
        assert_eq!(read("", Some("NOCASE")), native("COLLATE NOCASE"));
    }
}
