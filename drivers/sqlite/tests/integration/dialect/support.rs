//! A database in memory, and short ways to write operations.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::NoteKind;
use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::Rendering;
use limbeck_core::dialect::Version;
use limbeck_core::operation::Operation;
use limbeck_core::schema::Check;
use limbeck_core::schema::Column;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Expression;
use limbeck_core::schema::Name;
use limbeck_core::schema::Piece;
use limbeck_core::schema::PrimaryKey;
use limbeck_core::schema::Table;
use limbeck_core::schema::TokenRun;
use limbeck_sqlite::SQLITE;
use rusqlite::Connection;
use rusqlite::config::DbConfig;

/// An empty database in which a name that nothing has is an error and not a string.
pub(super) fn database() -> Connection {
    let database = Connection::open_in_memory().unwrap();
    for setting in [
        DbConfig::SQLITE_DBCONFIG_DQS_DDL,
        DbConfig::SQLITE_DBCONFIG_DQS_DML,
    ] {
        database.set_db_config(setting, false).unwrap();
    }
    database.pragma_update(None, "foreign_keys", true).unwrap();
    database
}

/// The version of the SQLite that the driver brings along.
pub(super) fn bundled() -> Version {
    rusqlite::version().parse().unwrap()
}

pub(super) fn context() -> RenderContext<'static> {
    RenderContext::new(bundled())
}

pub(super) fn rendering(operations: &[Operation]) -> Rendering {
    SQLITE.render(operations, &context()).unwrap()
}

/// The statements of a rendering as one text.
pub(super) fn text(rendering: &Rendering) -> String {
    let statements: Vec<_> = rendering
        .statements
        .iter()
        .map(|statement| statement.sql.as_str())
        .collect();
    statements.join(";\n")
}

/// Renders, runs and gives the text.
pub(super) fn run(database: &Connection, operations: &[Operation]) -> String {
    let rendering = rendering(operations);
    for statement in &rendering.statements {
        execute(database, &statement.sql);
    }
    text(&rendering)
}

pub(super) fn execute(database: &Connection, sql: &str) {
    database
        .execute_batch(sql)
        .unwrap_or_else(|error| panic!("{error}\n{sql}"));
}

/// The message with which the database refuses a statement.
pub(super) fn failure(database: &Connection, sql: &str) -> String {
    match database.execute_batch(sql) {
        Ok(()) => panic!("this ran: {sql}"),
        Err(error) => error.to_string(),
    }
}

/// The message and the hint with which an operation is refused.
pub(super) fn refusal(operation: Operation, context: &RenderContext<'_>) -> String {
    let error = SQLITE.render(&[operation], context).unwrap_err();
    assert!(
        matches!(&error, RenderError::At { operation: 0, .. }),
        "{error:?}"
    );
    format!("{error}\nhint: {}", error.hint().unwrap())
}

/// A single value of the first row.
pub(super) fn value<T: rusqlite::types::FromSql>(database: &Connection, sql: &str) -> T {
    database.query_row(sql, [], |row| row.get(0)).unwrap()
}

pub(super) fn notes(rendering: &Rendering, kind: NoteKind) -> Vec<&str> {
    rendering
        .notes
        .iter()
        .filter(|note| note.kind == kind)
        .map(|note| note.message.as_str())
        .collect()
}

pub(super) fn name(text: &str) -> Name {
    Name::exact(text).unwrap()
}

pub(super) fn names(texts: &[&str]) -> Vec<Name> {
    texts.iter().map(|text| name(text)).collect()
}

pub(super) fn column(text: &str, data_type: DataType) -> Column {
    Column::new(name(text), data_type)
}

pub(super) fn required(text: &str, data_type: DataType) -> Column {
    let mut column = column(text, data_type);
    column.nullable = false;
    column
}

pub(super) fn with_default(mut column: Column, default: &str) -> Column {
    column.default = Some(expression(default));
    column
}

pub(super) fn identity(text: &str) -> Column {
    let mut column = required(text, DataType::BigInt);
    column.identity = true;
    column
}

/// A table whose first column is its identity and primary key.
pub(super) fn numbered(table: &str, columns: Vec<Column>) -> Table {
    let mut all = vec![identity("id")];
    all.extend(columns);
    let mut table = Table::new(name(table), all);
    table.primary_key = Some(PrimaryKey::new(
        name(&format!("pk_{}", table.name)),
        names(&["id"]),
    ));
    table
}

pub(super) fn check(text: &str, condition: &str) -> Check {
    Check::new(name(text), expression(condition))
}

pub(super) fn expression(text: &str) -> Expression {
    Expression::Portable(pieces(text))
}

/// Reads pieces with blanks between them: `lower( name ) = 'a'`. Upper-case words are keywords.
pub(super) fn pieces(text: &str) -> TokenRun {
    let mut run = Vec::new();
    for word in text.split_whitespace() {
        if let Some(function) = word.strip_suffix('(').filter(|word| !word.is_empty()) {
            run.push(if function == "CAST" {
                Piece::Keyword(function.to_owned())
            } else {
                Piece::Function(function.to_owned())
            });
            run.push(Piece::Open);
            continue;
        }
        run.push(piece(word));
    }
    TokenRun(run)
}

fn piece(word: &str) -> Piece {
    match word {
        "(" => Piece::Open,
        ")" => Piece::Close,
        "," => Piece::Comma,
        "." => Piece::Dot,
        "STAR" => Piece::Star,
        "TYPE:TEXT" => Piece::Type(DataType::Text),
        "TYPE:INTEGER" => Piece::Type(DataType::Integer),
        _ if word.starts_with('\'') => Piece::String(word.trim_matches('\'').to_owned()),
        _ if word.starts_with(|first: char| first.is_ascii_digit()) => Piece::Number(word.to_owned()),
        _ if word.chars().all(|c| c.is_ascii_uppercase() || c == '_') => Piece::Keyword(word.to_owned()),
        _ if word.starts_with(|first: char| first.is_alphabetic() || first == '_') => Piece::Name(name(word)),
        _ => Piece::Operator(word.to_owned()),
    }
}
