//! Types as portable text.

use crate::schema::DataType;
use crate::sql::Lexer;
use crate::sql::LexicalRules;

use super::PrintError;
use super::run::string_sql;

pub(in crate::operation) fn type_sql(data_type: &DataType) -> Result<String, PrintError> {
    let word = match data_type {
        DataType::SmallInt => "SMALLINT",
        DataType::Integer => "INTEGER",
        DataType::BigInt => "BIGINT",
        DataType::Real => "REAL",
        DataType::DoublePrecision => "DOUBLE PRECISION",
        DataType::Boolean => "BOOLEAN",
        DataType::Text => "TEXT",
        DataType::Blob => "BLOB",
        DataType::Date => "DATE",
        DataType::Time => "TIME",
        DataType::Timestamp => "TIMESTAMP",
        DataType::TimestampWithTimeZone => "TIMESTAMP WITH TIME ZONE",
        DataType::Uuid => "UUID",
        DataType::Json => "JSON",
        DataType::Numeric { precision, scale } => return Ok(format!("NUMERIC({precision}, {scale})")),
        DataType::Char { length } => return Ok(format!("CHAR({length})")),
        DataType::Varchar { length } => return Ok(format!("VARCHAR({length})")),
        DataType::Enum { values } => {
            let values: Vec<_> = values.iter().map(|value| string_sql(value)).collect();
            return Ok(format!("ENUM({})", values.join(", ")));
        }
        DataType::Native { driver, sql } => return native_sql(driver, sql),
        DataType::Overridden { base, natives } => {
            let mut text = type_sql(base)?;
            for native in natives {
                text.push(' ');
                text.push_str(&native_sql(&native.driver, &native.sql)?);
            }
            return Ok(text);
        }
    };
    Ok(word.to_owned())
}

/// `driver(type)`, when the parser would find the parenthesis that closes it.
fn native_sql(driver: &str, sql: &str) -> Result<String, PrintError> {
    let text = format!("{driver}({sql})");
    let mut depth = 0_usize;
    for token in Lexer::new(&text, &LexicalRules::STANDARD) {
        depth = match token.span.slice(&text) {
            "(" => depth + 1,
            ")" => depth.saturating_sub(1),
            _ => depth,
        };
        if depth == 0 && token.span.start >= driver.len() && token.span.end < text.len() {
            depth = usize::MAX;
            break;
        }
    }
    if depth == 0 && !sql.trim().is_empty() {
        return Ok(text);
    }
    Err(PrintError::NativeType {
        driver: driver.to_owned(),
        sql: sql.to_owned(),
    })
}
