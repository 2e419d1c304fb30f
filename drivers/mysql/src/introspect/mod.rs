//! The schema as the catalogue tells of it.
//!
//! What the model says exactly is portable. Three things the engines do not keep: the name of a primary key, which is
//! read as `pk_<table>`; whether a unique index was made as a constraint, as which it is read when it can be one; and
//! whether a `DATETIME(6)` is a moment or not, which only a default in UTC shows. The query of a view stays the engine's
//! own text.

mod data_type;
mod default;
mod expression;
mod index;
mod literal;
mod question;
mod table;
mod view;

use limbeck_core::dialect::Version;
use limbeck_core::driver::Connection;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::Row;
use limbeck_core::driver::Rows;
use limbeck_core::driver::Scope;
use limbeck_core::schema::Name;
use limbeck_core::schema::Schema;

pub(crate) use self::literal::decode;
pub(crate) use self::literal::repaired;
pub(crate) use self::literal::unescaped;
use self::question::Questions;
use crate::connection::MySqlConnection;
use crate::dialect::MySqlDialect;

/// Whose catalogue it is.
#[derive(Clone, Copy)]
struct Server {
    dialect: &'static MySqlDialect,
    version: Version,
}

/// What the catalogue answers.
struct Catalogue {
    columns: Rows,
    indexes: Rows,
    foreign_keys: Rows,
    checks: Rows,
}

/// Reads the schema, or a part of it.
pub(crate) async fn read(connection: &mut MySqlConnection, scope: Scope<'_>) -> Result<Schema, DriverError> {
    let server = Server {
        dialect: connection.dialect(),
        version: connection.server().version,
    };
    let questions = Questions::new(server.dialect, scope);
    let catalogue = Catalogue {
        columns: connection.ask(&questions.columns).await?,
        indexes: connection.ask(&questions.indexes).await?,
        foreign_keys: connection.ask(&questions.foreign_keys).await?,
        checks: connection.ask(&questions.checks).await?,
    };
    let mut schema = Schema::new();
    for table in table::read_all(server, &catalogue)? {
        schema.tables.insert(table.name.clone(), table);
    }
    if !questions.views.is_empty() {
        let views = connection.ask(&questions.views).await?;
        for view in view::read_all(&views)? {
            schema.views.insert(view.name.clone(), view);
        }
    }
    Ok(schema)
}

/// The name in a column of an answer.
fn name(row: &Row, column: usize) -> Result<Name, DriverError> {
    Name::exact(text(row, column)).map_err(|error| {
        DriverError::new(
            DriverErrorKind::Other,
            format!("the catalogue names something: {error}"),
        )
        .with_source(error)
    })
}

fn text(row: &Row, column: usize) -> &str {
    row.text(column).unwrap_or_default()
}

fn some_text(row: &Row, column: usize) -> Option<&str> {
    row.text(column).filter(|text| !text.is_empty())
}

/// The rows that are about this table.
fn of_table<'a>(rows: &'a Rows, table: &'a Name) -> impl Iterator<Item = &'a Row> {
    rows.rows.iter().filter(|row| row.text(0) == Some(table.as_str()))
}
