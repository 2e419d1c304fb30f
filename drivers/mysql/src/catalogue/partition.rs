//! Partitions.

use limbeck_core::driver::Row;

use super::Server;
use super::restored;
use super::shown::is_the_rest;
use super::text;
use super::text::of;
use super::text::quoted;
use super::text::some;

/// The clause with the partitions.
pub(super) const PARTITIONS: &str = "partitions";

/// A partition with the parts that it is divided into.
struct Partition<'a> {
    row: &'a Row,
    parts: Vec<&'a str>,
}

/// The clause; none for a table without partitions.
pub(super) fn read(server: Server, rows: &[Row], shown: Option<&str>) -> Option<String> {
    if server.is_mariadb() && rows.iter().any(is_the_rest) {
        return shown.and_then(restored::partitions);
    }
    let clause = clause(rows)?;
    Some(restored::restored(&clause, shown.map(restored::options)))
}

fn clause(rows: &[Row]) -> Option<String> {
    let mut partitions: Vec<Partition<'_>> = Vec::new();
    for row in rows {
        if partitions.last().is_none_or(|last| of(last.row, 1) != of(row, 1)) {
            partitions.push(Partition {
                row,
                parts: Vec::new(),
            });
        }
        if let (Some(last), Some(part)) = (partitions.last_mut(), some(row, 2)) {
            last.parts.push(part);
        }
    }
    let first = partitions.first()?;
    let method = of(first.row, 3);
    let mut clause = format!("PARTITION BY {}", by(method, of(first.row, 5)));
    if let Some(method) = some(first.row, 4) {
        clause.push_str(&format!("\nSUBPARTITION BY {}", by(method, of(first.row, 6))));
    }
    let named = partitions.iter().enumerate();
    let has_usual_parts = partitions.iter().all(Partition::has_usual_parts);
    if has_usual_parts && !first.parts.is_empty() {
        clause.push_str(&format!("\nSUBPARTITIONS {}", first.parts.len()));
    }
    let is_counted = named
        .clone()
        .all(|(number, partition)| partition.is_usual(number, method));
    if is_counted {
        clause.push_str(&format!("\nPARTITIONS {}", partitions.len()));
        return Some(clause);
    }
    let texts = partitions
        .iter()
        .map(|partition| partition.text(method, !has_usual_parts));
    clause.push_str(&format!("\n({})", texts.collect::<Vec<_>>().join(",\n ")));
    Some(clause)
}

/// `RANGE (expression)`
fn by(method: &str, expression: &str) -> String {
    match method {
        "SYSTEM_TIME" => method.to_owned(),
        _ => format!("{method} ({expression})"),
    }
}

impl Partition<'_> {
    /// Whether it is what the server makes when only the number of partitions is said.
    fn is_usual(&self, number: usize, method: &str) -> bool {
        let is_counted = method.ends_with("HASH") || method.contains("KEY");
        is_counted
            && self.parts.is_empty()
            && of(self.row, 1) == format!("p{number}")
            && some(self.row, 8).is_none()
    }

    /// Whether its parts have the names that the server gives.
    fn has_usual_parts(&self) -> bool {
        let name = of(self.row, 1);
        let mut parts = self.parts.iter().enumerate();
        parts.all(|(number, part)| *part == format!("{name}sp{number}"))
    }

    fn text(&self, method: &str, with_parts: bool) -> String {
        let mut words = format!("PARTITION {}", quoted(of(self.row, 1)));
        let bounds = of(self.row, 7);
        match method {
            "RANGE" if bounds == "MAXVALUE" => words.push_str(" VALUES LESS THAN MAXVALUE"),
            "RANGE" | "RANGE COLUMNS" => words.push_str(&format!(" VALUES LESS THAN ({bounds})")),
            "LIST" | "LIST COLUMNS" => words.push_str(&format!(" VALUES IN ({bounds})")),
            "SYSTEM_TIME" if bounds == "CURRENT" => words.push_str(" CURRENT"),
            "SYSTEM_TIME" => words.push_str(" HISTORY"),
            _ => {}
        }
        if let Some(comment) = some(self.row, 8) {
            words.push_str(&format!(" COMMENT = {}", text::string(comment)));
        }
        if with_parts {
            let parts = self
                .parts
                .iter()
                .map(|part| format!("SUBPARTITION {}", quoted(part)));
            words.push_str(&format!(" ({})", parts.collect::<Vec<_>>().join(", ")));
        }
        words
    }
}
