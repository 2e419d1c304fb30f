//! What ANALYZE has found out about a table goes with it, unless it stands under another name meanwhile.

use limbeck_core::dialect::Dialect;
use limbeck_core::schema::Name;

use super::super::traits::SQLITE;
use super::new_name;

/// The tables in which ANALYZE writes.
const TABLES: [&str; 2] = ["sqlite_stat1", "sqlite_stat4"];

/// The statement that brings the statistics of a table back when it has its name again. It stands with what is made again
/// then, for tables of which there are some.
pub(crate) fn brought_back(statistics: &str, table: &Name) -> String {
    moved(statistics, &new_name(table), table)
}

/// The statements that put statistics away which are brought back by one of the others.
pub(super) fn put_away(table: &Name, dependents: &[String]) -> Vec<String> {
    TABLES
        .into_iter()
        .filter(|statistics| dependents.contains(&brought_back(statistics, table)))
        .map(|statistics| moved(statistics, table, &new_name(table)))
        .collect()
}

fn moved(statistics: &str, from: &Name, to: &Name) -> String {
    let (from, to) = (
        SQLITE.string_literal(from.as_str()),
        SQLITE.string_literal(to.as_str()),
    );
    format!("UPDATE {statistics} SET tbl = {to} WHERE tbl = {from}")
}
