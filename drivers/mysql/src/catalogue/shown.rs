//! What `SHOW CREATE` says of the objects that the catalogue does not tell exactly.
//!
//! The tables of `information_schema` show statements without what says how their strings are meant: `_latin1'x'` is 'x'
//! there, and on MySQL `'it''s'` is 'it's'. They hold letters of up to three bytes: of any other, such as 😀, a question
//! mark is left. They say nothing of a parser for words, of the options of a vector index, of periods and of what a
//! partition of MariaDB is when it takes the rest, and on MySQL they end a default of bytes at its first zero. Only the
//! objects of which that may be true are asked for, many at once.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use limbeck_core::dialect::Value;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::Row;
use limbeck_core::driver::Rows;
use limbeck_core::sql::Lexer;
use limbeck_core::sql::TokenKind;

use super::Server;
use super::hidden;
use super::legible::legible;
use super::table::Answers;
use super::table::is_table;
use super::text::of;
use super::text::quoted;
use crate::connection::MySqlConnection;
use crate::dialect::RULES;
use crate::rows::ByName;

/// The texts by the names of their objects.
pub(super) type Shown = BTreeMap<String, String>;

/// How many objects are asked for at once.
const AT_ONCE: usize = 100;

/// Asks for these objects of a kind: `TABLE`.
pub(super) async fn look(
    connection: &mut MySqlConnection,
    kind: &str,
    names: BTreeSet<String>,
) -> Result<Shown, DriverError> {
    let column = match kind {
        "TABLE" | "VIEW" => 1,
        "EVENT" => 3,
        _ => 2,
    };
    let names: Vec<String> = names.into_iter().collect();
    let mut shown = Shown::new();
    for names in names.chunks(AT_ONCE) {
        let questions = names
            .iter()
            .map(|name| format!("SHOW CREATE {kind} {}", quoted(name)));
        let answers = connection.ask_all(&questions.collect::<Vec<_>>()).await?;
        let mut answers = answers.iter();
        for name in names {
            let row = answers.next().and_then(|answer| answer.rows.first());
            let text = match row.map(|row| row.get(column)) {
                Some(Value::Bytes(bytes)) => Some(legible(bytes)),
                value => value.and_then(Value::as_text).map(str::to_owned),
            };
            let kept = || hidden(&kind.to_ascii_lowercase(), name, "that lets it be shown");
            shown.insert(name.clone(), text.ok_or_else(kept)?);
        }
    }
    Ok(shown)
}

/// The names of rows, in a column, whose text in another one has strings, or may have lost a letter.
pub(super) fn with_strings(rows: &Rows, name: usize, text: usize) -> BTreeSet<String> {
    let rows = rows.rows.iter();
    rows.filter(|row| of(row, text).contains(['\'', '"', '?']))
        .map(|row| of(row, name).to_owned())
        .collect()
}

/// The tables that are not told exactly.
pub(super) fn tables(server: Server, relations: &Rows, answers: &Answers) -> BTreeSet<String> {
    // MySQL has lost the same letters there, but for those of defaults.
    let has_lost = |row: &Row| {
        let mut texts = row.0.iter().filter_map(Value::as_text);
        server.is_mariadb() && texts.any(|text| text.contains('?'))
    };
    let is_column = |row: &Row| has_lost(row) || is_cut(server, row);
    let is_index = |row: &Row| has_lost(row) || matches!(of(row, 6), "FULLTEXT" | "VECTOR");
    let is_check = |row: &Row| has_lost(row) || (server.is_mariadb() && is_period(of(row, 3)));
    let is_partition = |row: &Row| has_lost(row) || (server.is_mariadb() && is_the_rest(row));
    let mut names: BTreeSet<String> = relations
        .rows
        .iter()
        .filter(|row| has_lost(row))
        .map(|row| of(row, 0).to_owned())
        .collect();
    let mut add = |rows: &ByName, is_told_badly: &dyn Fn(&Row) -> bool| {
        let found = rows.iter().filter(|(_, rows)| rows.iter().any(is_told_badly));
        names.extend(found.map(|(name, _)| name.clone()));
    };
    add(&answers.columns, &is_column);
    add(&answers.indexes, &is_index);
    add(&answers.checks, &is_check);
    add(&answers.partitions, &is_partition);
    let tables = relations.rows.iter().filter(|row| is_table(row));
    let tables: BTreeSet<&str> = tables.map(|row| of(row, 0)).collect();
    names.retain(|name| tables.contains(name.as_str()));
    names
}

/// A default of bytes, which may have ended at a zero, or of letters, which may have been lost.
fn is_cut(server: Server, row: &Row) -> bool {
    let default = of(row, 6);
    let is_bytes = of(row, 2).contains("binary") && default.starts_with("0x");
    !server.is_mariadb() && (is_bytes || default.contains('?'))
}

/// Whether a check may be that of a period: one column is before another.
fn is_period(condition: &str) -> bool {
    let words: Vec<TokenKind> = Lexer::new(condition, &RULES)
        .map(|token| token.kind)
        .filter(|kind| !kind.is_trivia())
        .collect();
    words == [TokenKind::QuotedName, TokenKind::Symbol, TokenKind::QuotedName] && condition.contains(" < ")
}

/// Whether a partition may take what no other does, or the rows of some time.
pub(super) fn is_the_rest(row: &Row) -> bool {
    let is_list = of(row, 3).starts_with("LIST") && matches!(of(row, 7), "0" | "MAXVALUE");
    is_list || of(row, 3) == "SYSTEM_TIME"
}
