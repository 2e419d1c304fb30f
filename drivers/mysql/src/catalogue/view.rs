//! Views.

use limbeck_core::catalogue::Kind;
use limbeck_core::catalogue::Need;
use limbeck_core::catalogue::Object;
use limbeck_core::catalogue::ObjectId;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::Row;
use limbeck_core::driver::Rows;

use super::hidden;
use super::program;
use super::shown::Shown;
use super::text::list;
use super::text::of;
use super::text::quoted;
use super::text::some;
use super::unqualified::Database;

use crate::rows::ByName;
use crate::rows::rows_of;

/// All views, each with the names of its columns: the engine's text of a query may give them others.
pub(super) fn read_all(
    database: &Database,
    rows: &Rows,
    columns: &ByName,
    shown: &Shown,
) -> Result<Vec<Object>, DriverError> {
    rows.rows
        .iter()
        .map(|row| read(database, row, rows_of(columns, of(row, 0)), shown))
        .collect()
}

fn read(database: &Database, row: &Row, columns: &[Row], shown: &Shown) -> Result<Object, DriverError> {
    let name = of(row, 0);
    let written = some(row, 1).ok_or_else(|| hidden("view", name, "SHOW VIEW"))?;
    let mut query = database.unqualified(written);
    let shown = shown.get(name).and_then(|shown| program::of_view(shown));
    if let Some(exact) = shown {
        // The tables are named with their database only where the strings are not exact.
        query.text = database.unqualified(without_check(exact, of(row, 2))).text;
    }
    let algorithm = some(row, 4)
        .filter(|algorithm| *algorithm != "UNDEFINED")
        .map_or(String::new(), |algorithm| format!("ALGORITHM={algorithm} "));
    let columns: Vec<&str> = columns.iter().map(|row| of(row, 1)).collect();
    // A view that does not work has no columns.
    let columns = match columns.is_empty() || program::names_of_query(&query.text) == columns {
        true => String::new(),
        false => format!(" {}", list(columns)),
    };
    let check = match of(row, 2) {
        "NONE" | "" => String::new(),
        option => format!(" WITH {option} CHECK OPTION"),
    };
    let mut object = Object::new(
        ObjectId::new(Kind::View, name),
        format!(
            "CREATE {algorithm}SQL SECURITY {} VIEW {}{columns} AS {}{check}",
            of(row, 3),
            quoted(name),
            query.text
        ),
        format!("DROP VIEW {}", quoted(name)),
    );
    object.needs = query.relations.into_iter().map(Need::whole).collect();
    Ok(object)
}

/// A query without the option that stands behind it.
fn without_check<'a>(query: &'a str, option: &str) -> &'a str {
    let clause = format!(" WITH {option} CHECK OPTION");
    query.strip_suffix(&clause).unwrap_or(query)
}
