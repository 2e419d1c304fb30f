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
use limbeck_core::driver::Scope;
use limbeck_core::schema::Name;
use limbeck_core::schema::Schema;

pub(crate) use self::literal::decode;
pub(crate) use self::literal::repaired;
pub(crate) use self::literal::unescaped;
use crate::connection::MySqlConnection;
use crate::constraints;
use crate::dialect::MySqlDialect;
use crate::rows::ByName;
use crate::rows::by_name;
use crate::rows::rows_of;

/// Whose catalogue it is.
#[derive(Clone, Copy)]
struct Server {
    dialect: &'static MySqlDialect,
    version: Version,
}

/// What the catalogue answers, by the table that it is about.
struct Catalogue {
    columns: ByName,
    indexes: ByName,
    foreign_keys: ByName,
    checks: ByName,
}

/// Reads the schema, or a part of it.
pub(crate) async fn read(connection: &mut MySqlConnection, scope: Scope<'_>) -> Result<Schema, DriverError> {
    let server = Server {
        dialect: connection.dialect(),
        version: connection.server().version,
    };
    let [
        tables,
        columns,
        indexes,
        key_columns,
        key_rules,
        checks,
        check_texts,
        views,
    ] = connection
        .ask_each(question::questions(server.dialect, scope))
        .await?;
    let catalogue = Catalogue {
        columns: by_name(columns),
        indexes: by_name(indexes),
        foreign_keys: by_name(constraints::foreign_keys(key_columns, &key_rules)),
        checks: by_name(constraints::checks(server.dialect, checks, &check_texts)),
    };
    let mut schema = Schema::new();
    for row in &tables.rows {
        // The server may show a table to this user, and none of its columns.
        if catalogue.columns.contains_key(text(row, 0)) {
            let table = table::read(server, &catalogue, row)?;
            schema.tables.insert(table.name.clone(), table);
        }
    }
    for row in &views.rows {
        let view = view::read(row, rows_of(&catalogue.columns, text(row, 0)))?;
        schema.views.insert(view.name.clone(), view);
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
