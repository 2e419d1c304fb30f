//! Procedures, functions and packages.

use std::collections::BTreeSet;

use limbeck_core::catalogue::Kind;
use limbeck_core::catalogue::Need;
use limbeck_core::catalogue::Object;
use limbeck_core::catalogue::ObjectId;
use limbeck_core::dialect::Version;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::Row;
use limbeck_core::driver::Rows;
use limbeck_core::sql::Lexer;

use super::Server;
use super::hidden;
use super::program;
use super::session;
use super::shown;
use super::shown::Shown;
use super::text::of;
use super::text::quoted;
use super::text::some;
use super::text::string;
use crate::dialect::RULES;

/// All routines.
pub(super) fn read_all(
    server: Server,
    rows: &Rows,
    parameters: &Rows,
    shown: &Shown,
) -> Result<Vec<Object>, DriverError> {
    rows.rows
        .iter()
        .map(|row| read(server, row, parameters, shown))
        .collect()
}

/// Those whose text is not told exactly: with strings, with another order of words, and on a MariaDB where parameters have
/// defaults, which are nowhere else.
pub(super) fn to_show(server: Server, rows: &Rows, parameters: &Rows) -> BTreeSet<String> {
    let mut names = shown::with_strings(rows, 1, 2);
    let is_oracle = |row: &&Row| of(row, 10).contains("ORACLE");
    names.extend(
        rows.rows
            .iter()
            .filter(is_oracle)
            .map(|row| of(row, 1).to_owned()),
    );
    if server.is_mariadb() && server.version >= Version::new(11, 8, 0) {
        names.extend(parameters.rows.iter().map(|row| of(row, 1).to_owned()));
    }
    names.retain(|name| rows.rows.iter().any(|row| of(row, 1) == name));
    names
}

fn read(server: Server, row: &Row, parameters: &Rows, shown: &Shown) -> Result<Object, DriverError> {
    let (kind, name) = (of(row, 0), of(row, 1));
    let privilege = match server.is_mariadb() {
        true => "SHOW CREATE ROUTINE",
        false => "SHOW_ROUTINE",
    };
    let body = some(row, 2).ok_or_else(|| hidden("routine", name, privilege))?;
    let create = match (shown.get(name), kind) {
        (Some(shown), _) => program::without_definer(shown),
        (None, "PROCEDURE" | "FUNCTION") => {
            let own = parameters
                .rows
                .iter()
                .filter(|parameter| of(parameter, 0) == kind && of(parameter, 1) == name);
            let list: Vec<String> = own.map(parameter).collect();
            routine(row, &list.join(", "), body)
        }
        (None, _) => format!("CREATE {kind} {} {}{body}", quoted(name), characteristics(row)),
    };
    let drop = format!("DROP {kind} {}", quoted(name));
    let mut object = Object::new(id(kind, name), "", drop.clone());
    object.create = session::under(server, of(row, 10), None, create);
    if kind.starts_with("PACKAGE") {
        // An older server knows the word in its own mode only.
        object.drop = session::under(server, of(row, 10), None, drop);
    }
    if kind == "PACKAGE BODY" {
        let package = id("PACKAGE", name);
        object.needs.insert(Need::whole(package.clone()));
        object.part_of = Some(package);
    }
    Ok(object)
}

fn id(kind: &str, name: &str) -> ObjectId {
    match kind {
        "PROCEDURE" => ObjectId::new(Kind::Procedure, name),
        "FUNCTION" => ObjectId::new(Kind::Function, name),
        _ => ObjectId::part(Kind::Other, name, kind.to_ascii_lowercase()),
    }
}

fn routine(row: &Row, parameters: &str, body: &str) -> String {
    let (kind, name) = (of(row, 0), quoted(of(row, 1)));
    let is_aggregate = kind == "FUNCTION" && fetches_rows(body);
    let aggregate = if is_aggregate { "AGGREGATE " } else { "" };
    let returns = match kind {
        "FUNCTION" => format!(" RETURNS {}", typed(of(row, 3), row.text(4), row.text(5))),
        _ => String::new(),
    };
    format!(
        "CREATE {aggregate}{kind} {name}({parameters}){returns}\n{}{body}",
        characteristics(row)
    )
}

/// What is not as it is where nobody says anything, a line for each.
fn characteristics(row: &Row) -> String {
    let mut lines = Vec::new();
    if let Some(language) = some(row, 11).filter(|language| *language != "SQL") {
        lines.push(format!("LANGUAGE {language}"));
    }
    if of(row, 6) == "YES" {
        lines.push("DETERMINISTIC".to_owned());
    }
    if let Some(access) = some(row, 7).filter(|access| *access != "CONTAINS SQL") {
        lines.push(access.to_owned());
    }
    if of(row, 8) == "INVOKER" {
        lines.push("SQL SECURITY INVOKER".to_owned());
    }
    if let Some(comment) = some(row, 9) {
        lines.push(format!("COMMENT {}", string(comment)));
    }
    lines.iter().map(|line| format!("    {line}\n")).collect()
}

fn parameter(row: &Row) -> String {
    let mode = match of(row, 2) {
        mode @ ("OUT" | "INOUT") => format!("{mode} "),
        _ => String::new(),
    };
    let data_type = typed(of(row, 4), row.text(5), row.text(6));
    format!("{mode}{} {data_type}", quoted(of(row, 3)))
}

fn typed(data_type: &str, set: Option<&str>, collation: Option<&str>) -> String {
    match (set, collation) {
        (Some(set), Some(collation)) => format!("{data_type} CHARACTER SET {set} COLLATE {collation}"),
        _ => data_type.to_owned(),
    }
}

/// Only an aggregate function asks for the next row of its group, and nothing else tells that it is one.
fn fetches_rows(body: &str) -> bool {
    let words: Vec<String> = Lexer::new(body, &RULES)
        .filter(|token| !token.kind.is_trivia())
        .map(|token| token.span.slice(body).to_ascii_lowercase())
        .collect();
    words
        .windows(4)
        .any(|words| words == ["fetch", "group", "next", "row"])
}
