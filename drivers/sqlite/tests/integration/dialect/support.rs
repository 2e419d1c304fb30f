//! A database in memory, and short ways to write operations.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::Guard;
use limbeck_core::dialect::NoteKind;
use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::Rendering;
use limbeck_core::dialect::Version;
use limbeck_core::driver::Scope;
use limbeck_core::operation::Operation;
use limbeck_core::schema::Check;
use limbeck_core::schema::Column;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Expression;
use limbeck_core::schema::Name;
use limbeck_core::schema::Piece;
use limbeck_core::schema::PrimaryKey;
use limbeck_core::schema::Schema;
use limbeck_core::schema::Table;
use limbeck_core::schema::TokenRun;
use limbeck_sqlite::SQLITE;
use limbeck_sqlite::Sqlite;
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use rusqlite::types::Value;

use crate::introspect::in_runtime;

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

/// The schema that a database has now, with its own texts.
pub(super) fn live(database: &Connection) -> Schema {
    let copy = Connection::open_in_memory().unwrap();
    let sql = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
               ORDER BY rowid";
    let mut statement = database.prepare(sql).unwrap();
    let texts = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
    for text in texts {
        execute(&copy, &text.unwrap());
    }
    in_runtime(async {
        let mut connection = Sqlite::attach(copy).await.unwrap();
        connection.introspect(Scope::All).await.unwrap()
    })
}

/// Renders for the schema that the database has.
pub(super) fn rendering_on(
    database: &Connection,
    operations: &[Operation],
) -> Result<Rendering, RenderError> {
    SQLITE.render(operations, &context().with_schema(&live(database)))
}

/// Renders, runs and gives the text. What the first operations have made unknown is read again, as in a run.
pub(super) fn run(database: &Connection, operations: &[Operation]) -> String {
    let mut texts = Vec::new();
    let mut rest = operations;
    while !rest.is_empty() {
        let (rendering, count) = match rendering_on(database, rest) {
            Ok(rendering) => (rendering, rest.len()),
            Err(error) if error.is_unknown() && error.operation() > Some(0) => {
                let count = error.operation().unwrap();
                (rendering_on(database, &rest[..count]).unwrap(), count)
            }
            Err(error) => panic!("{error}"),
        };
        send(database, &rendering).unwrap_or_else(|error| panic!("{error}\n{}", text(&rendering)));
        texts.push(text(&rendering));
        rest = &rest[count..];
    }
    texts.join(";\n")
}

/// Sends what was rendered as a run does, and gives what stops it; then nothing is left of it.
pub(super) fn send(database: &Connection, rendering: &Rendering) -> Result<(), String> {
    for sql in &rendering.before {
        execute(database, sql);
    }
    let begins = database.is_autocommit();
    if begins {
        execute(database, "BEGIN IMMEDIATE");
    }
    let sent = rendering
        .statements
        .iter()
        .try_for_each(|statement| {
            ask(database, &statement.guards)?;
            database
                .execute_batch(&statement.sql)
                .map_err(|error| error.to_string())
        })
        .and_then(|()| ask(database, &rendering.checks));
    if begins {
        execute(database, if sent.is_ok() { "COMMIT" } else { "ROLLBACK" });
    }
    execute(database, "PRAGMA foreign_keys = ON");
    execute(database, "PRAGMA legacy_alter_table = OFF");
    sent
}

fn ask(database: &Connection, guards: &[Guard]) -> Result<(), String> {
    for guard in guards {
        let mut statement = database.prepare(&guard.query).unwrap();
        let mut rows = statement.query([]).unwrap();
        if let Some(row) = rows.next().unwrap() {
            let found: Value = row.get(0).unwrap();
            return Err(match found {
                Value::Integer(number) => format!("{} {number}", guard.refusal),
                Value::Text(text) => format!("{} {text}", guard.refusal),
                other => panic!("a guard finds {other:?}"),
            });
        }
    }
    Ok(())
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
