//! Types as the catalogue writes them as portable ones.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::Version;
use limbeck_core::schema::DataType;
use limbeck_core::sql::Lexer;
use limbeck_core::sql::TokenKind;

use super::literal;
use crate::dialect::MARIADB;
use crate::dialect::MySqlDialect;
use crate::dialect::RULES;

/// What the catalogue says of a column's type.
pub(super) struct TypeText<'a> {
    /// `int(11) unsigned`
    pub(super) text: &'a str,
    pub(super) character_set: Option<&'a str>,
    pub(super) collation: Option<&'a str>,
    /// What else belongs to the column and has no place of its own in the model: `on update current_timestamp()`.
    pub(super) more: &'a str,
}

/// The portable type that the dialect writes so, else the engine's own words: with character set and collation, or the
/// column would get others when its definition is written anew.
pub(super) fn read(dialect: &MySqlDialect, server: &Version, written: &TypeText<'_>) -> DataType {
    let portable = portable(dialect, server, written).filter(|_| written.more.is_empty());
    portable.unwrap_or_else(|| {
        let mut sql = written.text.to_owned();
        if let (Some(set), Some(collation)) = (written.character_set, written.collation) {
            sql.push_str(&format!(" CHARACTER SET {set} COLLATE {collation}"));
        }
        if !written.more.is_empty() {
            sql.push_str(&format!(" {}", written.more));
        }
        DataType::Native {
            driver: dialect.name().to_owned(),
            sql,
        }
    })
}

fn portable(dialect: &MySqlDialect, server: &Version, written: &TypeText<'_>) -> Option<DataType> {
    let text = written.text.to_ascii_lowercase();
    let (word, numbers) = match text.split_once('(') {
        Some((word, rest)) => (word, rest.strip_suffix(')')?),
        None => (text.as_str(), ""),
    };
    let is_ours = written
        .collation
        .is_none_or(|collation| collation == dialect.collation());
    let length = || numbers.parse::<u32>().ok().filter(|length| *length > 0);
    let data_type = match (word, numbers) {
        ("char", "36") if written.collation == Some("ascii_bin") => DataType::Uuid,
        _ if !is_ours => return None,
        ("smallint", "" | "6") => DataType::SmallInt,
        ("int", "" | "11") => DataType::Integer,
        ("bigint", "" | "20") => DataType::BigInt,
        ("float", "") => DataType::Real,
        ("double", "") => DataType::DoublePrecision,
        ("tinyint", "1") => DataType::Boolean,
        ("longtext", "") => DataType::Text,
        ("longblob", "") => DataType::Blob,
        ("date", "") => DataType::Date,
        ("time", "6") => DataType::Time,
        ("datetime", "6") => DataType::Timestamp,
        ("uuid", "") => DataType::Uuid,
        ("json", "") => DataType::Json,
        ("char", _) => DataType::Char { length: length()? },
        ("varchar", _) => DataType::Varchar { length: length()? },
        ("decimal", _) => {
            let (precision, scale) = numbers.split_once(',')?;
            let (precision, scale) = (precision.trim().parse().ok()?, scale.trim().parse().ok()?);
            (precision <= 38 && scale <= 30).then_some(DataType::Numeric { precision, scale })?
        }
        ("enum", _) => DataType::Enum {
            values: values(written.text)?,
        },
        _ => return None,
    };
    // What another version of the engine keeps so is its own here, as a UUID that is text.
    dialect.type_name(&data_type, server).ok().and_then(|own| {
        let is_text = data_type == DataType::Uuid && own.starts_with("CHAR") != (word == "char");
        (!is_text).then_some(data_type)
    })
}

/// The words of `enum('a','b')`.
fn values(text: &str) -> Option<Vec<String>> {
    Lexer::new(text, &RULES)
        .filter(|token| token.kind == TokenKind::String)
        .map(|token| literal::decode(token.span.slice(text)))
        .collect()
}

/// Whether MariaDB's type is the text that it keeps for JSON; its check says the rest.
pub(super) fn is_json_text(dialect: &MySqlDialect, written: &TypeText<'_>) -> bool {
    dialect == &MARIADB && written.text == "longtext" && written.collation == Some("utf8mb4_bin")
}
