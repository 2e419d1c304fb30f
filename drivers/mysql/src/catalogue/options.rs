//! What stands behind the columns of a table.

use std::collections::BTreeMap;

use limbeck_core::driver::Row;
use limbeck_core::sql::Lexer;

use super::text;
use super::text::some;
use crate::dialect::RULES;

/// The clause with the engine.
pub(super) const ENGINE: &str = "engine";

/// The clause with the collation of columns that have none.
pub(super) const COLLATION: &str = "collation";

/// The clause that keeps what rows were.
pub(super) const VERSIONING: &str = "system versioning";

/// The clause with the comment.
pub(super) const COMMENT: &str = "comment";

/// What the name of each other option begins with.
pub(super) const OPTION: &str = "option ";

/// The options of a table, by their names.
pub(super) fn read(row: &Row) -> BTreeMap<String, String> {
    let mut clauses = BTreeMap::new();
    let mut add = |name: &str, clause: String| clauses.insert(name.to_owned(), clause);
    if let Some(engine) = some(row, 2) {
        add(ENGINE, format!("ENGINE={engine}"));
    }
    if let Some(collation) = some(row, 3) {
        let set = character_set(collation);
        add(COLLATION, format!("DEFAULT CHARSET={set} COLLATE={collation}"));
    }
    let is_aria = some(row, 2) == Some("Aria");
    // Other engines keep Aria's word for ever, and do not heed it.
    let told = options(text::of(row, 4))
        .into_iter()
        .filter(|(name, _)| is_aria || name != "page_checksum");
    for (name, option) in told {
        add(&format!("{OPTION}{name}"), option);
    }
    if let Some(comment) = some(row, 5) {
        add(COMMENT, format!("COMMENT={}", text::string(comment)));
    }
    if text::of(row, 1) == "SYSTEM VERSIONED" {
        add(VERSIONING, "WITH SYSTEM VERSIONING".to_owned());
    }
    clauses
}

/// In the order of CREATE TABLE.
pub(super) fn in_order(clauses: &BTreeMap<String, String>) -> Vec<&str> {
    let single = |name: &str| clauses.get(name).map(String::as_str);
    let others = clauses
        .iter()
        .filter(|(name, _)| name.starts_with(OPTION))
        .map(|(_, clause)| clause.as_str());
    single(ENGINE)
        .into_iter()
        .chain(single(COLLATION))
        .chain(others)
        .chain(single(COMMENT))
        .chain(single(VERSIONING))
        .collect()
}

/// The clause that makes an option as it is where nobody gives it.
pub(super) fn unset(name: &str) -> String {
    let value = match name {
        "key_block_size" | "max_rows" | "min_rows" | "avg_row_length" | "checksum" | "delay_key_write" => "0",
        "encryption" => "'N'",
        "compression" => "''",
        "autoextend_size" => "0",
        _ => "DEFAULT",
    };
    format!("{}={value}", name.to_ascii_uppercase())
}

/// `row_format=COMPACT stats_persistent=1`, with what says that there are partitions, which are told by themselves.
fn options(written: &str) -> Vec<(String, String)> {
    let words: Vec<&str> = Lexer::new(written, &RULES)
        .filter(|token| !token.kind.is_trivia())
        .map(|token| token.span.slice(written))
        .collect();
    let pairs = words.windows(3).filter_map(|words| match words {
        [name, "=", value] => Some((name.trim_matches('`'), *value)),
        _ => None,
    });
    pairs
        .map(|(name, value)| {
            (
                name.to_ascii_lowercase(),
                format!("{}={value}", name.to_ascii_uppercase()),
            )
        })
        .collect()
}

/// The character set of a collation, whose name begins with it.
fn character_set(collation: &str) -> &str {
    collation.split_once('_').map_or(collation, |(set, _)| set)
}

#[cfg(test)]
mod tests {
    use super::options;

    #[test]
    fn options_are_read_one_by_one() {
        let found = options("row_format=COMPACT partitioned COMPRESSION=\"zlib\" `page_compressed`='ON'");
        let texts: Vec<&str> = found.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "ROW_FORMAT=COMPACT",
                "COMPRESSION=\"zlib\"",
                "PAGE_COMPRESSED='ON'"
            ]
        );
    }
}
