//! What statements in the engine's own words leave in the catalogue.
//!
//! Each of these statements commits by itself and takes effect as a whole, so a name tells whether it has run.

mod words;

use limbeck_core::driver::DriverError;
use limbeck_core::driver::Trace;

use self::words::Words;
use crate::connection::MySqlConnection;

/// What kind of thing a name is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Table,
    View,
    Trigger,
    Procedure,
    Function,
    Event,
    Column,
    Index,
}

/// A thing by its name, as the statement names it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Thing {
    kind: Kind,
    /// The database, where one is named.
    database: Option<String>,
    /// The table of a column or an index.
    table: Option<String>,
    name: String,
}

/// A statement whose trace is known.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Subject {
    /// It makes this.
    Create(Thing),
    /// It takes this away.
    Drop(Thing),
    /// It gives the first the name of the second.
    Rename(Thing, Thing),
    /// It may run once more, whatever the first time did: CREATE OR REPLACE of what holds no rows.
    Repeatable,
}

/// What a statement has left.
pub(crate) async fn of(connection: &mut MySqlConnection, sql: &str) -> Result<Trace, DriverError> {
    let Some(subject) = Words::new(sql).and_then(|words| words.subject()) else {
        return Ok(Trace::Unknown);
    };
    let done = match &subject {
        Subject::Create(thing) => Some(exists(connection, thing).await?),
        Subject::Drop(thing) => Some(!exists(connection, thing).await?),
        Subject::Rename(from, to) => {
            let (old, new) = (exists(connection, from).await?, exists(connection, to).await?);
            (old != new).then_some(new)
        }
        Subject::Repeatable => Some(false),
    };
    Ok(match done {
        Some(true) => Trace::Done,
        Some(false) => Trace::NotRun,
        None => Trace::Unknown,
    })
}

async fn exists(connection: &mut MySqlConnection, thing: &Thing) -> Result<bool, DriverError> {
    let rows = connection.ask(&thing.question()).await?;
    Ok(!rows.rows.is_empty())
}

impl Thing {
    /// Rows, if it is there.
    fn question(&self) -> String {
        let (view, schema, name, more) = match self.kind {
            Kind::Table => (
                "tables",
                "table_schema",
                "table_name",
                " AND table_type <> 'VIEW'",
            ),
            Kind::View => ("tables", "table_schema", "table_name", " AND table_type = 'VIEW'"),
            Kind::Trigger => ("triggers", "trigger_schema", "trigger_name", ""),
            Kind::Procedure => (
                "routines",
                "routine_schema",
                "routine_name",
                " AND routine_type = 'PROCEDURE'",
            ),
            Kind::Function => (
                "routines",
                "routine_schema",
                "routine_name",
                " AND routine_type = 'FUNCTION'",
            ),
            Kind::Event => ("events", "event_schema", "event_name", ""),
            Kind::Column => ("columns", "table_schema", "column_name", ""),
            Kind::Index => ("statistics", "table_schema", "index_name", ""),
        };
        let mut sql = format!("SELECT 1 FROM information_schema.{view} WHERE {schema} = ");
        match &self.database {
            Some(database) => sql.push_str(&text(database)),
            None => sql.push_str("database()"),
        }
        let is_file = matches!(self.kind, Kind::Table | Kind::View | Kind::Trigger);
        sql.push_str(&same(name, &self.name, is_file));
        if let Some(table) = &self.table {
            sql.push_str(&same("table_name", table, true));
        }
        sql + more + " LIMIT 1"
    }
}

/// Whether a column of the catalogue holds a name. Those of files differ by their case where files do; those of others
/// never.
fn same(column: &str, name: &str, is_file: bool) -> String {
    let name = text(name);
    let exact = match is_file {
        true => format!(" AND (@@lower_case_table_names <> 0 OR hex({column}) = hex({name}))"),
        false => String::new(),
    };
    format!(" AND lower({column}) = lower({name}){exact}")
}

/// A name as text, which has no backslash to trip over.
fn text(name: &str) -> String {
    let digits: String = name.bytes().map(|byte| format!("{byte:02X}")).collect();
    format!("convert(X'{digits}' USING utf8mb3)")
}
